"""What a notice says of a service that it describes in full, in one spelling.

A service that is new is one change, whatever is stated of it, so the fingerprint of that change has to hold
all of it: who was told of a service that sees usage was not told that it sees health data.
"""

import json
from typing import Any

from subproc_cli.diff.compare import flat, plain
from subproc_cli.diff.vocabulary import built_in
from subproc_cli.registry.models import Model, Processing, Service, Statement
from subproc_cli.registry.registry import Index
from subproc_cli.text import fold

DESCRIBED = frozenset(("service-added", "service-replaced", "service-reactivated", "became-subprocessor"))
"""The kinds after which a service has to be described in full."""
FIELDS = (
    "name",
    "role",
    "purpose",
    "activation",
    "condition",
    "sees",
    "never_sees",
    "personal_data",
    "subjects",
    "processing",
    "entity",
    "transfer",
    "contact",
    "onward",
    "since",
    "until",
)
"""What a letter states, and what would demand a notice if it changed alone."""


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def described(index: Index, service: Service) -> tuple[str, ...]:
    """Return what is stated of a service, a text for each field, whatever its order and way of writing.

    The publisher's own words count by what they stand for: a region by what it is made of, a category also by
    its label, which is what customers read.
    """
    stated = ((field, getattr(service, field)) for field in FIELDS)
    return tuple(
        f"{field} {_text(index, field, value)}" for field, value in stated if value not in (None, ())
    )


def _text(index: Index, field: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "\1".join(sorted({_text(index, field, each) for each in value}))
    return _JSON.encode(_category(index, value) if field == "never_sees" else _plain(index, value))


def _plain(index: Index, value: Any) -> Any:
    match value:
        case Statement():
            inside = sorted({_category(index, key) for key in value.may_contain})
            return plain(value) | {"data": _category(index, value.data), "may_contain": inside}
        case Processing():
            return plain(value) | {
                "place": sorted({part for name in value.place for part in built_in(index, name)})
            }
        case Model():
            return plain(value)
        case str():
            return flat(value)
        case _:
            return value


def _category(index: Index, key: str) -> str:
    category = index.tree[key]
    return f"{key} {fold(category.label)}" if category.own else key
