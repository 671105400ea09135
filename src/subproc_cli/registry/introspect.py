"""What may stand where in a file, read from the models: fields, their order, and their kind."""

from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from subproc_cli.diagnostics import Route
from subproc_cli.registry.models import Registry


class Kind(Enum):
    """How a value is built."""

    TEXT = "text"
    LIST = "list"
    MAPPING = "mapping"


def names(route: Route) -> list[str]:
    """Return the fields of the mapping at a route in their order; none if its keys are free."""
    found = _annotation(route)
    return list(found.model_fields) if _is_model(found) else []


def leaves(route: Route) -> list[str]:
    """Return the fields of the mapping at a route; those of a mapping in it behind a dot: `entity.name`."""
    inner = {field: names((*route, field)) for field in names(route)}
    return [
        name for field, parts in inner.items() for name in [f"{field}.{part}" for part in parts] or [field]
    ]


def kind(route: Route) -> Kind:
    """Tell how the value at a route is built."""
    found = _annotation(route)
    if get_origin(found) is tuple:
        return Kind.LIST
    return Kind.MAPPING if _is_model(found) or get_origin(found) is dict else Kind.TEXT


def of_kind(route: Route, wanted: Kind) -> frozenset[str]:
    """Return the fields of the mapping at a route whose values are built in one way."""
    return frozenset(name for name in names(route) if kind((*route, name)) is wanted)


def _annotation(route: Route) -> Any:
    """Return the bare type at a route; None where the publisher's own fields begin."""
    found: Any = Registry
    for step in route:
        if _is_model(found):
            field = found.model_fields.get(str(step))
            found = _bare(field.annotation) if field else None
        elif get_origin(found) is dict:
            found = _bare(get_args(found)[1])
        else:
            found = _bare(get_args(found)[0]) if get_origin(found) is tuple else None
    return found


def _bare(annotation: Any) -> Any:
    """Return a type without what is said about it and without the choice of leaving it out."""
    while not isinstance(annotation, type) and get_origin(annotation) not in (tuple, dict, None):
        annotation = get_args(annotation)[0]
    return annotation


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)
