"""A service as one row: a column for each field, named as the field is, several values in one cell.

A cell of several values keeps them apart by semicolons. Where a value has conditions of its own, or holds a
semicolon, the cell is a JSON list in the words of the file.
"""

import json
from typing import Any

from subproc_cli.publish.plain import plain
from subproc_cli.registry.service import Service
from subproc_cli.registry.shape import leaves

_SHORT = {"sees": "data", "processing": "place", "transfer": "basis"}
SEPARATOR = "; "

COLUMNS: tuple[str, ...] = ("id", *leaves(("services", "")), "own")
"""`own` holds the publisher's own fields, as JSON."""


def row(key: str, service: Service) -> tuple[str, ...]:
    """Return the cells of a service, in the order of the columns; empty where nothing is stated."""
    stated = plain(service)
    own = {name: stated[name] for name in service.own if name in stated}
    return key, *(_cell(_value(stated, column)) for column in COLUMNS[1:-1]), _json(own) if own else ""


def _value(stated: dict[str, Any], column: str) -> Any:
    field, _, part = column.partition(".")
    value = stated.get(field)
    if part:
        return (value or {}).get(part)
    return [_short(each, _SHORT.get(field, "")) for each in value] if isinstance(value, list) else value


def _short(item: Any, key: str) -> Any:
    """Return an item as the bare word that it is, if it says no more."""
    if not isinstance(item, dict):
        return item
    said = {name: each for name, each in item.items() if (name, each) != ("extent", "full")}
    only = said.get(key)
    one = only[0] if isinstance(only, list) and len(only) == 1 else only
    return one if set(said) == {key} and isinstance(one, str) else said


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    bare = all(isinstance(each, str) and ";" not in each and not each.startswith("[") for each in value)
    return SEPARATOR.join(value) if bare else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
