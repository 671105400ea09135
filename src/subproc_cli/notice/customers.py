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
    FieldPath,
    Position,
    Problem,
    truncate,
)
from subproc_cli.enums import Regime
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.registry import vocabulary
from subproc_cli.registry.field_types import (
    INVALID,
    Country,
    Language,
    SkippedAfterErrors,
    Text,
    ValidationContext,
)
from subproc_cli.registry.loader import Locator, Problems, convert_validation_errors, sort_problems
from subproc_cli.registry.models import ListOf, Model
from subproc_cli.text import fold, slugify, suggest
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import MAX_BYTES, Source

TEXT_LENGTH_LIMIT = 200
"""Most characters of a name or an address."""
_RESERVED_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names that no file may have on Windows, whatever its ending."""
_HIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def _make_error(message: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(INVALID, "{message}", {"message": message, "hint": hint})


def _validate_line(text: str) -> str:
    hidden = (index for index, char in enumerate(text) if unicodedata.category(char) in _HIDDEN_CATEGORIES)
    if not all(is_spelling(text, index) for index in hidden):
        raise _make_error(
            "holds a line break or another character that cannot be seen", "write it on one line"
        )
    if len(text) > TEXT_LENGTH_LIMIT:
        raise _make_error(f"has {len(text):,} characters, more than {TEXT_LENGTH_LIMIT}")
    return text.strip()


def _validate_address(text: str) -> str:
    error = find_address_error(text)
    if error:
        raise _make_error(error.message, error.hint)
    return text


LineOfText = Annotated[Text, AfterValidator(_validate_line)]
Address = Annotated[LineOfText, AfterValidator(_validate_address)]
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
    products: ListOf[LineOfText] | None = None
    features: ListOf[LineOfText] | None = None
    regime: Regime | None = None


class CustomerFile(Model):
    """The file of `--customers`.

    Attributes:
        customers: who is owed a notice.
    """

    customers: Annotated[ListOf[Annotated[Customer, SkippedAfterErrors]], Field(min_length=1)]


def build_file_stems(customers: tuple[Customer, ...]) -> tuple[str, ...]:
    """Return for each customer the name of its files without the ending, made of its name and unique."""
    found: dict[str, None] = {}
    for customer in customers:
        name = slugify(customer.name)[:80].strip("-") or "customer"
        name += "-customer" if name in _RESERVED_NAMES else ""
        counted = (name if number == 1 else f"{name}-{number}" for number in count(1))
        found[next(each for each in counted if each not in found)] = None
    return tuple(found)


MAX_COLUMNS = 100
"""Columns of a table of customers, of which there are a dozen fields."""
_NUMBER_FIELDS = frozenset(("days", "objection_days", "termination_days"))
_LIST_FIELDS = frozenset(("products", "features"))
_NONE_MARKER = "none"
"""The cell that says of products or features that there are none; an empty one says nothing."""


class CsvLocator:
    """A CSV file that knows the place of every cell."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._row_positions: list[tuple[int, dict[str, int]]] = []

    def add_row(self, line: int, columns: dict[str, int]) -> None:
        """Remember the line of a row and the columns of its cells."""
        self._row_positions.append((line, columns))

    def locate(self, path: FieldPath, *, of_key: bool = False) -> Position:
        """Return the place of a cell, or of its row."""
        del of_key
        steps = [step for step in path if step != "customers"]
        if not steps or not isinstance(steps[0], int):
            return Position(self._file, 1, 1)
        line, columns = self._row_positions[steps[0]]
        return Position(self._file, line, columns.get(str(steps[1]), 1) if steps[1:] else 1)


def parse_csv(source: Source) -> tuple[Any, CsvLocator | None, list[Problem]]:
    """Return the customers as plain data with their places, and what is wrong with the table."""
    text, problem = reader.decode(source, MAX_BYTES)
    if problem:
        return None, None, [problem]
    # Only the ends of lines that CSV knows: a text may hold others, such as U+2028
    lines = csv.reader(StringIO(text, newline=""), delimiter=_detect_delimiter(text), strict=True)
    try:
        original_heads = next(lines, [])
        if len(original_heads) > MAX_COLUMNS:
            message = f"the first row names more than {MAX_COLUMNS} fields"
            return None, None, [Problem(INVALID_VALUE, message, Position(source.name, 1, 1))]
        heads = [fold(head).replace(" ", "_") for head in original_heads]
        problems = [*_find_column_problems(heads, original_heads, source.name)]
        return (None, None, problems) if problems else _parse_rows(lines, heads, source.name)
    except csv.Error as fault:
        return None, None, [Problem(INVALID_VALUE, str(fault), Position(source.name, lines.line_num, 1))]


def _detect_delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _find_column_problems(heads: list[str], original_heads: list[str], file: str) -> Iterator[Problem]:
    """Yield the columns that are of no field, or of one that has a column already."""
    for number, (head, column) in enumerate(
        zip(heads or [""], _iter_cell_columns(original_heads or [""]), strict=True)
    ):
        position = Position(file, 1, column)
        if head not in Customer.model_fields:
            yield _make_unknown_field_problem(head, position)
        elif head in heads[:number]:
            yield Problem(DUPLICATE_KEY, f"the column {head} is given twice", position, "keep one of the two")


def _make_unknown_field_problem(head: str, position: Position) -> Problem:
    message = f"there is no field {head}" if head else "the first row names no fields"
    hint = suggest(head, Customer.model_fields) or f"known are {', '.join(Customer.model_fields)}"
    return Problem(UNKNOWN_FIELD, message, position, hint)


def _parse_rows(lines: Any, heads: list[str], file: str) -> tuple[Any, CsvLocator, list[Problem]]:
    table, rows, problems = CsvLocator(file), [], []
    start = lines.line_num
    for cells in lines:
        if len(cells) > len(heads):
            message = f"the row has {len(cells)} cells, the first row names {len(heads)} fields"
            hint = "put a text with a separator in quotes"
            problems.append(Problem(INVALID_VALUE, message, Position(file, start + 1, 1), hint))
        if any(cell.strip() for cell in cells):
            rows.append(_parse_row(heads, cells))
            table.add_row(start + 1, dict(zip(heads, _iter_cell_columns(cells), strict=False)))
        start = lines.line_num
    return {"customers": rows}, table, problems


def _iter_cell_columns(cells: list[str]) -> Iterator[int]:
    """Yield the column in which each cell of a row begins."""
    column = 1
    for cell in cells:
        yield column
        column += len(cell) + 1


def _parse_row(heads: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for head, cell in zip(heads, cells, strict=False):
        if cell.strip():
            row[head] = _parse_cell(head, cell.strip())
    return row


def _parse_cell(head: str, cell: str) -> Any:
    if head in _NUMBER_FIELDS and cell.isascii() and cell.isdecimal():
        return int(cell[:9])
    if head in _LIST_FIELDS:
        return (
            [] if fold(cell) == _NONE_MARKER else [part.strip() for part in cell.split(";") if part.strip()]
        )
    return cell


_START_HINT = "begin with customers:"


class Customers(NamedTuple):
    """The customers of a file, and where each stands."""

    customers: tuple[Customer, ...]
    locator: Locator

    def locate(self, number: int, *path: str | int) -> Position:
        """Return the place of a customer, by its position, or of one of its fields."""
        return self.locator.locate(("customers", number, *path))


def load_customers(source: Source) -> Customers | Problems:
    """Return the customers of a file, or all its problems in the order of the file.

    A name that ends in `.csv` is read as CSV.
    """
    parse = parse_csv if source.name.lower().endswith(".csv") else _parse_yaml
    data, locator, problems = parse(source)
    if locator is None:
        return tuple(truncate(problems))
    try:
        file = CustomerFile.model_validate(data, context=ValidationContext(vocabulary.load_built_in()))
    except ValidationError as invalid:
        return sort_problems(
            [*truncate(problems), *convert_validation_errors(invalid, locator, CustomerFile)]
        )
    found = Customers(file.customers, locator)
    problems += _find_duplicates(found)
    problems += _find_missing_countries(found)
    return sort_problems(truncate(problems)) if problems else found


def _find_duplicates(customers: Customers) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, customer in enumerate(customers.customers):
        first = seen.setdefault(fold(customer.name), number)
        if first != number:
            line = customers.locate(first, "name").line
            message = f"the customer {customer.name} is given twice, first in line {line}"
            yield Problem(DUPLICATE_KEY, message, customers.locate(number, "name"), "keep one of the two")


def _find_missing_countries(customers: Customers) -> Iterator[Problem]:
    for number, customer in enumerate(customers.customers):
        if customer.subdivision and not customer.country:
            message = f"the subdivision {customer.subdivision} is of no country"
            yield Problem(
                INVALID_VALUE, message, customers.locate(number, "subdivision"), "state its country too"
            )


def _parse_yaml(source: Source) -> tuple[Any, Locator | None, list[Problem]]:
    document, problems = reader.parse(source, _START_HINT)
    if document is None:
        return None, None, problems
    if not isinstance(document.data, dict):
        problems.append(
            Problem(INVALID_YAML, "the file is not a mapping of fields", document.locate(()), _START_HINT)
        )
        return None, None, problems
    return document.data, document, problems
