"""The file of customers as a table in CSV: a row a customer, a column a field."""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from enum import Enum
from io import StringIO
from typing import Any, NamedTuple

from subproc_cli.diagnostics import DUPLICATE_KEY, INVALID_VALUE, UNKNOWN_FIELD, FieldPath, Position, Problem
from subproc_cli.registry.loader import Locator, suggest_field
from subproc_cli.text import fold, join_first_words
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import MAX_BYTES, Source

MAX_COLUMNS = 100
"""Maximum number of columns of a table of customers, of which there are two dozen fields."""
OWN_PREFIX = "x-"
"""What the columns of the publisher's own begin with."""
FIELDS_BY_WORD = {
    "company": "name",
    "customer": "name",
    "email": "address",
    "emailaddress": "address",
    "mail": "address",
    "lang": "language",
    "law": "regime",
    "noticedays": "days",
    "noticeperiod": "days",
    "state": "subdivision",
}
"""What other lists of customers call a field, without spaces and hyphens."""
_NONE_MARKER = "none"
"""The cell of a list that has no items; an empty cell states nothing."""


class Cell(Enum):
    """What a cell holds."""

    TEXT = "one text"
    LIST = "texts between semicolons"


class CsvLocator:
    """A CSV file that knows the position of every cell."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._row_positions: list[tuple[int, dict[str, int]]] = []

    def add_row(self, line: int, columns: dict[str, int]) -> None:
        """Remember the line of a row and the columns of its cells."""
        self._row_positions.append((line, columns))

    def locate(self, path: FieldPath, *, of_key: bool = False) -> Position:
        """Return the position of a cell, or of its row."""
        del of_key  # a cell has no key before it
        rows = [step for step in path[1:2] if isinstance(step, int)]
        if not rows:
            return Position(self._file, 1, 1)
        line, columns = self._row_positions[rows[0]]
        field = ".".join(step for step in path[2:] if isinstance(step, str))
        return Position(self._file, line, columns.get(field, 1))


class Table(NamedTuple):
    """The customers of a table, and the problems of the table.

    Attributes:
        data: the customers as plain data.
        locator: the positions of the cells; None if the table cannot be read.
        problems: what is wrong with it.
        warning: what is doubtful about it; empty if nothing is.
    """

    data: Any
    locator: Locator | None
    problems: list[Problem]
    warning: str = ""


def parse_csv(source: Source, cells_by_column: Mapping[str, Cell]) -> Table:
    """Return the customers of a table.

    Args:
        source: the file.
        cells_by_column: the columns that there are; a field of a field has a dot, as in `dpa.number`.
    """
    text, problem = reader.decode(source, MAX_BYTES)
    if problem:
        windows_text = _decode_windows_text(source.content)
        if windows_text is None:
            return Table(None, None, [problem])
        table = _parse_table(windows_text, source.name, cells_by_column)
        return table._replace(warning=_describe_encoding(source.name, windows_text))
    return _parse_table(text, source.name, cells_by_column)


def _decode_windows_text(content: bytes) -> str | None:
    """Return a table that a spreadsheet saved as Windows-1252; None if it is something else."""
    if len(content) > MAX_BYTES or b"\0" in content or content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _describe_encoding(file: str, text: str) -> str:
    words = re.split(r"[\s,;\"]+", text)
    example = next((word for word in words if not word.isascii()), "")
    return f"{file} is not in UTF-8 and is read as Windows-1252: check words such as {example}"


def _parse_table(text: str, file: str, cells_by_column: Mapping[str, Cell]) -> Table:
    # Only the ends of lines that CSV knows: a text may hold others, such as U+2028
    lines = csv.reader(StringIO(text, newline=""), delimiter=_detect_delimiter(text), strict=True)
    try:
        titles = next(lines, [])
        if len(titles) > MAX_COLUMNS:
            message = f"the first row names more than {MAX_COLUMNS} fields"
            return Table(None, None, [Problem(INVALID_VALUE, message, Position(file, 1, 1))])
        columns_by_folded_name = {fold(column): column for column in cells_by_column}
        names = [_normalize_title(title, columns_by_folded_name) for title in titles]
        problems = [*_find_column_problems(names, titles, cells_by_column, file)]
        if problems:
            return Table(None, None, problems)
        return _parse_rows(lines, names, cells_by_column, file)
    except csv.Error as error:
        position = Position(file, lines.line_num, 1)
        return Table(None, None, [Problem(INVALID_VALUE, str(error), position)])


def _detect_delimiter(text: str) -> str:
    first_line = text.partition("\n")[0]
    return max(",;\t", key=first_line.count)


def _normalize_title(title: str, known: Mapping[str, str]) -> str:
    """Return the column that a title names: `Objection days` is `objection_days`.

    Args:
        title: the first cell of the column.
        known: the columns by their folded names.
    """
    name = title.strip()
    if name[: len(OWN_PREFIX)].casefold() == OWN_PREFIX:
        return OWN_PREFIX + name[len(OWN_PREFIX) :]
    folded = fold(name)
    return known.get(folded, folded.replace(" ", "_"))


def _find_column_problems(
    names: list[str], titles: list[str], known: Mapping[str, Cell], file: str
) -> Iterator[Problem]:
    """Yield the columns that belong to no field, or to a field that another column has."""
    for number, (name, column) in enumerate(
        zip(names or [""], _iter_cell_columns(titles or [""]), strict=True)
    ):
        position = Position(file, 1, column)
        if name not in known and not name.startswith(OWN_PREFIX):
            message = f"there is no field {name}" if name else "the first row names no fields"
            hint = (
                suggest_field(name, known, FIELDS_BY_WORD)
                or f"known are {join_first_words(list(known))}: subproc schema --customers"
            )
            yield Problem(UNKNOWN_FIELD, message, position, hint)
        elif name in names[:number]:
            yield Problem(DUPLICATE_KEY, f"the column {name} is given twice", position, "keep one of the two")


def _parse_rows(lines: Any, names: list[str], cells_by_column: Mapping[str, Cell], file: str) -> Table:
    table, rows, problems = CsvLocator(file), [], []
    start = lines.line_num
    for cells in lines:
        if len(cells) > len(names):
            message = f"the row has {len(cells)} cells, the first row names {len(names)} fields"
            hint = "put a text with a separator in quotes"
            problems.append(Problem(INVALID_VALUE, message, Position(file, start + 1, 1), hint))
        if any(cell.strip() for cell in cells):
            rows.append(_parse_row(names, cells, cells_by_column))
            table.add_row(start + 1, dict(zip(names, _iter_cell_columns(cells), strict=False)))
        start = lines.line_num
    return Table({"customers": rows}, table, problems)


def _iter_cell_columns(cells: list[str]) -> Iterator[int]:
    """Yield the column in which each cell of a row begins."""
    column = 1
    for cell in cells:
        yield column
        column += len(cell) + 1


def _parse_row(names: list[str], cells: list[str], cells_by_column: Mapping[str, Cell]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if not cell.strip():
            continue
        value = _parse_cell(cells_by_column.get(name, Cell.TEXT), cell.strip())
        field, _, subfield = name.partition(".")
        if subfield and name in cells_by_column:
            row.setdefault(field, {})[subfield] = value
        else:
            row[name] = value
    return row


def _parse_cell(kind: Cell, cell: str) -> Any:
    if kind is Cell.TEXT:
        return cell
    if fold(cell) == _NONE_MARKER:
        return []
    return [part.strip() for part in cell.split(";") if part.strip()]
