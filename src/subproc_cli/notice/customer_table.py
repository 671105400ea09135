"""Reads a table of customers: CSV with the names of the fields in its first row.

Several values of a cell are kept apart by semicolons.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from subproc_cli.diagnostics import DUPLICATE_KEY, INVALID_VALUE, UNKNOWN_FIELD, Problem, Route, Where
from subproc_cli.notice.customers import Customer
from subproc_cli.text import did_you_mean, fold
from subproc_cli.yaml import syntax
from subproc_cli.yaml.source import MAX_BYTES, Source

MAX_COLUMNS = 100
"""Columns of a table of customers, of which there are a dozen fields."""
_NUMBERS = frozenset(("days", "objection_days", "termination_days"))
_LISTS = frozenset(("products", "features"))
_NONE = "none"
"""The cell that says of products or features that there are none; an empty one says nothing."""


class Table:
    """A CSV file that knows the place of every cell."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._at: list[tuple[int, dict[str, int]]] = []

    def add(self, line: int, columns: dict[str, int]) -> None:
        """Remember the line of a row and the columns of its cells."""
        self._at.append((line, columns))

    def where(self, route: Route, *, of_key: bool = False) -> Where:
        """Return the place of a cell, or of its row."""
        del of_key
        steps = [step for step in route if step != "customers"]
        if not steps or not isinstance(steps[0], int):
            return Where(self._file, 1, 1)
        line, columns = self._at[steps[0]]
        return Where(self._file, line, columns.get(str(steps[1]), 1) if steps[1:] else 1)


def parse(source: Source) -> tuple[Any, Table | None, list[Problem]]:
    """Return the customers as plain data with their places, and what is wrong with the table."""
    text, problem = syntax.decoded(source, MAX_BYTES)
    if problem:
        return None, None, [problem]
    # Only the ends of lines that CSV knows: a text may hold others, such as U+2028
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        written = next(lines, [])
        if len(written) > MAX_COLUMNS:
            message = f"the first row names more than {MAX_COLUMNS} fields"
            return None, None, [Problem(INVALID_VALUE, message, Where(source.name, 1, 1))]
        heads = [fold(head).replace(" ", "_") for head in written]
        problems = [*_misnamed(heads, written, source.name)]
        return (None, None, problems) if problems else _rows(lines, heads, source.name)
    except csv.Error as fault:
        return None, None, [Problem(INVALID_VALUE, str(fault), Where(source.name, lines.line_num, 1))]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _misnamed(heads: list[str], written: list[str], file: str) -> Iterator[Problem]:
    """Yield the columns that are of no field, or of one that has a column already."""
    for number, (head, column) in enumerate(zip(heads or [""], _starts(written or [""]), strict=True)):
        where = Where(file, 1, column)
        if head not in Customer.model_fields:
            yield _unknown(head, where)
        elif head in heads[:number]:
            yield Problem(DUPLICATE_KEY, f"the column {head} is given twice", where, "keep one of the two")


def _unknown(head: str, where: Where) -> Problem:
    message = f"there is no field {head}" if head else "the first row names no fields"
    hint = did_you_mean(head, Customer.model_fields) or f"known are {', '.join(Customer.model_fields)}"
    return Problem(UNKNOWN_FIELD, message, where, hint)


def _rows(lines: Any, heads: list[str], file: str) -> tuple[Any, Table, list[Problem]]:
    table, rows, problems = Table(file), [], []
    start = lines.line_num
    for cells in lines:
        if len(cells) > len(heads):
            message = f"the row has {len(cells)} cells, the first row names {len(heads)} fields"
            hint = "put a text with a separator in quotes"
            problems.append(Problem(INVALID_VALUE, message, Where(file, start + 1, 1), hint))
        if any(cell.strip() for cell in cells):
            rows.append(_row(heads, cells))
            table.add(start + 1, dict(zip(heads, _starts(cells), strict=False)))
        start = lines.line_num
    return {"customers": rows}, table, problems


def _starts(cells: list[str]) -> Iterator[int]:
    """Yield the column in which each cell of a row begins."""
    at = 1
    for cell in cells:
        yield at
        at += len(cell) + 1


def _row(heads: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for head, cell in zip(heads, cells, strict=False):
        if cell.strip():
            row[head] = _value(head, cell.strip())
    return row


def _value(head: str, cell: str) -> Any:
    if head in _NUMBERS and cell.isascii() and cell.isdecimal():
        return int(cell[:9])
    if head in _LISTS:
        return [] if fold(cell) == _NONE else [part.strip() for part in cell.split(";") if part.strip()]
    return cell
