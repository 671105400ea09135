"""What may stand where in a file, read from the models: fields, their order, and their kind."""

from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from subproc_cli.diagnostics import FieldPath
from subproc_cli.registry.models import RegistryModel


class ValueKind(Enum):
    """How a value is built."""

    TEXT = "text"
    LIST = "list"
    MAPPING = "mapping"


def list_fields(path: FieldPath) -> list[str]:
    """Return the fields of the mapping at a route in their order; none if its keys are free."""
    found = _find_annotation(path)
    return list(found.model_fields) if _is_model(found) else []


def list_leaf_fields(path: FieldPath) -> list[str]:
    """Return the fields of the mapping at a route; those of a mapping in it behind a dot: `entity.name`."""
    inner = {field: list_fields((*path, field)) for field in list_fields(path)}
    return [
        name for field, parts in inner.items() for name in [f"{field}.{part}" for part in parts] or [field]
    ]


def find_kind(path: FieldPath) -> ValueKind:
    """Tell how the value at a route is built."""
    found = _find_annotation(path)
    if get_origin(found) is tuple:
        return ValueKind.LIST
    return ValueKind.MAPPING if _is_model(found) or get_origin(found) is dict else ValueKind.TEXT


def list_fields_of_kind(path: FieldPath, wanted: ValueKind) -> frozenset[str]:
    """Return the fields of the mapping at a route whose values are built in one way."""
    return frozenset(name for name in list_fields(path) if find_kind((*path, name)) is wanted)


def _find_annotation(path: FieldPath) -> Any:
    """Return the bare type at a route; None where the publisher's own fields begin."""
    found: Any = RegistryModel
    for step in path:
        if _is_model(found):
            field = found.model_fields.get(str(step))
            found = _strip_annotation(field.annotation) if field else None
        elif get_origin(found) is dict:
            found = _strip_annotation(get_args(found)[1])
        else:
            found = _strip_annotation(get_args(found)[0]) if get_origin(found) is tuple else None
    return found


def _strip_annotation(annotation: Any) -> Any:
    """Return a type without what is said about it and without the choice of leaving it out."""
    while not isinstance(annotation, type) and get_origin(annotation) not in (tuple, dict, None):
        annotation = get_args(annotation)[0]
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
