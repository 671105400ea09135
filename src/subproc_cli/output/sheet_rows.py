"""The rows of a sheet of an Excel workbook, as XML (ECMA-376, part 1, section 18.3.1)."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

Value: TypeAlias = str | int | None
"""What a cell holds: a text, or the number that Excel has for a day; None for nothing."""


def format_row(
    number: int,
    letters: Iterable[str],
    values: Iterable[Value],
    styles: Iterable[int],
    height: int | None = None,
) -> bytes:
    """Return a row.

    Args:
        number: the number of the row, from 1.
        letters: the letters of the columns.
        values: what the cells hold; a text has no character that XML cannot carry.
        styles: the number of the style of each cell; 0 for none.
        height: points; None for the usual height.
    """
    layout = f' ht="{height}" customHeight="1"' if height else ""
    cells = zip(letters, values, styles, strict=False)
    content = "".join([_format_cell(f"{letter}{number}", value, style) for letter, value, style in cells])
    return f'<row r="{number}"{layout}>{content}</row>'.encode("ascii", "xmlcharrefreplace")


def _format_cell(name: str, value: Value, style: int) -> str:
    """Return a cell; a text is a text also where it looks like a formula."""
    styled = f' s="{style}"' if style else ""
    if isinstance(value, int):
        return f'<c r="{name}"{styled} t="n"><v>{value}</v></c>'
    if not value:
        return f'<c r="{name}"{styled}/>' if style else ""
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{name}"{styled} t="inlineStr"><is><t{space}>{escape(value, quote=False)}</t></is></c>'
