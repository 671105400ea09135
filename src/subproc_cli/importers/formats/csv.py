"""Imports a CSV file with any delimiter."""

import csv
from io import StringIO

from subproc_cli.errors import ReadError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import tables
from subproc_cli.importers.layouts.tables import TableCell
from subproc_cli.importers.models import RawTable
from subproc_cli.text import FORMULA

_MARKS = (",", ";", "\t", "|")
MAX_COLUMNS = 1000
"""Maximum number of columns that a table has."""


def parse_csv(text: str, labels: Labels) -> RawTable:
    """Return the services of a CSV file.

    Raises:
        ReadError: it is not a CSV file, or no column is known as the name of a service.
    """
    read = [_rows(text, mark) for mark in _MARKS]
    made = [table for rows in read if (table := tables.parse_table(rows, labels))]
    if made:
        return max(made, key=lambda table: max((len(entry.cells) for entry in table.entries), default=0))
    raise tables.make_nameless_error(max(read, key=lambda rows: len(rows[0]) if rows else 0))


def read_rows(text: str) -> list[list[str]]:
    """Return the cells of a file with commas between its columns."""
    return [[cell.text for cell in row] for row in _rows(text, _MARKS[0])]


def _rows(text: str, mark: str) -> list[list[TableCell]]:
    before = csv.field_size_limit(max(len(text), 1))
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise ReadError(f"the file is not valid CSV: {error}") from None
    finally:
        csv.field_size_limit(before)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        return []  # the mark is between words, not between columns
    return [[TableCell(_undone(cell)) for cell in row] for row in rows]


def _undone(cell: str) -> str:
    """Return a cell without the mark that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell, 1) else cell
