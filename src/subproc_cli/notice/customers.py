"""The customers who are owed a notice, in the words of their file."""

import unicodedata
from itertools import count
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from subproc_cli.characters import is_spelling
from subproc_cli.enums import Language, Regime
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.registry.field_types import INVALID, Country, OneOfMany, Text
from subproc_cli.registry.service import Many, Model
from subproc_cli.text import slug

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
