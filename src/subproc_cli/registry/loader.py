"""Bytes to an index, or to everything that is wrong with them."""

from pathlib import PurePath
from typing import Any, Protocol, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import (
    INVALID_VALUE,
    INVALID_YAML,
    MAX_PROBLEMS,
    MISSING_FIELD,
    UNKNOWN_CATEGORY,
    UNKNOWN_FIELD,
    UNKNOWN_PLACE,
    UNSUPPORTED_FORMAT,
    Fault,
    Problem,
    Route,
    Where,
    most,
)
from subproc_cli.registry import field_types, vocabulary
from subproc_cli.registry.models import FORMAT, Registry
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import STDIN, STDIN_NAME
from subproc_cli.text import did_you_mean
from subproc_cli.yaml import reader
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source

_PAGE, _HTML, _TABLE = "a Markdown page", "an HTML page", "a table in CSV"
_ENDINGS = {
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
_HTML_BEGINS = (b"<!doctype html", b"<html")
_SIGNS = frozenset(("format", "services"))
"""Fields of which a list has one at least, whatever is wrong with it."""


def foreign(source: Source, data: Any) -> Problem | None:
    """Return what a file is instead of a list, with what to do with it; None if it is a list, or nothing.

    Args:
        source: the file.
        data: its data; None if it cannot be read as YAML.
    """
    if not source.content.strip() or (isinstance(data, dict) and data.keys() & _SIGNS):
        return None
    ending = PurePath(source.name).suffix.lower()
    if ending == ".json" and data is None:
        return None  # a list that is written as JSON, with a slip
    begins_as_html = source.content[:100].lstrip().lower().startswith(_HTML_BEGINS)
    kind = _HTML if begins_as_html else _ENDINGS.get(ending)
    if kind is None:
        return None
    return Problem(
        INVALID_YAML, f"this is {kind}, not a list", Where(source.name, 1, 1), _hint(source, ending)
    )


def _hint(source: Source, ending: str) -> str:
    if ending == ".docx":
        return "save it as HTML, and import that with subproc import"
    name = STDIN if source.name == STDIN_NAME else source.name
    return "" if source.commit else f"make a list of it: subproc import {name}"


Problems: TypeAlias = tuple[Problem, ...]


class Located(Protocol):
    """A file that knows the place of everything in it."""

    def where(self, route: Route, *, of_key: bool = False) -> Where:
        """Return the place of a value, or of what it is missing from."""


def load(source: Source) -> Index | Problems:
    """Return the index of a registry, or all its problems in the order of the file."""
    read, problems = reader.parse(source, _BEGIN)
    other = foreign(source, read and read.data)
    if other:
        return (other,)
    if read is None:
        return tuple(problems)
    problem = _unreadable(read)
    if problem:
        return (*problems, problem)
    try:
        registry = Registry.model_validate(
            read.data, context=field_types.Reading(vocabulary.assumed(read.data))
        )
    except ValidationError as invalid:
        return in_order([*problems, *refused(invalid, read, Registry)])
    world, of_words = vocabulary.settled(registry, read)
    problems += of_words
    return in_order(problems) if problems else Index(source, read, registry, world)


def refused(invalid: ValidationError, read: Located, model: type[BaseModel]) -> list[Problem]:
    """Return what a model refuses of a file, each with its line, its column and the nearest right word."""
    errors = invalid.errors(include_url=False)
    told = [_problem(read, error, model) for error in errors[: MAX_PROBLEMS + 1]]
    return most(told, len(errors) - len(told))


def in_order(problems: list[Problem]) -> Problems:
    """Return problems in the order of the file; what an alias repeats is told once."""
    told: dict[tuple[Where, str], Problem] = {}
    for problem in problems:
        told.setdefault((problem.where._replace(path=""), problem.message), problem)
    return tuple(sorted(told.values(), key=lambda problem: problem.where[1:3]))


def _unreadable(read: Document) -> Problem | None:
    data = read.data
    if not isinstance(data, dict):
        return Problem(INVALID_YAML, "the file is not a mapping of fields", read.where(()), _BEGIN)
    for field in ("categories", "regions", "policies"):
        own = data.get(field)
        if isinstance(own, dict | list) and len(own) > vocabulary.MAX_OWN:
            message = f"{field}: has more than {vocabulary.MAX_OWN:,}"
            return Problem(INVALID_VALUE, message, read.where((field,)))
    given = data.get("format")
    if isinstance(given, int) and given > FORMAT:
        message = f"format {given} is newer than this program, which reads up to {FORMAT}"
        return Problem(UNSUPPORTED_FORMAT, message, read.where(("format",)), "update subproc-cli")
    return None


_BEGIN = "begin with format, publisher, version, date and services"
_FAULTS: dict[str, Fault] = {
    "missing": MISSING_FIELD,
    field_types.UNKNOWN_FIELD: UNKNOWN_FIELD,
    field_types.UNKNOWN_CATEGORY: UNKNOWN_CATEGORY,
    field_types.UNKNOWN_PLACE: UNKNOWN_PLACE,
}
_A_MAPPING = ("should be a mapping of fields", "write its fields below it, each with a colon")
_A_NUMBER = ("should be a whole number, not negative", "write digits without quotes")
_SAID = {
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "int_type": _A_NUMBER,
    "int_from_float": _A_NUMBER,
    "greater_than_equal": _A_NUMBER,
    "too_short": ("is empty", "name at least one"),
}


def _problem(read: Located, error: ErrorDetails, model: type[BaseModel]) -> Problem:
    kind, route = error["type"], tuple(error["loc"])
    fault = _FAULTS.get(kind, INVALID_VALUE)
    where = read.where(route, of_key=fault is UNKNOWN_FIELD or route[-1:] == ("[key]",))
    name = next((step for step in reversed(route) if isinstance(step, str) and step != "[key]"), "")
    if fault is MISSING_FIELD:
        return Problem(fault, f"the field {name} is missing", where)
    if fault is UNKNOWN_FIELD:
        hint = did_you_mean(name, _fields_at(route[:-1], model))
        return Problem(fault, f"there is no field {name}", where, hint)
    message, hint = _said(kind, error)
    separator = " " if message.startswith(("should ", "is ")) else ": "
    return Problem(fault, f"{name or 'a key'}{separator}{message}", where, hint)


def _said(kind: str, error: ErrorDetails) -> tuple[str, str]:
    context, given = error.get("ctx", {}), error["input"]
    if "message" in context:
        return str(context["message"]), str(context.get("hint", ""))
    if kind == "enum":
        expected = str(context["expected"]).replace("'", "")
        known = expected.replace(" or ", ", ").split(", ")
        return f"{in_quotes(given)} is not one of {expected}", did_you_mean(str(given), known)
    if given is None and _SAID.get(kind) is _A_MAPPING:
        return "is empty", _A_MAPPING[1]
    if kind == "less_than_equal":
        return f"should be at most {context['le']:,}", ""
    return _SAID.get(kind, (error["msg"], ""))


def _fields_at(route: Route, model: type[BaseModel]) -> list[str]:
    for step in route:
        field = model.model_fields.get(str(step))
        model = (field and _model_in(field.annotation)) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)
