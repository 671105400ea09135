"""The values of the file: how each kind of text is read, and the error message when it cannot be read.

A validator gives the canonical value or raises an error of Pydantic with a hint; `load` finds the
line. What a place or a category is, the validators learn from the context of the validation.
"""

import re
from datetime import date
from typing import Annotated, Any, NamedTuple, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from subproc_cli.characters import quote
from subproc_cli.diagnostics import MAX_PROBLEMS
from subproc_cli.enums import Basis, ModelTraining
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import UNKNOWN, Gazetteer, load_country_codes, load_gazetteer
from subproc_cli.reference.laws import list_laws, suggest_law
from subproc_cli.reference.service_types import (
    find_nearest_service_type,
    find_service_type,
    load_service_types,
)
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import MAX_ID, fold, is_id, join_words, slugify, suggest_day

UNKNOWN_CATEGORY = "unknown_category"
UNKNOWN_PLACE = "unknown_place"
UNKNOWN_FIELD = "unknown_field"
INVALID = "invalid"
_SHOWN = 40
"""Maximum number of characters of a value that a proposal repeats."""
_PLAIN = re.compile(r"[\w.][\w. ,-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}")
"""Three numbers of at most nine digits, without leading zeros."""


class Vocabulary(NamedTuple):
    """What the words of a file may refer to: the law's lists and the publisher's own."""

    category_tree: CategoryTree
    gazetteer: Gazetteer


class ValidationContext:
    """The reading of one file: what its words may refer to, and how many errors it has so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.error_count = 0
        self._suggestion_count = 0

    def should_suggest(self) -> bool:
        """Return whether to look for the right word for one more wrong one; the search takes time."""
        self._suggestion_count += 1
        return self._suggestion_count <= MAX_PROBLEMS


def make_error(kind: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return an error of Pydantic with a message of the program's own and what to do."""
    context = {"message": message, "hint": hint}
    return PydanticCustomError(kind, "{message}", context)


def validate_text(value: Any) -> Any:
    """Return a text; a number or a truth value gets the advice to quote it.

    Raises:
        PydanticCustomError: the value is not a text, or is empty.
    """
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, bool | int | float):
        said = str(value).lower() if isinstance(value, bool) else str(value)
        raise make_error(
            INVALID, f"should be a text, but {said} is read as a {_describe_type(value)}", "put it in quotes"
        )
    if value is None or isinstance(value, str):
        raise make_error(INVALID, "is empty", "write a text or leave the field out")
    raise make_error(INVALID, f"should be a text, not a {_describe_type(value)}")


def _describe_type(value: Any) -> str:
    kinds = {
        bool: "yes/no value",
        int: "number",
        float: "number",
        dict: "mapping",
        list: "list",
        str: "text",
    }
    return kinds.get(type(value), "nothing")


def _validate_day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise make_error(INVALID, f"{value} is not a valid date: {error}") from None
    raise make_error(INVALID, f"{quote(value)} is not a valid date", suggest_day(str(value)))


def _validate_version(value: Any) -> str:
    if isinstance(value, str) and is_version(value):
        return value
    raise make_error(INVALID, f"{quote(value)} is not a version", "write three numbers: major.minor.patch")


def is_version(text: str) -> bool:
    """Return whether a text is a version of a list: three numbers."""
    return _VERSION.fullmatch(text) is not None


def _validate_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return bool(value == "yes")
    raise make_error(INVALID, f"{quote(value)} is neither yes nor no", "write yes or no")


def _validate_id(value: str) -> str:
    if is_id(value):
        return value
    proposal = slugify(value)
    hint = f"did you mean {proposal}?" if proposal else "an id is made of letters and digits"
    if len(value) > MAX_ID:
        raise make_error(INVALID, f"has more than the {MAX_ID} characters of an id", hint)
    raise make_error(INVALID, f"{quote(value)} is not an id: lower-case letters, digits and hyphens", hint)


def _validate_category(value: str, info: ValidationInfo) -> str:
    tree = _get_vocabulary(info).category_tree
    if value in tree:
        return value
    found = tree.find(value)
    if found:
        raise make_error(UNKNOWN_CATEGORY, f"{quote(value)} is a word for {found}", f"write its key: {found}")
    near = tree.find_nearest(value) if _get_context(info).should_suggest() else None
    hint = f"did you mean {near}?" if near else "see: subproc categories"
    raise make_error(UNKNOWN_CATEGORY, f"{quote(value)} is not a data category", hint)


def _validate_place(value: str, info: ValidationInfo) -> str:
    gazetteer = _get_vocabulary(info).gazetteer
    found = gazetteer.find(value)
    if found:
        return found
    hint = gazetteer.suggest(value) if _get_context(info).should_suggest() else ""
    raise make_error(UNKNOWN_PLACE, f"{quote(value)} is not a known place", hint or "see: subproc places")


def _validate_processing_place(value: str, info: ValidationInfo) -> str:
    """Return a place, or the word for one of which nothing is known, on which no basis rests."""
    return value if value == UNKNOWN else _validate_place(value, info)


def _validate_country(value: str, info: ValidationInfo) -> str:
    place = _validate_place(value, info)
    if place in load_country_codes():
        return place
    raise make_error(UNKNOWN_PLACE, f"{quote(value)} is not one country", "write its ISO 3166-1 code")


def _validate_own_key(value: str) -> str:
    if value.startswith("x-"):
        return value
    raise make_error(UNKNOWN_FIELD, f"there is no field {value}")


def _validate_own_category(value: str) -> str:
    if re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", value):
        return value
    hint = "write a built-in category, a dot and a word in lower case: content.topics"
    raise make_error(INVALID, f"{quote(value)} is not a category key", hint)


def _validate_change_kind(value: str, info: ValidationInfo) -> str:
    if value in KINDS_BY_NAME:
        return value
    hint = suggest(value, KINDS_BY_NAME) if _get_context(info).should_suggest() else ""
    raise make_error(INVALID, f"{quote(value)} is not a kind of change", hint or "see: subproc diff --kinds")


_SYNONYMS = {
    "gb": "uk",
    "swiss": "ch",
    "international": "",
    "data": "",
    "transfer": "",
    "agreement": "idta",
    "standard": "scc",
    "contractual": "",
    "clauses": "",
    "old": "legacy",
    "binding": "bcr",
    "corporate": "",
    "rules": "",
}
"""Words of the long names of bases, with the part of the short name that they mean."""
_BASES_BY_PARTS = {frozenset(basis.split("-")): basis.value for basis in Basis} | {
    frozenset(("addendum",)): Basis.UK_ADDENDUM.value,
    frozenset(("uk", "idta")): Basis.IDTA.value,
    frozenset(("idta", "addendum")): Basis.UK_ADDENDUM.value,
    frozenset(("uk", "idta", "addendum")): Basis.UK_ADDENDUM.value,
}
"""The bases by the parts of their names in any order: `uk dpf` is `dpf-uk`."""
_BASES = frozenset(Basis)
_LAST_RESORTS = frozenset((Basis.DEROGATION, Basis.TREATY))
"""Bases that a typing error does not lead to, because they are narrow."""
_LAW_WORDS = frozenset(("uk", "ch"))


def _validate_basis(value: Any) -> Any:
    """Refuse a word that is not a basis; a basis of one law is never proposed for that of another law."""
    if not isinstance(value, str) or value in _BASES:
        return value
    message = f"{quote(value)} is not one of {join_words(list(Basis), 'or')}"
    words = fold(value).replace("-", " ").replace("_", " ").split()
    parts = frozenset(_SYNONYMS.get(word, word) for word in words) - {""}
    meant = _BASES_BY_PARTS.get(parts)
    if meant:
        raise make_error(INVALID, message, f"did you mean {meant}?")
    laws = parts & _LAW_WORDS
    known = [basis.value for basis in Basis if basis not in _LAST_RESORTS and laws <= set(basis.split("-"))]
    hint = suggest(value, known, SURE) or ("state it in a note" if laws else "")
    raise make_error(INVALID, message, hint)


def _validate_law(value: str, info: ValidationInfo) -> str:
    laws = list_laws()
    if value in laws:
        return value
    message = f"{quote(value)} is not one of {join_words(laws, 'or')}"
    raise make_error(INVALID, message, suggest_law(value) if _get_context(info).should_suggest() else "")


def _validate_service_type(value: str, info: ValidationInfo) -> str:
    if value in load_service_types():
        return value
    found = find_service_type(value)
    if found:
        raise make_error(INVALID, f"{quote(value)} is a word for {found}", f"write its key: {found}")
    near = find_nearest_service_type(value) if _get_context(info).should_suggest() else None
    hint = f"did you mean {near}?" if near else "see the field service_type in docs/fields.md"
    raise make_error(INVALID, f"{quote(value)} is not a service type", hint)


_TRAINING_WORDS = {True: ModelTraining.YES.value, "true": ModelTraining.YES.value}
_NO_TRAINING = (False, "no", "false", "none")


def _validate_model_training(value: Any) -> Any:
    """Read the `yes` of YAML, which may be a truth value, and explain which word is meant by `no`."""
    if isinstance(value, bool | str) and value in _TRAINING_WORDS:
        return _TRAINING_WORDS[value]
    if isinstance(value, bool | str) and value in _NO_TRAINING:
        message = (
            f"{quote('no' if value is False else value)} is not one of {join_words(ModelTraining, 'or')}"
        )
        raise make_error(INVALID, message, "did you mean never?")
    return value


def _validate_own_place(value: str) -> str:
    found = load_gazetteer().find(value)
    region = load_gazetteer().regions.get(found or "")
    if found and not (region and region.is_replaceable):
        raise make_error(
            INVALID, f"{quote(value)} is a place already", "choose another name for your own region"
        )
    return value


def _get_vocabulary(info: ValidationInfo) -> Vocabulary:
    return _get_context(info).vocabulary


def _get_context(info: ValidationInfo) -> ValidationContext:
    return cast("ValidationContext", info.context)  # `load` passes it


def _validate_until_limit(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Read one of many, unless the ones before it have more errors than are listed."""
    reading = _get_context(info)
    if reading.error_count > MAX_PROBLEMS:
        return value
    try:
        return handler(value)
    except ValidationError as invalid:
        reading.error_count += invalid.error_count()
        raise


def _validate_list(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value is None:
        raise make_error(INVALID, "is empty", "write a list, [] if there are none, or leave the field out")
    hint = (
        "begin each item with a hyphen, or put it in brackets: [ … ]"
        if isinstance(value, dict)
        else f"put it in brackets: [{_show(value)}]"
    )
    raise make_error(INVALID, f"should be a list, not a {_describe_type(value)}", hint)


def _show(value: Any) -> str:
    """Return a short text as it is, so that a proposal can be copied; a longer one as dots."""
    is_short = isinstance(value, str) and len(value) <= _SHOWN and _PLAIN.fullmatch(value)
    return value if is_short else " … "


def _validate_not_empty(value: Any) -> Any:
    if value == []:
        raise make_error(INVALID, "is empty", "name at least one, or leave the field out")
    return value


def accept_shorthand(field: str) -> BeforeValidator:
    """Return a validator that reads a bare text as a mapping with that one field."""
    return BeforeValidator(lambda value: {field: value} if isinstance(value, str) else value)


def validate_one_or_more(value: Any) -> Any:
    """Read a bare text as a list of one.

    Raises:
        PydanticCustomError: the list is empty.
    """
    if isinstance(value, list) and not value:
        raise make_error(INVALID, "is empty", "name at least one")
    return _validate_list([value] if isinstance(value, str) else value)


Text = Annotated[str, BeforeValidator(validate_text)]
Day = Annotated[date, BeforeValidator(_validate_day)]
Version = Annotated[str, BeforeValidator(_validate_version)]
YesNo = Annotated[bool, BeforeValidator(_validate_yes_no)]
Id = Annotated[Text, AfterValidator(_validate_id)]
CategoryKey = Annotated[Text, AfterValidator(_validate_category)]
Place = Annotated[Text, AfterValidator(_validate_place)]
ProcessingPlace = Annotated[Text, AfterValidator(_validate_processing_place)]
Country = Annotated[Text, AfterValidator(_validate_country)]
OwnKey = Annotated[str, AfterValidator(_validate_own_key)]
OwnCategoryKey = Annotated[str, AfterValidator(_validate_own_category)]
ServiceTypeKey = Annotated[Text, AfterValidator(_validate_service_type)]
LawKey = Annotated[str, AfterValidator(_validate_law)]
"""The key of a law: the name of its file."""
Training = Annotated[ModelTraining, BeforeValidator(_validate_model_training)]
ModuleNumber = Annotated[int, Field(ge=1, le=4, strict=True)]
"""A module of the EU standard contractual clauses, from 1 (controllers) to 4 (processor to controller)."""
Days = Annotated[int, Field(ge=0, le=36_500, strict=True)]
TransferBasis = Annotated[Basis, BeforeValidator(_validate_basis)]
ChangeKind = Annotated[str, AfterValidator(_validate_change_kind)]
OwnPlace = Annotated[str, AfterValidator(_validate_own_place)]
AsList = BeforeValidator(_validate_list)
NotEmpty = BeforeValidator(_validate_not_empty)
SkippedAfterErrors = WrapValidator(_validate_until_limit)
"""Marks what a file may have many of: after too many errors the rest are not read."""
