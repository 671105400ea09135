"""The list as CSV: a row for each service, a column for each field of the format."""

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.tabular import COLUMNS, build_row
from subproc_cli.output import csv


def render(export: Export) -> bytes:
    """Return the chosen services as rows."""
    rows = (build_row(key, service) for key, service in export.services.items())
    return csv.render((COLUMNS, *rows)).encode()
