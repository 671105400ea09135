"""The values of the file: how each kind of text is read, and what is said when it cannot be.

A validator gives the canonical value or raises an error of Pydantic with a hint; `load` finds the
line. What a place or a category is, the validators learn from the context of the validation.
"""

import re
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import MAX_PROBLEMS
from subproc_cli.enums import CHANGE_KINDS
from subproc_cli.reference.categories import Tree
from subproc_cli.reference.geography import Gazetteer, built_in, country_codes
from subproc_cli.text import MAX_ID, did_you_mean, is_id, slug

UNKNOWN_CATEGORY = "unknown_category"
UNKNOWN_PLACE = "unknown_place"
UNKNOWN_FIELD = "unknown_field"
INVALID = "invalid"


class World(NamedTuple):
    """What the words of a file may refer to: the law's lists and the publisher's own."""

    tree: Tree
    gazetteer: Gazetteer


class Reading:
    """The reading of one file: what its words may refer to, and how many faults it has so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = 0
        self._proposals = 0

    def proposes(self) -> bool:
        """Tell whether to look for the right word for one more wrong one: no longer than these are told."""
        self._proposals += 1
        return self._proposals <= MAX_PROBLEMS


def _refused(kind: str, message: str, hint: str = "") -> PydanticCustomError:
    context = {"message": message, "hint": hint}
    return PydanticCustomError(kind, "{message}", context)


def _text(value: Any) -> Any:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, bool | int | float):
        said = str(value).lower() if isinstance(value, bool) else str(value)
        raise _refused(
            INVALID, f"should be a text, but {said} is read as a {_kind(value)}", "put it in quotes"
        )
    if value is None or isinstance(value, str):
        raise _refused(INVALID, "is empty", "write a text or leave the field out")
    raise _refused(INVALID, f"should be a text, not a {_kind(value)}")


def _kind(value: Any) -> str:
    kinds = {
        bool: "yes/no value",
        int: "number",
        float: "number",
        dict: "mapping",
        list: "list",
        str: "text",
    }
    return kinds.get(type(value), "nothing")


def _day(value: Any) -> date:
    if isinstance(value, str) and len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError as fault:
            raise _refused(INVALID, f"{value} is no day of the calendar: {fault}") from None
    raise _refused(INVALID, f"{in_quotes(value)} is not a date", "write it as YYYY-MM-DD")


def _version(value: Any) -> str:
    if isinstance(value, str) and is_version(value):
        return value
    raise _refused(INVALID, f"{in_quotes(value)} is not a version", "write three numbers: major.minor.patch")


def is_version(text: str) -> bool:
    """Tell whether a text is a version of a list: three numbers."""
    parts = text.split(".")
    return len(parts) == len(("major", "minor", "patch")) and all(map(_is_version_number, parts))


_LONGEST_NUMBER = 9
"""Digits of a number of a version."""


def _is_version_number(text: str) -> bool:
    plain = text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER
    return plain and (text == "0" or text[0] != "0")


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return bool(value == "yes")
    raise _refused(INVALID, f"{in_quotes(value)} is neither yes nor no", "write yes or no")


def _id(value: str) -> str:
    if is_id(value):
        return value
    proposal = slug(value)
    hint = f"did you mean {proposal}?" if proposal else "an id is made of letters and digits"
    if len(value) > MAX_ID:
        raise _refused(INVALID, f"has more than the {MAX_ID} characters of an id", hint)
    raise _refused(INVALID, f"{in_quotes(value)} is not an id: lower-case letters, digits and hyphens", hint)


def _category(value: str, info: ValidationInfo) -> str:
    tree = _world(info).tree
    if value in tree:
        return value
    found = tree.find(value)
    if found:
        raise _refused(
            UNKNOWN_CATEGORY, f"{in_quotes(value)} is a word for {found}", f"write its key: {found}"
        )
    near = tree.nearest(value) if _reading(info).proposes() else None
    hint = f"did you mean {near}?" if near else "see: subproc categories"
    raise _refused(UNKNOWN_CATEGORY, f"{in_quotes(value)} is not a data category", hint)


def _place(value: str, info: ValidationInfo) -> str:
    gazetteer = _world(info).gazetteer
    found = gazetteer.find(value)
    if found:
        return found
    hint = gazetteer.proposal(value) if _reading(info).proposes() else ""
    raise _refused(
        UNKNOWN_PLACE, f"{in_quotes(value)} is not a place that is known", hint or "see: subproc places"
    )


def _country(value: str, info: ValidationInfo) -> str:
    place = _place(value, info)
    if place in country_codes():
        return place
    raise _refused(UNKNOWN_PLACE, f"{in_quotes(value)} is not one country", "write its ISO 3166-1 code")


def _own_key(value: str) -> str:
    if value.startswith("x-"):
        return value
    raise _refused(UNKNOWN_FIELD, f"there is no field {value}")


def _own_category(value: str) -> str:
    if re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", value):
        return value
    hint = "write a built-in category, a dot and a word in lower case: content.topics"
    raise _refused(INVALID, f"{in_quotes(value)} is not a category key", hint)


def _change_kind(value: str, info: ValidationInfo) -> str:
    if value in CHANGE_KINDS:
        return value
    hint = did_you_mean(value, CHANGE_KINDS) if _reading(info).proposes() else ""
    raise _refused(
        INVALID, f"{in_quotes(value)} is not a kind of change", hint or "see: subproc diff --kinds"
    )


def _own_place(value: str) -> str:
    if built_in().find(value):
        raise _refused(
            INVALID, f"{in_quotes(value)} is a place already", "choose another name for your own region"
        )
    return value


def _world(info: ValidationInfo) -> World:
    return _reading(info).world


def _reading(info: ValidationInfo) -> Reading:
    assert isinstance(info.context, Reading)  # noqa: S101  what `load` hands in
    return info.context


def _sparing(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Read one of many, unless more faults were found in those before than are told."""
    reading = _reading(info)
    if reading.faults > MAX_PROBLEMS:
        return value
    try:
        return handler(value)
    except ValidationError as invalid:
        reading.faults += invalid.error_count()
        raise


def _listed(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None:
        raise _refused(INVALID, "is empty", "write a list, [] if there are none, or leave the field out")
    raise _refused(INVALID, f"should be a list, not a {_kind(value)}", "put it in brackets: [ … ]")


def _filled(value: Any) -> Any:
    if value == []:
        raise _refused(INVALID, "is empty", "name at least one, or leave the field out")
    return value


def short(field: str) -> BeforeValidator:
    """Return a validator that reads a bare text as a mapping with that one field."""
    return BeforeValidator(lambda value: {field: value} if isinstance(value, str) else value)


def one_or_more(value: Any) -> Any:
    """Read a bare text as a list of one, and refuse an empty list."""
    if isinstance(value, list) and not value:
        raise _refused(INVALID, "is empty", "name at least one")
    return _listed([value] if isinstance(value, str) else value)


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[date, BeforeValidator(_day)]
Version = Annotated[str, BeforeValidator(_version)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Id = Annotated[Text, AfterValidator(_id)]
CategoryKey = Annotated[Text, AfterValidator(_category)]
Place = Annotated[Text, AfterValidator(_place)]
Country = Annotated[Text, AfterValidator(_country)]
OwnKey = Annotated[str, AfterValidator(_own_key)]
OwnCategoryKey = Annotated[str, AfterValidator(_own_category)]
ChangeKind = Annotated[str, AfterValidator(_change_kind)]
OwnPlace = Annotated[str, AfterValidator(_own_place)]
AsList = BeforeValidator(_listed)
Filled = BeforeValidator(_filled)
OneOfMany = WrapValidator(_sparing)
"""Marks what a file may have many of: after too many faults the rest are not looked at."""
