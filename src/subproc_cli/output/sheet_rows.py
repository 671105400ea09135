"""The rows of a sheet of an Excel workbook, as XML (ECMA-376, part 1, section 18.3.1)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import TypeAlias

Value: TypeAlias = str | int | None
"""What a cell holds: a text, or the number that Excel has for a day; None for nothing."""
CHARACTER_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The start of what Excel reads as the code of a character: `_x0041_` is an A (section 22.9.2.19)."""
_CACHE_SIZE = 4_096


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
    contents = zip(letters, map(_format_content, values, styles), strict=False)
    cells = "".join([f'<c r="{letter}{number}"{content}' for letter, content in contents if content])
    return f'<row r="{number}"{layout}>{cells}</row>'.encode("ascii", "xmlcharrefreplace")


@lru_cache(_CACHE_SIZE)
def _format_content(value: Value, style: int) -> str:
    """Return what follows the name of a cell; a text is a text also where it looks like a formula."""
    styled = f' s="{style}"' if style else ""
    if isinstance(value, int):
        return f'{styled} t="n"><v>{value}</v></c>'
    if not value:
        return f"{styled}/>" if style else ""
    space = ' xml:space="preserve"' if value != value.strip() else ""
    text = escape(CHARACTER_CODE.sub("_x005F_", value), quote=False)
    return f'{styled} t="inlineStr"><is><t{space}>{text}</t></is></c>'
