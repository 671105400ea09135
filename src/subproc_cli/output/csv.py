"""CSV (RFC 4180 except for its line ends) for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO

from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import FORMULA


def render(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as CSV. A cell that a spreadsheet would take for a formula begins with `'`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([escape_cell(each) for each in row] for row in rows)
    return out.getvalue()


def escape_cell(text: str) -> str:
    """Return a text as a cell holds it."""
    shown = sanitize_line(text)
    return f"'{shown}" if FORMULA.match(shown) else shown
