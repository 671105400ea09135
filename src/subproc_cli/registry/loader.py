"""Bytes to a registry, or to everything that is wrong with them."""

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, Protocol, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from subproc_cli.characters import quote
from subproc_cli.diagnostics import (
    INVALID_VALUE,
    INVALID_YAML,
    MAX_PROBLEMS,
    MISSING_FIELD,
    UNKNOWN_CATEGORY,
    UNKNOWN_FIELD,
    UNKNOWN_PLACE,
    UNSUPPORTED_FORMAT,
    ErrorCode,
    FieldPath,
    Position,
    Problem,
    truncate,
)
from subproc_cli.reference.laws import suggest_choice
from subproc_cli.registry import field_types, introspect, vocabulary
from subproc_cli.registry.models import FORMAT, RegistryModel
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import STDIN, STDIN_NAME
from subproc_cli.suggest import suggest
from subproc_cli.text import fold
from subproc_cli.yaml import reader
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source

_PAGE, _HTML, _TABLE = "a Markdown page", "an HTML page", "a table in CSV"
_FORMATS_BY_SUFFIX = {
    ".md": _PAGE,
    ".markdown": _PAGE,
    ".html": _HTML,
    ".htm": _HTML,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".xlsx": "an Excel workbook",
    ".docx": "a Word document",
    ".json": "JSON of another kind",
}
_HTML_STARTS = (b"<!doctype html", b"<html")
_REGISTRY_FIELDS = frozenset(("format", "services"))
"""Fields that any list has at least one of, whatever is wrong with it."""


def detect_other_format(source: Source, data: Any) -> Problem | None:
    """Return what a file is instead of a list, with what to do with it; None if it is a list, or nothing.

    Args:
        source: the file.
        data: its data; None if it cannot be read as YAML.
    """
    if not source.content.strip() or (isinstance(data, dict) and data.keys() & _REGISTRY_FIELDS):
        return None
    ending = PurePath(source.name).suffix.lower()
    if ending == ".json" and data is None:
        return None  # a list that is written as JSON, with a slip
    begins_as_html = source.content[:100].lstrip().lower().startswith(_HTML_STARTS)
    kind = _HTML if begins_as_html else _FORMATS_BY_SUFFIX.get(ending)
    if kind is None:
        return None
    return Problem(
        INVALID_YAML,
        f"this is {kind}, not a list",
        Position(source.name, 1, 1),
        _suggest_import(source, ending),
    )


def _suggest_import(source: Source, ending: str) -> str:
    if ending == ".docx":
        return "save it as HTML, and import that with subproc import"
    name = STDIN if source.name == STDIN_NAME else source.name
    return "" if source.commit else f"make a list of it: subproc import {shlex.quote(name)}"


Problems: TypeAlias = tuple[Problem, ...]


class Locator(Protocol):
    """A file that knows the place of everything in it."""

    def locate(self, path: FieldPath, *, of_key: bool = False) -> Position:
        """Return the place of a value, or of what it is missing from."""


def load_registry(source: Source) -> Registry | Problems:
    """Return the index of a registry, or all its problems in the order of the file."""
    read, problems = reader.parse(source, _START_HINT)
    other = detect_other_format(source, read and read.data)
    if other:
        return (other,)
    return tuple(problems) if read is None else build_registry(source, read, problems)


def build_registry(
    source: Source, read: Document, problems: list[Problem] | None = None
) -> Registry | Problems:
    """Return the index of a registry that has been read, or all its problems in the order of the file.

    Args:
        source: the file.
        read: its data.
        problems: what is wrong with its YAML.
    """
    problems = problems or []
    problem = _find_blocking_problem(read)
    if problem:
        return (*problems, problem)
    try:
        registry = RegistryModel.model_validate(
            read.data, context=field_types.ValidationContext(vocabulary.build_provisional(read.data))
        )
    except ValidationError as invalid:
        return sort_problems([*problems, *convert_validation_errors(invalid, read, RegistryModel, source)])
    world, of_words = vocabulary.build_vocabulary(registry, read)
    problems += of_words
    return sort_problems(problems) if problems else Registry(source, read, registry, world)


def convert_validation_errors(
    error: ValidationError, locator: Locator, model: type[BaseModel], source: Source | None = None
) -> list[Problem]:
    """Return what a model refuses of a file, each with its line, its column and the nearest right word.

    Args:
        error: what the model refuses.
        locator: the file that knows the position of everything in it.
        model: the model.
        source: the bytes of the file, from which a number is quoted as it is written.
    """
    errors = error.errors(include_url=False)
    told = [_convert_error(locator, error, model) for error in errors[: MAX_PROBLEMS + 1]]
    if source is not None:
        pairs = zip(errors, told, strict=False)
        told = [_quote_as_written(source, each["input"], problem) for each, problem in pairs]
    return truncate(told, len(errors) - len(told))


def _quote_as_written(source: Source, given: Any, problem: Problem) -> Problem:
    """Return a problem of a number with the text of the file: 1.10 is read as 1.1, and 1e3 as 1000.0."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not problem.position.line:
        return problem
    line = source.text.split("\n")[problem.position.line - 1]
    found = re.match(r"[-+]?[\w.]+", line[problem.position.column - 1 :])
    if not found or found[0] == str(given):
        return problem
    pattern = rf"(?<![\w.]){re.escape(str(given))}(?![\w.])"
    return problem._replace(message=re.sub(pattern, lambda _: found[0], problem.message, count=1))


def sort_problems(problems: list[Problem]) -> Problems:
    """Return problems in the order of the file; what an alias repeats is reported once."""
    told: dict[tuple[Position, str], Problem] = {}
    for problem in problems:
        told.setdefault((problem.position._replace(path=""), problem.message), problem)
    return tuple(sorted(told.values(), key=lambda problem: (problem.position.line, problem.position.column)))


def _find_blocking_problem(document: Document) -> Problem | None:
    data = document.data
    if not isinstance(data, dict):
        return Problem(INVALID_YAML, "the file is not a mapping of fields", document.locate(()), _START_HINT)
    for field in ("categories", "regions", "policies"):
        own = data.get(field)
        if isinstance(own, dict | list) and len(own) > vocabulary.MAX_OWN:
            message = f"{field}: has more than {vocabulary.MAX_OWN:,}"
            return Problem(INVALID_VALUE, message, document.locate((field,)))
    given = data.get("format")
    if isinstance(given, int) and given > FORMAT:
        message = f"format {given} is newer than this program, which reads up to {FORMAT}"
        return Problem(UNSUPPORTED_FORMAT, message, document.locate(("format",)), "update subproc-cli")
    return None


_START_HINT = "start with format, publisher, version, date and services"
_ERROR_CODES: dict[str, ErrorCode] = {
    "missing": MISSING_FIELD,
    field_types.UNKNOWN_FIELD: UNKNOWN_FIELD,
    field_types.UNKNOWN_CATEGORY: UNKNOWN_CATEGORY,
    field_types.UNKNOWN_PLACE: UNKNOWN_PLACE,
}
_A_MAPPING = ("should be a mapping of fields", "write its fields below it, each with a colon")
_A_NUMBER = ("should be a whole number, not negative", "write digits without quotes")
_MESSAGES = {
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "int_type": _A_NUMBER,
    "int_from_float": _A_NUMBER,
    "greater_than_equal": _A_NUMBER,
    "too_short": ("is empty", "name at least one"),
}


_NAME = re.compile(r"\w[\w. -]{0,39}")
"""A text that can be the name in a mapping of fields as it is."""


def _convert_error(locator: Locator, error: ErrorDetails, model: type[BaseModel]) -> Problem:
    kind, route = error["type"], tuple(error["loc"])
    code = _ERROR_CODES.get(kind, INVALID_VALUE)
    where = locator.locate(route, of_key=code is UNKNOWN_FIELD or route[-1:] == ("[key]",))
    name = next((step for step in reversed(route) if isinstance(step, str) and step != "[key]"), "")
    if code is MISSING_FIELD:
        return Problem(code, f"the field {name} is missing", where)
    if code is UNKNOWN_FIELD and name == "<<":
        return Problem(code, "merge keys (<<) are not read", where, "write the fields out")
    if code is UNKNOWN_FIELD:
        hint = _suggest_field(name, _find_model_at(route[:-1], model))
        return Problem(code, f"there is no field {name}", where, hint)
    message, hint = _describe_error(kind, error)
    given = error["input"]
    if hint is _A_MAPPING[1] and isinstance(given, str) and _NAME.fullmatch(given):
        has_name = "name" in _find_model_at(route, model).model_fields
        hint = f"write its fields in braces, such as {{name: {given}}}" if has_name else hint
    separator = " " if message.startswith(("should ", "is ")) else ": "
    return Problem(code, f"{name or 'a key'}{separator}{message}", where, hint)


def _describe_error(kind: str, error: ErrorDetails) -> tuple[str, str]:
    context, given = error.get("ctx", {}), error["input"]
    if "message" in context:
        return str(context["message"]), str(context["hint"])
    if kind == "enum":
        expected = str(context["expected"]).replace("'", "")
        known = expected.replace(" or ", ", ").split(", ")
        return f"{quote(given)} is not one of {expected}", suggest_choice(str(given), known)
    if given is None and _MESSAGES.get(kind) is _A_MAPPING:
        return "is empty", "write its fields below it, each with a colon, or {} if there are none"
    if kind == "less_than_equal":
        return f"should be at most {context['le']:,}", ""
    return _MESSAGES.get(kind, (error["msg"], ""))


def _suggest_field(name: str, model: type[BaseModel]) -> str:
    """Return a hint for a wrong word, or the key in the file for a field of the machine formats."""
    field = model.model_fields.get(name)
    if field is None or field.validation_alias is None:
        part = _find_part_with(name, model)
        below = f"write it below {part}" if part else ""
        words = getattr(model, "fields_by_word", {})
        return suggest_field(name, introspect.list_file_fields(model), words) or below
    return f"state it in {introspect.get_key(name, field)}"


def suggest_field(name: str, known: Iterable[str], fields_by_word: Mapping[str, str]) -> str:
    """Return which field a wrong word probably means; empty if that is not clear.

    >>> suggest_field("E-Mail", ["name", "address"], {"email": "address"})
    'did you mean address?'
    """
    field = fields_by_word.get(fold(name).replace(" ", ""))
    return f"did you mean {field}?" if field else suggest(name, known)


def _find_part_with(name: str, model: type[BaseModel]) -> str:
    """Return the key of the part of a model that has a field: `links` for `website`."""
    for part, field in model.model_fields.items():
        inner = _find_model(field.annotation)
        if inner and name in introspect.list_file_fields(inner):
            return introspect.get_key(part, field)
    return ""


def _find_model_at(path: FieldPath, model: type[BaseModel]) -> type[BaseModel]:
    for step in path:
        field = model.model_fields.get(str(step))
        model = (field and _find_model(field.annotation)) or model
    return model


def _find_model(annotation: Any) -> type[BaseModel] | None:
    """Return the first model in a type: its own, or that of the items of a list or a mapping."""
    model = introspect.find_model(annotation)
    return model or next((found for each in get_args(annotation) if (found := _find_model(each))), None)
