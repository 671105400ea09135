"""Fields that the file may write in two ways: as a text, or as a mapping that states more.

The model keeps both readings next to each other, because machine formats only gain fields: `purpose` is
always a text, and `purpose_by_language` holds all languages. Both are read from the same key of the file,
which the second one names as its `validation_alias`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from subproc_cli.characters import quote
from subproc_cli.locale.catalogue import ENGLISH, find_base_languages, has_base_language
from subproc_cli.registry.field_types import INVALID, Text, make_error, validate_text
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words

_REGION_LENGTH = len("CH")
_NO_TEXT = "write a text, or texts by language: {en: …, de: …}"


def is_language(value: str) -> bool:
    """Return whether a text is a language of the program, alone or with a region: `de`, `de-CH`."""
    language, hyphen, region = value.partition("-")
    is_region = len(region) == _REGION_LENGTH and region.isascii() and region.isupper()
    return has_base_language(language) and (is_region or not hyphen)


def _validate_language(value: str) -> str:
    if is_language(value):
        return value
    languages = find_base_languages()
    message = f"{quote(value)} is not a language: {join_words(languages, 'or')}, or with a region as in de-CH"
    lowered = value.strip().lower().replace("_", "-").partition("-")[0][:2]
    near = f"did you mean {lowered}?" if lowered in languages else suggest(value, languages)
    raise make_error(INVALID, message, near or _NO_TEXT)


def choose_text(texts: Mapping[str, str], language: str = ENGLISH) -> str:
    """Return the text in a language: that of its region, of the language, in English, or the first one."""
    for key in (language, language.partition("-")[0], ENGLISH):
        if key in texts:
            return texts[key]
    return next(iter(texts.values()), "")


LanguageKey = Annotated[str, AfterValidator(_validate_language)]
TextsByLanguage: TypeAlias = dict[LanguageKey, Text]


@cache
def _build_adapter() -> TypeAdapter[TextsByLanguage]:
    """Return what reads texts by language; most lists have none."""
    return TypeAdapter(TextsByLanguage)


def _read_local_text(value: Any) -> Any:
    """Return the text that represents texts by language."""
    if not isinstance(value, dict):
        return validate_text(value)
    if not value:
        raise make_error(INVALID, "is empty", _NO_TEXT)
    return choose_text(_build_adapter().validate_python(value))


_NO_TEXTS: dict[str, Any] = {}


def get_no_texts() -> dict[str, Any]:
    """Return the texts by language of what states none: one object for all, because models are frozen."""
    return _NO_TEXTS


def _read_texts(value: Any) -> dict[str, str]:
    """Return texts by language; wrong ones are left out, because the text next to them reports the error."""
    if not isinstance(value, dict):
        return get_no_texts()
    try:
        return _build_adapter().validate_python(value)
    except ValidationError:
        return get_no_texts()


def _accept_texts(value: Any, _: ValidatorFunctionWrapHandler) -> dict[str, str]:
    return _read_texts(value)


def _accept_texts_of_items(value: Any, _: ValidatorFunctionWrapHandler) -> dict[str, dict[str, str]]:
    read = [texts for each in value if (texts := _read_texts(each))] if isinstance(value, list) else []
    return {choose_text(texts): texts for texts in read} or get_no_texts()


LocalText = Annotated[str, BeforeValidator(_read_local_text)]
"""A text, or texts by language: the text in English, or else the first one."""
LocalTexts = Annotated[dict[str, str], WrapValidator(_accept_texts)]
"""The texts by language; empty where the file has one text."""
LocalTextsOfItems = Annotated[dict[str, dict[str, str]], WrapValidator(_accept_texts_of_items)]
"""The texts by language of the items of a list, by the text that identifies each item."""


class MappingForm(NamedTuple):
    """Marks a text that the file may write as a mapping.

    Attributes:
        model: the fields of the mapping.
        text_field: the field that holds the text; empty if the text is composed of several fields.
        note_field: the field that can keep a text if the text is composed of several fields.
    """

    model: type[BaseModel]
    text_field: str = ""
    note_field: str = ""


def read_mapping(model: type[BaseModel], compose: Callable[[Any], str]) -> WrapValidator:
    """Return a validator that reads a mapping as the text which `compose` makes of it, if any.

    Raises:
        PydanticCustomError: from the validator, if the mapping is empty.
    """

    def read(value: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            return validate(validate_text(value))
        if not value:
            fields = ", ".join(name for name, each in model.model_fields.items() if not each.validation_alias)
            raise make_error(INVALID, "is empty", f"write a text, or a mapping of {fields}")
        return compose(model.model_validate(value, context=info.context)) or None

    return WrapValidator(read)
