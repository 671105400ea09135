"""CSV (RFC 4180 except for its line ends) for spreadsheets."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import TypeAlias

from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import FORMULA

Row: TypeAlias = tuple[str, ...]


def render(rows: Iterable[tuple[str, ...]], escape: Callable[[str], str] | None = None) -> str:
    """Return rows as CSV.

    Args:
        rows: the rows, the header first.
        escape: makes a text a cell; by default `escape_cell`.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(map(escape or escape_cell, row) for row in rows)
    return out.getvalue()


def escape_cell(text: str) -> str:
    """Return a text on one line, harmless for a reader and for a spreadsheet."""
    return mark_formula(sanitize_line(text))


def mark_formula(text: str) -> str:
    """Return a text with `'` before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def join_tables(tables: Iterable[tuple[Sequence[Row], str, str]]) -> Iterator[Row]:
    """Yield the rows of several tables under one header, with publisher and file at the right end.

    Args:
        tables: the rows of each table, the header first, with its publisher and its file. A table may lack
            columns that others have.
    """
    kept = list(tables)
    names = dict.fromkeys(name for (header, *_), _, _ in kept for name in header)
    yield *names, "publisher", "file"
    for (header, *rows), publisher, file in kept:
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            yield *(cells.get(name, "") for name in names), publisher, file
