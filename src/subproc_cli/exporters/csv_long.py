"""The list as CSV for programs: a row for each statement."""

from collections.abc import Sequence

from subproc_cli.exporters.exporter import Export, ExportPart
from subproc_cli.exporters.statements import COLUMNS, build_rows
from subproc_cli.output import csv


def render(export: Export) -> bytes:
    """Return the statements of the list and of the chosen services as rows."""
    return csv.render((COLUMNS, *collect(export)), escape=csv.mark_formula).encode()


def collect(export: Export) -> list[tuple[str, ...]]:
    """Return the rows of a list."""
    return list(build_rows(export))


def render_many(parts: Sequence[ExportPart]) -> bytes:
    """Return the rows of several lists, with the file of each at the right end."""
    rows = ((*row, part.file) for part in parts for row in part.content)
    return csv.render(((*COLUMNS, "file"), *rows), escape=csv.mark_formula).encode()
