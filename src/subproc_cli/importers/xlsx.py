"""Imports an XLSX file: every sheet with a column of names."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.importers import tables
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import ABOVE, Cell, RawService, RawTable
from subproc_cli.importers.statements import has_statements
from subproc_cli.importers.tables import TableCell

MOST_UNPACKED = 64 * 1024 * 1024
"""Maximum number of bytes that a file may unpack to."""
MOST_CELLS = 200_000
"""Maximum number of cells of a sheet, including empty ones up to the last cell that was ever used."""
_CELL = re.compile(rb"<c[ />]")
_MERGED = re.compile(rb"<mergeCell\s[^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")


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
    return RawTable(tuple(entries), tuple(skipped))


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
        import openpyxl  # only this importer needs it
    except ImportError:
        raise UsageError("reading XLSX needs openpyxl", "pip install 'subproc-cli[import]'") from None
    _refuse_no_zip(content)
    try:
        values = openpyxl.load_workbook(BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(content))
    except Exception as fault:  # noqa: BLE001  the library raises whatever it stumbles over
        raise ReadError(f"the XLSX file cannot be read: {type(fault).__name__}") from None
    for sheet in values.worksheets:
        _refuse_beyond(sheet.max_row * sheet.max_column, f"the sheet {sheet.title!r}")
    return {
        sheet.title: _fill_down(
            [
                [_item(*pair) for pair in zip(*rows, strict=True)]
                for rows in zip(sheet.rows, formulas[sheet.title].rows, strict=True)
            ],
            sheet.merged_cells.ranges,
        )
        for sheet in values.worksheets
    }


def _fill_down(rows: list[list[TableCell]], ranges: Iterable[Any]) -> list[list[TableCell]]:
    """Return rows with the value of merged cells of a column in each of them."""
    for each in ranges:
        column = each.min_col - 1
        if each.min_col == each.max_col and each.max_row <= len(rows):
            for row in rows[each.min_row : each.max_row]:
                row[column] = rows[each.min_row - 1][column]
    return rows


def _refuse_no_zip(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
            known = "xl/workbook.xml" in archive.namelist()
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            cells = [_cells(archive.read(name)) for name in sheets] if size <= MOST_UNPACKED else []
    except Exception:  # noqa: BLE001  zipfile and zlib raise whatever they stumble over
        raise ReadError("the file is not an XLSX file", "save it as XLSX") from None
    if not known:
        raise ReadError("the file is an archive, but not an XLSX file", "save it as XLSX")
    if size > MOST_UNPACKED:
        raise ReadError(f"the file unpacks to {size:,} bytes; the limit is {MOST_UNPACKED:,}")
    _refuse_beyond(max(cells, default=0), "a sheet")


def _cells(sheet: bytes) -> int:
    """Return how many cells the library would make of a sheet: those written, and those that are merged."""
    from openpyxl.worksheet.cell_range import CellRange  # only this importer needs it

    ranges = (CellRange(match[1].decode("ascii")) for match in _MERGED.finditer(sheet))
    merged = sum(each.size["rows"] * each.size["columns"] for each in ranges)
    return merged + sum(1 for _ in _CELL.finditer(sheet))


def _refuse_beyond(cells: int, where: str) -> None:
    if cells > MOST_CELLS:
        message = f"{where} has {cells:,} cells; the limit is {MOST_CELLS:,}"
        raise ReadError(message, "delete empty cells")


def _item(value: Any, formula: Any) -> TableCell:
    """Return a cell as text: its value, or its formula where no value was saved with it."""
    link = getattr(value.hyperlink, "target", None) if value.hyperlink else None
    return TableCell(_text(formula.value if value.value is None else value.value), (link,) if link else ())


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
