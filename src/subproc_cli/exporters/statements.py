"""A list as one row a statement, for programs; `import` reads the rows back without loss.

A row has the path of a field in machine formats, the number or the key of the item that it belongs to, the
language of a text that is stated by language, and the value. A list of values has a row for each. The rows
without a service are the statements of the list about itself.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.tabular import to_plain_data, to_plain_header
from subproc_cli.output.sanitize import sanitize_xml
from subproc_cli.output.sheet_rows import CHARACTER_CODE
from subproc_cli.registry.introspect import find_item_model, find_model, strip_annotation
from subproc_cli.registry.models import SCHEMA, RegistryModel, Service
from subproc_cli.registry.registry import get_state

COLUMNS = (
    "publisher",
    "version",
    "date",
    "as_of",
    "service",
    "name",
    "state",
    "field",
    "item",
    "language",
    "value",
)
_LANGUAGES = "_by_language"
_OWN = "x-"
_QUOTE = '"'
"""The start of a text that is written as JSON."""


class Statement(NamedTuple):
    """One value of one field."""

    field: str
    item: str
    language: str
    value: str


def build_rows(export: Export) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a list without a header: first on the list itself, then on each service."""
    model = export.registry.model
    head = (sanitize_xml(model.publisher), model.version, model.date.isoformat(), export.as_of.isoformat())
    for statement in iter_statements(RegistryModel, to_plain_header(model)):
        yield *head, "", "", "", *_sanitize_names(*statement)
    for key, service in export.services.items():
        about = (*head, key, sanitize_xml(service.name), str(get_state(service, export.as_of)))
        for statement in iter_statements(Service, to_plain_data(service)):
            yield *about, *_sanitize_names(*statement)


def _sanitize_names(field: str, item: str, language: str, value: str) -> tuple[str, str, str, str]:
    """Return a statement whose names are on one line and harmless, as its value is already."""
    return _format_name(field), _format_name(item), language, value


@lru_cache(1_024)
def _format_name(name: str) -> str:
    """Return the name of a field or of an item as a value: a list has few, and each very often."""
    return _format_value(name)


class _FieldShape(NamedTuple):
    """How the value of a field is built.

    Attributes:
        part: the model of its items, if they are mappings.
        inner: the model of the value, if it is a mapping.
        is_list: whether it is a list.
        is_mapping: whether its keys are free.
    """

    part: type[BaseModel] | None
    inner: type[BaseModel] | None
    is_list: bool
    is_mapping: bool


@cache
def _find_shape(model: type[BaseModel], name: str) -> _FieldShape:
    annotation = model.model_fields[name].annotation
    models = find_item_model(annotation), find_model(annotation)
    return _FieldShape(*models, _is_list(annotation), _is_mapping(annotation))


def iter_statements(
    model: type[BaseModel], data: Mapping[str, Any], prefix: str = "", item: str = ""
) -> Iterator[Statement]:
    """Yield the statements of a mapping.

    Args:
        model: the model of the mapping.
        data: the mapping, in the shape of machine formats.
        prefix: the path of the mapping with a dot, empty for a service or a list.
        item: the item that the mapping is a part of; empty if it is not part of one.
    """
    for name, value in data.items():
        path = f"{prefix}{name}"
        if name.startswith(_OWN):
            yield Statement(path, item, "", _format_own(value))
            continue
        shape = _find_shape(model, name)
        if shape.part and not item:
            for key, each in _iter_items(value):
                yield from iter_statements(shape.part, each, f"{path}.", key)
        elif shape.inner and isinstance(value, dict):
            yield from iter_statements(shape.inner, value, f"{path}.", item)
        else:
            yield from _iter_values(path, shape, item, value)


def _iter_values(path: str, shape: _FieldShape, item: str, value: Any) -> Iterator[Statement]:
    """Yield the statements of a field whose value is not a mapping of the format."""
    if shape.is_list:
        for number, each in enumerate(value, 1):
            yield Statement(path, item or str(number), "", _format_value(each))
    elif path.endswith(_LANGUAGES) and all(isinstance(text, str) for text in value.values()):
        yield from (Statement(path, item, language, _format_value(text)) for language, text in value.items())
    elif shape.is_mapping and not path.endswith(_LANGUAGES):
        for key, each in value.items():
            values = each if isinstance(each, list) else [each]
            yield from (Statement(path, key, "", _format_value(one)) for one in values)
    else:
        yield Statement(path, item, "", _format_value(value))


def build_record(rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Return the record `subproc/registry/1` that rows were made of.

    Args:
        rows: the cells of each row by column.

    Raises:
        ValueError: a row has a field that the format does not have, or a number is not a number.
    """
    head: dict[str, Any] = {}
    services: dict[str, dict[str, Any]] = {}
    for row in rows:
        names = _parse_text(row["field"]), _parse_text(row["item"])
        statement = Statement(*names, row["language"], row["value"])
        if row["service"]:
            _put(Service, services.setdefault(row["service"], {}), statement)
        else:
            _put(RegistryModel, head, statement)
    made: dict[str, Any] = _list_items({"schema": SCHEMA, **head, "services": services})
    return made


def _put(model: type[BaseModel], data: dict[Any, Any], statement: Statement) -> None:
    """Put the value of a statement where its field and its item say."""
    field, item = statement.field, statement.item
    name, _, rest = field.partition(".")
    if name.startswith(_OWN):
        data[field] = _parse_own(statement.value)
        return
    if name not in model.model_fields:
        raise ValueError(f"there is no field {field!r}")
    annotation = model.model_fields[name].annotation
    part, inner = find_item_model(annotation), find_model(annotation)
    if part and rest:
        items = data.setdefault(name, {})
        _put(
            part, items.setdefault(_parse_key(annotation, item), {}), statement._replace(field=rest, item="")
        )
    elif inner and rest:
        _put(inner, data.setdefault(name, {}), statement._replace(field=rest))
    elif statement.language:
        data.setdefault(name, {})[statement.language] = _parse_text(statement.value)
    elif _is_list(annotation):
        data.setdefault(name, []).append(_parse_value(get_args(strip_annotation(annotation))[0], statement))
    elif _is_mapping(annotation) and item and not name.endswith(_LANGUAGES):
        _put_in_mapping(data.setdefault(name, {}), annotation, statement)
    else:
        data[name] = _parse_value(annotation, statement)


def _put_in_mapping(mapping: dict[str, Any], annotation: Any, statement: Statement) -> None:
    value = get_args(strip_annotation(annotation))[1]
    if _is_list(value):
        mapping.setdefault(statement.item, []).append(_parse_text(statement.value))
    else:
        mapping[statement.item] = _parse_value(value, statement)


def _iter_items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        yield from ((str(number), each) for number, each in enumerate(value, 1))


def _list_items(value: Any) -> Any:
    """Return data in which the items of a list, which were collected by their numbers, are a list."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_list_items(value[key]) for key in sorted(value)]
    return {key: each if str(key).startswith(_OWN) else _list_items(each) for key, each in value.items()}


def _parse_key(annotation: Any, item: str) -> int | str:
    """Return the number of an item of a list, or the key of one of a mapping."""
    return item if _is_mapping(annotation) else _parse_number(item)


def _is_list(annotation: Any) -> bool:
    return get_origin(strip_annotation(annotation)) is tuple


def _is_mapping(annotation: Any) -> bool:
    return get_origin(strip_annotation(annotation)) is dict


def _format_value(value: Any) -> str:
    """Return a value as a text on one line.

    It is JSON if it has several lines, deceiving characters or what Excel reads as the code of a character.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return _to_json(value)
    is_plain = value == sanitize_xml(value) and value[:1] != _QUOTE and not CHARACTER_CODE.search(value)
    return value if is_plain else _to_json(value)


def _to_json(value: Any) -> str:
    """Return a value as JSON without what Excel reads as the code of a character."""
    return CHARACTER_CODE.sub(r"\\u005f", json.dumps(value))


def _format_own(value: Any) -> str:
    """Return the value of a field of the publisher's own: as JSON unless it is a text that is not JSON."""
    return _format_value(value) if isinstance(value, str) and _parse_own(value) == value else _to_json(value)


def _parse_text(value: str) -> str:
    return str(json.loads(value)) if value[:1] == _QUOTE else value


_ANSWERS = {"yes": True, "no": False}


def _parse_number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{text!r} is not a number")
    return int(text)


def _parse_value(annotation: Any, statement: Statement) -> Any:
    kind, value = strip_annotation(annotation), statement.value
    if kind is bool:
        if value not in _ANSWERS:
            raise ValueError(f"{value!r} is not yes or no")
        return _ANSWERS[value]
    if kind is int:
        return _parse_number(value)
    return json.loads(value) if get_origin(kind) is dict else _parse_text(value)


def _parse_own(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row is the header of a table of statements; columns may follow."""
    return tuple(cells[: len(COLUMNS)]) == COLUMNS
