"""A list as plain data in its normal form: every statement in full, and nothing that is not stated.

What is below a field of the publisher's own, `x-…`, is not a statement, and is kept as it is.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from subproc_cli.registry.field_table import SERVICE_ROWS
from subproc_cli.registry.introspect import find_item_model, strip_annotation, walk_fields
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.parts import Model


def to_plain_data(model: Model) -> dict[str, Any]:
    """Return the statements of a part of a list as plain data of JSON and YAML."""
    found: dict[str, Any] = _strip_unstated(model.model_dump(mode="json"))
    return found


def to_plain_header(model: RegistryModel) -> dict[str, Any]:
    """Return the statements of a list about itself, without its services, as plain data of JSON and YAML."""
    found: dict[str, Any] = _strip_unstated(model.model_dump(mode="json", exclude={"services"}))
    return found


_UNSTATED: tuple[Any, ...] = (None, [], {})


def _strip_unstated(value: Any) -> Any:
    if isinstance(value, list):
        return [_strip_unstated(each) for each in value]
    if not isinstance(value, dict):
        return value
    stated = {
        key: each if _is_own(key) else _strip_unstated(each)
        for key, each in value.items()
        if each not in _UNSTATED or _is_own(key)
    }
    return {key: each for key, each in stated.items() if each not in _UNSTATED or _is_own(key)}


def _is_own(key: str) -> bool:
    """Return whether a field is the publisher's own, whose value is kept as it is."""
    return key.startswith("x-")


def find_named(definitions: Mapping[str, Any], service: Any) -> dict[str, Any]:
    """Return the definitions of the publisher's own that plain data names, and those that they need.

    A region needs the regions in it; a category needs those above it.
    """
    named = {*_iter_texts(service)}
    while True:
        found = {
            key: each
            for key, each in definitions.items()
            if key in named or any(text.startswith(f"{key}.") for text in named)
        }
        texts = {*_iter_texts(found)}
        if texts <= named:
            return found
        named |= texts


def _iter_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _iter_texts(each)


_SHORTHAND_KEYS = {"sees": "data", "processing": "place", "transfer": "basis"}
SEPARATOR = "; "
DEFINITIONS = ("regions", "categories")
"""The last columns of a list with words of the publisher's own: those that a row names, as JSON."""


def _list_columns() -> tuple[str, ...]:
    """Return the columns of a table of services: leaves of the models, with lists and texts as one cell.

    The columns of the first edition and then `own` come first, so that later fields never move them.
    """
    leaves = [path for path in walk_fields(Service) if _is_cell(path)]
    editions = sorted({SERVICE_ROWS[path].edition for path in leaves})
    first, *later = ([path for path in leaves if SERVICE_ROWS[path].edition == each] for each in editions)
    return ("id", *first, "own", *(path for paths in later for path in paths))


def _is_cell(path: str) -> bool:
    """Return whether a field is one cell. A mapping has a cell for each field, a list one for all items."""
    whole, _, part = path.partition(".")
    annotation = Service.model_fields[whole].annotation
    if find_item_model(annotation):
        return not part
    inner = strip_annotation(annotation)
    is_mapping = isinstance(inner, type) and issubclass(inner, BaseModel)
    return bool(part) if is_mapping else True


COLUMNS: tuple[str, ...] = _list_columns()
"""`own` holds the publisher's own fields, as JSON: `x-…`, and of a nested one `entity.x-…`."""


def build_row(key: str, service: Service) -> tuple[str, ...]:
    """Return the cells of a service, in the order of the columns; empty where nothing is stated."""
    stated = to_plain_data(service)
    own = {name: stated[name] for name in service.own}
    nested = {field: value for field, value in stated.items() if field not in own and isinstance(value, dict)}
    own |= {
        f"{field}.{name}": each
        for field, value in nested.items()
        for name, each in value.items()
        if name.startswith("x-")
    }
    cells = {"id": key, "own": _to_json(own) if own else ""}
    return tuple(
        cells[column] if column in cells else _format_cell(_find_value(stated, column)) for column in COLUMNS
    )


def _find_value(stated: dict[str, Any], column: str) -> Any:
    field, _, part = column.partition(".")
    value = stated.get(field)
    if part:
        return (value or {}).get(part)
    return (
        [_to_shorthand(each, _SHORTHAND_KEYS.get(field, "")) for each in value]
        if isinstance(value, list)
        else value
    )


def _to_shorthand(item: Any, key: str) -> Any:
    """Return an item as a plain word, if it has no other values."""
    if not isinstance(item, dict):
        return item
    stated = {name: each for name, each in item.items() if (name, each) != ("extent", "full")}
    only = stated.get(key)
    one = only[0] if isinstance(only, list) and len(only) == 1 else only
    return one if set(stated) == {key} and isinstance(one, str) else stated


def _format_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _to_json(value)
    if not isinstance(value, list):
        return str(value)
    return SEPARATOR.join(value) if all(map(_is_bare, value)) else _to_json(value)


def _is_bare(item: Any) -> bool:
    """Return whether an item can be distinguished from its neighbours without quotes."""
    return isinstance(item, str) and ";" not in item and item[:1] != "[" and item == item.strip()


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
