"""The customers who are owed a notice, in the words of their file."""

import csv
import unicodedata
from collections.abc import Iterator
from io import StringIO
from itertools import count
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from subproc_cli.characters import is_spelling
from subproc_cli.diagnostics import (
    DUPLICATE_KEY,
    INVALID_VALUE,
    INVALID_YAML,
    UNKNOWN_FIELD,
    Problem,
    Route,
    Where,
    most,
)
from subproc_cli.enums import Language, Regime
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.registry import vocabulary
from subproc_cli.registry.field_types import INVALID, Country, OneOfMany, Reading, Text
from subproc_cli.registry.loader import Located, Problems, in_order, refused
from subproc_cli.registry.models import Many, Model
from subproc_cli.text import did_you_mean, fold, slug
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import MAX_BYTES, Source

LONGEST = 200
"""Most characters of a name or an address."""
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names that no file may have on Windows, whatever its ending."""
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def _refused(message: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(INVALID, "{message}", {"message": message, "hint": hint})


def _one_line(text: str) -> str:
    hidden = (at for at, char in enumerate(text) if unicodedata.category(char) in _HIDDEN)
    if not all(is_spelling(text, at) for at in hidden):
        raise _refused("holds a line break or another character that cannot be seen", "write it on one line")
    if len(text) > LONGEST:
        raise _refused(f"has {len(text):,} characters, more than {LONGEST}")
    return text.strip()


def _address(text: str) -> str:
    error = find_address_error(text)
    if error:
        raise _refused(error.message, error.hint)
    return text


LineOfText = Annotated[Text, AfterValidator(_one_line)]
Address = Annotated[LineOfText, AfterValidator(_address)]
Days = Annotated[int, Field(ge=0, le=3650, strict=True)]


class Customer(Model):
    """One customer. What is missing is not known, and a customer of whom it is not known is told.

    Attributes:
        name: how the customer is called, once in the file.
        address: where its notices are mailed to.
        language: the language of its letters; without it, that of the command.
        country: decides the public holidays, with the subdivision (ISO 3166-2 without the country).
        days: the days of notice of its own contract; they come before those of the list.
        objection_days: the same for the days to object.
        termination_days: the same for the days to terminate.
        products: the publisher's products that it uses.
        features: ids or names of the opt-in services that it has switched on.
        regime: the body of law that its notice names.
    """

    name: LineOfText
    address: Address | None = None
    language: Language | None = None
    country: Country | None = None
    subdivision: LineOfText | None = None
    days: Days | None = None
    objection_days: Days | None = None
    termination_days: Days | None = None
    products: Many[LineOfText] | None = None
    features: Many[LineOfText] | None = None
    regime: Regime | None = None


class CustomerFile(Model):
    """The file of `--customers`.

    Attributes:
        customers: who is owed a notice.
    """

    customers: Annotated[Many[Annotated[Customer, OneOfMany]], Field(min_length=1)]


def file_names(customers: tuple[Customer, ...]) -> tuple[str, ...]:
    """Return for each customer the name of its files without the ending, made of its name and unique."""
    found: dict[str, None] = {}
    for customer in customers:
        name = slug(customer.name)[:80].strip("-") or "customer"
        name += "-customer" if name in _DEVICES else ""
        counted = (name if number == 1 else f"{name}-{number}" for number in count(1))
        found[next(each for each in counted if each not in found)] = None
    return tuple(found)


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


def parse_csv(source: Source) -> tuple[Any, Table | None, list[Problem]]:
    """Return the customers as plain data with their places, and what is wrong with the table."""
    text, problem = reader.decoded(source, MAX_BYTES)
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


_BEGIN = "begin with customers:"


class Customers(NamedTuple):
    """The customers of a file, and where each stands."""

    customers: tuple[Customer, ...]
    read: Located

    def where(self, number: int, *route: str | int) -> Where:
        """Return the place of a customer, by its position, or of one of its fields."""
        return self.read.where(("customers", number, *route))


def load(source: Source) -> Customers | Problems:
    """Return the customers of a file, or all its problems in the order of the file.

    A name that ends in `.csv` is read as CSV.
    """
    parse = parse_csv if source.name.lower().endswith(".csv") else _yaml
    data, read, problems = parse(source)
    if read is None:
        return tuple(most(problems))
    try:
        file = CustomerFile.model_validate(data, context=Reading(vocabulary.built_in()))
    except ValidationError as invalid:
        return in_order([*most(problems), *refused(invalid, read, CustomerFile)])
    found = Customers(file.customers, read)
    problems += _twice(found)
    problems += _nowhere(found)
    return in_order(most(problems)) if problems else found


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
    read, problems = reader.parse(source, _BEGIN)
    if read is None:
        return None, None, problems
    if not isinstance(read.data, dict):
        problems.append(Problem(INVALID_YAML, "the file is not a mapping of fields", read.where(()), _BEGIN))
        return None, None, problems
    return read.data, read, problems
