"""CSV (RFC 4180 but for its line ends) for spreadsheets."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from subproc_cli.render.visible import visible

_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
"""What begins a formula, also behind blanks and in full width, or looks like one that is marked already."""


def render(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as CSV. A cell that a spreadsheet would take for a formula begins with `'`."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([cell(each) for each in row] for row in rows)
    return out.getvalue()


def cell(text: str) -> str:
    """Return a text as a cell holds it."""
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
