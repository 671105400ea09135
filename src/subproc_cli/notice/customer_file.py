"""Reads a file of customers, YAML or CSV, or says everything that is wrong with it."""

import csv
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from subproc_cli.notice.customers import Customer, CustomerFile
from subproc_cli.problem import (
    DUPLICATE_KEY,
    INVALID_VALUE,
    INVALID_YAML,
    UNKNOWN_FIELD,
    Problem,
    Route,
    Where,
)
from subproc_cli.registry import document, syntax, vocabulary
from subproc_cli.registry.load import Located, Problems, in_order, refused
from subproc_cli.registry.source import MAX_BYTES, Source
from subproc_cli.words import did_you_mean, fold

_NUMBERS = frozenset(("days", "objection_days", "termination_days"))
_LISTS = frozenset(("products", "features"))
_BEGIN = "begin with customers:"
_NONE = "none"
"""The cell that says of products or features that there are none; an empty one says nothing."""


class Customers(NamedTuple):
    """The customers of a file, and where each stands."""

    customers: tuple[Customer, ...]
    read: Located

    def where(self, number: int, *route: str | int) -> Where:
        """Return the place of a customer, by its position, or of one of its fields."""
        return self.read.where(("customers", number, *route))


def load(source: Source) -> Customers | Problems:
    """Return the customers of a file, or all its problems in the order of the file.

    A name that ends in `.csv` is read as CSV with the names of the fields in its first row; several values of
    a cell are kept apart by semicolons.
    """
    data, read, problems = _csv(source) if source.name.lower().endswith(".csv") else _yaml(source)
    if read is None:
        return tuple(problems)
    try:
        file = CustomerFile.model_validate(data, context=vocabulary.built_in())
    except ValidationError as invalid:
        return in_order([*problems, *refused(invalid, read, CustomerFile)])
    found = Customers(file.customers, read)
    problems += _twice(found)
    problems += _nowhere(found)
    return in_order(problems) if problems else found


def _twice(found: Customers) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, customer in enumerate(found.customers):
        first = seen.setdefault(fold(customer.name), number)
        if first != number:
            line = found.where(first, "name").line
            message = f"the customer {customer.name} is given twice, first in line {line}"
            yield Problem(DUPLICATE_KEY, message, found.where(number, "name"), "keep one of the two")


def _nowhere(found: Customers) -> Iterator[Problem]:
    for number, customer in enumerate(found.customers):
        if customer.subdivision and not customer.country:
            message = f"the subdivision {customer.subdivision} is of no country"
            yield Problem(INVALID_VALUE, message, found.where(number, "subdivision"), "state its country too")


def _yaml(source: Source) -> tuple[Any, Located | None, list[Problem]]:
    read, problems = document.parse(source, _BEGIN)
    if read is None:
        return None, None, problems
    if not isinstance(read.data, dict):
        problems.append(Problem(INVALID_YAML, "the file is not a mapping of fields", read.where(()), _BEGIN))
        return None, None, problems
    return read.data, read, problems


class _Table:
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


def _csv(source: Source) -> tuple[Any, Located | None, list[Problem]]:
    text, problem = syntax.decoded(source, MAX_BYTES)
    if problem:
        return None, None, [problem]
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    table, rows, problems = _Table(source.name), [], []
    try:
        heads = [fold(head).replace(" ", "_") for head in next(reader, [])]
        unknown = [head for head in heads if head not in Customer.model_fields]
        if unknown or not heads:
            return None, None, [_unknown(head, source.name) for head in unknown or [""]]
        start = reader.line_num
        for cells in reader:
            if len(cells) > len(heads):
                where = Where(source.name, start + 1, 1)
                message = f"the row has {len(cells)} cells, the first row names {len(heads)} fields"
                problems.append(
                    Problem(INVALID_VALUE, message, where, "put a text with a separator in quotes")
                )
            if any(cell.strip() for cell in cells):
                rows.append(_row(heads, cells))
                table.add(start + 1, _columns(heads, cells))
            start = reader.line_num
    except csv.Error as fault:
        return None, None, [Problem(INVALID_VALUE, str(fault), Where(source.name, reader.line_num, 1))]
    return {"customers": rows}, table, problems


def _unknown(head: str, file: str) -> Problem:
    message = f"there is no field {head}" if head else "the first row names no fields"
    hint = did_you_mean(head, Customer.model_fields) or f"known are {', '.join(Customer.model_fields)}"
    return Problem(UNKNOWN_FIELD, message, Where(file, 1, 1), hint)


def _columns(heads: list[str], cells: list[str]) -> dict[str, int]:
    columns, at = {}, 1
    for head, cell in zip(heads, cells, strict=False):
        columns[head] = at
        at += len(cell) + 1
    return columns


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
