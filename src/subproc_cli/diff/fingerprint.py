"""The content of a notice on a service that it describes in full, in a canonical form.

A new service is one change, whatever the list states about it, so the fingerprint of that change covers
all of it: a customer who was notified of a service that sees usage was not notified that it sees health data.
"""

import json
from typing import Any

from subproc_cli.diff.compare import normalize_whitespace, to_mapping
from subproc_cli.diff.vocabulary import iter_built_in_places
from subproc_cli.registry.field_table import SERVICE_FIELDS
from subproc_cli.registry.models import Processing, Service, Statement
from subproc_cli.registry.parts import Model
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold

FULL_CONTENT_KINDS = frozenset(
    ("service-added", "service-replaced", "service-reactivated", "became-subprocessor")
)
"""The kinds after which a service has to be described in full."""
CONTENT_FIELDS = tuple(row.path for row in SERVICE_FIELDS if row.is_announced)
"""The fields that a letter states, and whose change alone would require a notice."""


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def build_content(registry: Registry, service: Service) -> tuple[str, ...]:
    """Return what is stated about a service: a text for each field, regardless of order and notation.

    The publisher's own words count by their meaning: a region by its countries, a category also by its
    label, because customers read the label.
    """
    stated = ((field, getattr(service, field)) for field in CONTENT_FIELDS)
    return tuple(
        f"{field} {_format_value(registry, field, value)}"
        for field, value in stated
        if value not in (None, ())
    )


def _format_value(registry: Registry, field: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "\1".join(sorted({_format_value(registry, field, each) for each in value}))
    return _JSON.encode(
        _format_category(registry, value) if field == "never_sees" else _normalize(registry, value)
    )


def _normalize(registry: Registry, value: Any) -> Any:
    match value:
        case Statement():
            inside = sorted({_format_category(registry, key) for key in value.may_contain})
            return to_mapping(value) | {"data": _format_category(registry, value.data), "may_contain": inside}
        case Processing():
            return to_mapping(value) | {
                "place": sorted(
                    {part for name in value.place for part in iter_built_in_places(registry, name)}
                )
            }
        case Model():
            return to_mapping(value)
        case str():
            return normalize_whitespace(value)
        case _:
            return value


def _format_category(registry: Registry, key: str) -> str:
    category = registry.category_tree[key]
    return f"{key} {fold(category.label)}" if category.own else key
