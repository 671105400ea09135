"""The customers who may get notices, as their file states them."""

import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import Annotated, Any, ClassVar, NamedTuple, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from subproc_cli.characters import is_spelling, quote
from subproc_cli.deadlines.periods import UNIT_WORDS, Period, PeriodUnit, parse_period
from subproc_cli.diagnostics import (
    DUPLICATE_KEY,
    INVALID_VALUE,
    INVALID_YAML,
    Position,
    Problem,
    truncate,
)
from subproc_cli.enums import DescribedEnum, Regime
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.locale.names import list_languages, suggest_language
from subproc_cli.notice.customers.csv_table import FIELDS_BY_WORD, Cell, Table, parse_csv
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.registry import vocabulary
from subproc_cli.registry.field_types import (
    INVALID,
    Country,
    Day,
    SkippedAfterErrors,
    Text,
    ValidationContext,
)
from subproc_cli.registry.loader import Locator, Problems, convert_validation_errors, sort_problems
from subproc_cli.registry.parts import ListOf, Model, OneOrMore
from subproc_cli.suggest import find_nearest, suggest
from subproc_cli.text import fold, join_words, slugify
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import Source

TEXT_LENGTH_LIMIT = 200
"""Maximum number of characters of a name or an address."""
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


NATIONWIDE = "none"
"""The subdivision of a customer for which only the public holidays of the whole country count."""

LONGEST_PERIODS = {
    PeriodUnit.DAY: 3650,
    PeriodUnit.BUSINESS_DAY: 2600,
    PeriodUnit.WEEK: 520,
    PeriodUnit.MONTH: 120,
}
"""The longest period in each unit: ten years."""
_PERIOD_HINT = "write days as 30, or 10 business days, 2 weeks or 6 months"


def _validate_period(value: Any) -> Period:
    """Read a number of days, or a text such as `10 business days`."""
    if isinstance(value, int | float) and not isinstance(value, bool) and (value < 0 or value != int(value)):
        raise _make_error("should be a whole number, not negative", _PERIOD_HINT)
    period = parse_period(str(value)) if isinstance(value, int | str) and value is not True else None
    if period is None:
        raise _make_error(f"{quote(value)} is not a period", _suggest_period(value) or _PERIOD_HINT)
    most = LONGEST_PERIODS[period.unit]
    if period.amount > most:
        raise _make_error(f"should be at most {most:,}{_format_unit(period.unit)}")
    return period


def _suggest_period(value: Any) -> str:
    """Return `did you mean …?` for a period whose unit is misspelt, or an empty text."""
    amount, _, unit = str(value).strip().partition(" ")
    near = find_nearest(unit, UNIT_WORDS) if amount.isdecimal() else None
    return f"did you mean {amount} {near}?" if near else ""


def _format_unit(unit: PeriodUnit) -> str:
    return "" if unit is PeriodUnit.DAY else f" {unit}s"


def _validate_language(value: str) -> str:
    """Accept any language. Letters in a language without texts are in the language of the command."""
    languages = find_languages()
    if value in languages or value.partition("-")[0] in list_languages():
        return value
    message = f"{quote(value)} is not a language"
    hint = suggest_language(value, languages) or suggest(value, languages)
    raise _make_error(message, hint or f"letters are written in {join_words(languages)}")


LineOfText = Annotated[Text, AfterValidator(_validate_line)]
LetterLanguage = Annotated[Text, AfterValidator(_validate_language)]
Address = Annotated[LineOfText, AfterValidator(_validate_address)]
PeriodText = Annotated[
    Period,
    PlainValidator(_validate_period),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": LONGEST_PERIODS[PeriodUnit.DAY]},
                {"type": "string", "pattern": rf"^\d{{1,4}}( ({'|'.join(UNIT_WORDS)}))?$"},
            ],
            "examples": [30, "10 business days", "2 weeks", "6 months"],
        }
    ),
]


class Authorisation(DescribedEnum):
    """How a customer authorises subprocessors (Art. 28(2) GDPR)."""

    GENERAL = "general", "It is informed of changes, and can object."
    SPECIFIC = "specific", "Each subprocessor needs its prior consent."


class CountedFrom(DescribedEnum):
    """What starts the periods of a customer."""

    SENDING = "sending", "The day on which the notice is sent."
    RECEIPT = "receipt", "The day on which it counts as received."


class Agreement(Model, title="Agreement"):
    """The data processing agreement with a customer."""

    number: LineOfText | None = Field(
        default=None, description="Its number or name in the publisher's records."
    )
    date: Day | None = Field(default=None, description="The day on which it was signed.")


class Customer(Model, title="Customer"):
    """One customer. If a field is missing, its value is unknown, and the customer is notified."""

    fields_by_word: ClassVar = FIELDS_BY_WORD

    name: LineOfText = Field(description="The name of the customer, which is unique in the file.")
    address: OneOrMore[Address] | None = Field(
        default=None, description="The mail addresses for its notices, one or several."
    )
    cc: OneOrMore[Address] | None = Field(
        default=None, description="Further addresses that get a copy of its mails."
    )
    contact: LineOfText | None = Field(
        default=None, description="The person or the role that its letters are for."
    )
    language: LetterLanguage | None = Field(
        default=None,
        description="The language of its letters. If it is missing, or the program has no letters in it, they"
        " are in the language of the command.",
    )
    country: Country | None = Field(
        default=None, description="The country of the customer. Its public holidays count, if they are known."
    )
    subdivision: LineOfText | None = Field(
        default=None,
        description="The part of the country (ISO 3166-2 without the country) whose public holidays count;"
        " `none` to count only those of the whole country.",
    )
    regime: Regime | None = Field(default=None, description="The law that its notice names.")
    authorisation: Authorisation | None = Field(
        default=None, description="Whether it is informed of subprocessors, or consents to each."
    )
    days: PeriodText | None = Field(
        default=None,
        description="The period of notice of its own contract, in days or as `10 business days`, `2 weeks`"
        " or `6 months`; it takes precedence over the period of the list.",
    )
    objection_days: PeriodText | None = Field(
        default=None, description="The period to object, in the same forms."
    )
    termination_days: PeriodText | None = Field(
        default=None, description="The period to terminate, in the same forms."
    )
    counted_from: CountedFrom | None = Field(
        default=None,
        description="Whether the periods are counted from the sending of a notice or from its receipt.",
    )
    receipt_after: PeriodText | None = Field(
        default=None, description="The period after which a notice counts as received."
    )
    dpa: Agreement | None = Field(
        default=None, description="Its data processing agreement, which its letters name."
    )
    on_silence: Text | None = Field(
        default=None,
        description="What its contract says about silence, in the language of its letters. It comes first,"
        " before the text of the list.",
    )
    on_objection: Text | None = Field(
        default=None, description="What its contract says about an objection, in the language of its letters."
    )
    products: ListOf[LineOfText] | None = Field(
        default=None, description="The publisher's products that it uses."
    )
    features: ListOf[LineOfText] | None = Field(
        default=None, description="Ids or names of the opt-in services that it has switched on."
    )
    audience: Text | None = Field(
        default=None,
        description="A question about services; changes of a service are left out if the answer is no.",
    )


class CustomerFile(Model, title="Customer file"):
    """The file of `--customers`."""

    customers: Annotated[ListOf[Annotated[Customer, SkippedAfterErrors]], Field(min_length=1)] = Field(
        description="The customers who get notices."
    )


ALL_CUSTOMERS = "all customers"


def get_customer_name(customer: Customer | None) -> str:
    """Return the name of a customer; *all customers* without one."""
    return customer.name if customer else ALL_CUSTOMERS


def build_file_stems(customers: tuple[Customer, ...]) -> tuple[str, ...]:
    """Return a unique file name for each customer, without the ending, built from its name."""
    found: dict[str, None] = {}
    for customer in customers:
        name = slugify(customer.name)[:80].strip("-") or "customer"
        name += "-customer" if name in _RESERVED_NAMES else ""
        counted = (name if number == 1 else f"{name}-{number}" for number in count(1))
        found[next(stem for stem in counted if stem not in found)] = None
    return tuple(found)


_START_HINT = "start with customers:"


class Customers(NamedTuple):
    """The customers of a file, with their positions and the warnings about the file."""

    customers: tuple[Customer, ...]
    locator: Locator
    warning: str = ""

    def locate(self, number: int, *path: str | int) -> Position:
        """Return the position of a customer, by its number, or of one of its fields."""
        return self.locator.locate(("customers", number, *path))


def list_columns() -> dict[str, Cell]:
    """Return the columns of a table of customers: a field, or `dpa.number` for a field of a field."""
    return dict(_iter_columns(Customer))


def _iter_columns(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Cell]]:
    for name, field in model.model_fields.items():
        kind = _get_bare_type(field.annotation)
        if get_origin(kind) is tuple:
            yield f"{prefix}{name}", Cell.LIST
        elif issubclass(kind, BaseModel):
            yield from _iter_columns(kind, f"{name}.")
        else:
            yield f"{prefix}{name}", Cell.TEXT


def _get_bare_type(annotation: Any) -> Any:
    """Return what an annotation is about, without `None` and validators."""
    while get_args(annotation) and get_origin(annotation) is not tuple:
        annotation = get_args(annotation)[0]
    return annotation


def load_customers(source: Source) -> Customers | Problems:
    """Return the customers of a file, or all its problems in the order of the file.

    A name that ends in `.csv` is read as CSV.
    """
    is_csv = source.name.lower().endswith(".csv")
    table = parse_csv(source, list_columns()) if is_csv else Table(*_parse_yaml(source))
    data, locator, problems, warning = table
    if locator is None:
        return tuple(truncate(problems))
    try:
        file = CustomerFile.model_validate(data, context=ValidationContext(vocabulary.load_built_in()))
    except ValidationError as invalid:
        return sort_problems(
            [*truncate(problems), *convert_validation_errors(invalid, locator, CustomerFile)]
        )
    found = Customers(file.customers, locator, warning)
    problems += _find_duplicates(found)
    problems += _find_incomplete_fields(found)
    return sort_problems(truncate(problems)) if problems else found


def _find_duplicates(customers: Customers) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, customer in enumerate(customers.customers):
        first = seen.setdefault(fold(customer.name), number)
        if first != number:
            line = customers.locate(first, "name").line
            message = f"the customer {customer.name} is given twice, first in line {line}"
            yield Problem(DUPLICATE_KEY, message, customers.locate(number, "name"), "keep one of the two")


def _find_incomplete_fields(customers: Customers) -> Iterator[Problem]:
    """Yield the fields that mean nothing without another one."""
    for number, customer in enumerate(customers.customers):
        if customer.subdivision and not customer.country:
            message = f"the subdivision {customer.subdivision} is of no country"
            yield Problem(
                INVALID_VALUE, message, customers.locate(number, "subdivision"), "state its country too"
            )
        if customer.receipt_after and customer.counted_from is not CountedFrom.RECEIPT:
            message = "receipt_after has no effect on periods that are counted from sending"
            hint = "add counted_from: receipt"
            yield Problem(INVALID_VALUE, message, customers.locate(number, "receipt_after"), hint)


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
