"""Imports an XLSX file: every sheet with a column of names."""

from collections.abc import Mapping
from functools import lru_cache

from subproc_cli.errors import UsageError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import xlsx_sheets
from subproc_cli.importers.formats.office_archive import OfficeArchive
from subproc_cli.importers.formats.statements import has_statements
from subproc_cli.importers.layouts import tables
from subproc_cli.importers.layouts.tables import TableCell
from subproc_cli.importers.models import ABOVE, Cell, RawService, RawTable


def find_statements(content: bytes) -> list[list[str]]:
    """Return the rows of the sheet that has a row for each statement; none if no sheet has that.

    Raises:
        ReadError: the file is not an XLSX file.
        UsageError: the library that reads it is not installed.
    """
    texts = ([[cell.text for cell in row] for row in rows] for rows in _sheets(content).values())
    return next((rows for rows in texts if has_statements(rows)), [])


def parse_workbook(content: bytes, labels: Labels) -> RawTable:
    """Return the services of the sheets of a file.

    Raises:
        ReadError: it is not an XLSX file, or no column is known as the name of a service.
        UsageError: the library that reads it is not installed.
    """
    sheets = _sheets(content)
    made = {name: tables.parse_table(rows, labels) for name, rows in sheets.items()}
    own = [
        name
        for name, rows in sheets.items()
        if made[name] and rows and tables.has_export_columns([item.text for item in rows[0]])
    ]
    read = {name: table for name, table in made.items() if table and (not own or name in own)}
    if not read:
        raise tables.make_nameless_error(max(sheets.values(), key=len, default=[]))
    several = len(read) > 1
    entries = [
        entry._replace(
            cells=(*entry.cells, Cell(ABOVE, name))
            if several and not _has_group(entry, labels)
            else entry.cells,
            under=(*entry.under, name),
        )
        for name, table in read.items()
        for entry in table.entries
    ]
    skipped = [text for table in read.values() for text in table.skipped]
    skipped += [
        f"{name}: {text}" for name, rows in sheets.items() if name not in read for text in _format_rows(rows)
    ]
    titles = tuple(title for table in read.values() for title in table.titles)
    return RawTable(tuple(entries), tuple(skipped), titles)


def _has_group(entry: RawService, labels: Labels) -> bool:
    """Return whether a row states its group itself, so that the name of the sheet is not one."""
    fields = (labels.field(cell.label) for cell in entry.cells if cell.text)
    return any(cell.label == ABOVE for cell in entry.cells) or any(
        field is not None and field.path == "group" for field in fields
    )


def _format_rows(rows: list[list[TableCell]]) -> list[str]:
    return [line for row in rows if (line := tables.format_row(row))]


@lru_cache(maxsize=1)
def _sheets(content: bytes) -> Mapping[str, list[list[TableCell]]]:
    try:
        return xlsx_sheets.read_sheets(OfficeArchive(content, xlsx_sheets.WORKBOOK, "XLSX"))
    except ImportError:
        raise UsageError("reading XLSX needs openpyxl", "pip install 'subproc-cli[import]'") from None
