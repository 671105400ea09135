"""What the file may contain, read from the models: fields, their order, and their kind."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import AliasPath, BaseModel
from pydantic.fields import FieldInfo

from subproc_cli.diagnostics import FieldPath
from subproc_cli.locale.catalogue import find_base_languages
from subproc_cli.registry.field_forms import MappingForm
from subproc_cli.registry.models import RegistryModel, Service


class ValueKind(Enum):
    """How a value is built."""

    TEXT = "text"
    LIST = "list"
    MAPPING = "mapping"


def list_file_fields(model: type[BaseModel]) -> list[str]:
    """Return the keys that the file may have in a mapping, in their order.

    A field of the model with an alias is a second reading of another key, and not a key of its own.
    """
    return [name for name, field in model.model_fields.items() if field.validation_alias is None]


def get_key(name: str, field: FieldInfo) -> str:
    """Return the key of the file that a field is read from."""
    alias = field.validation_alias
    return name if alias is None else str(alias.path[0] if isinstance(alias, AliasPath) else alias)


def find_model_at(path: FieldPath) -> type[BaseModel] | None:
    """Return the model of the mapping at a path, None where there is none or its keys are free."""
    return find_model(_find_annotation(path))


def list_fields(path: FieldPath) -> list[str]:
    """Return the keys of the mapping at a path in their order; none if its keys are free."""
    model = find_model_at(path)
    return list_file_fields(model) if model else []


def list_leaf_fields(path: FieldPath) -> list[str]:
    """Return the keys at a path with their parts, down to plain values: `entity.name`, `purpose.de`."""
    return [name for part in list_parts(path) for name in _iter_leaves((*path, part), part)]


def _iter_leaves(path: FieldPath, name: str) -> Iterator[str]:
    if find_kind(path) is not ValueKind.MAPPING:
        yield name
    for part in list_parts(path):
        yield from _iter_leaves((*path, part), f"{name}.{part}")


def list_parts(path: FieldPath) -> list[str]:
    """Return the keys of the mapping that a value is or may be, such as `en` and `de` of a text."""
    return [*find_base_languages()] if has_languages(path) else list_fields(path)


def has_languages(path: FieldPath) -> bool:
    """Return whether the value at a path is a text that may be stated by language."""
    model = find_model_at(path[:-1])
    is_stated = model is not None and f"{path[-1]}_by_language" in model.model_fields
    return is_stated and find_kind(path) is ValueKind.TEXT


def is_number(path: FieldPath) -> bool:
    """Return whether the value at a path is a whole number."""
    return strip_annotation(_find_annotation(path)) is int


def find_mapping_form_at(path: FieldPath) -> MappingForm | None:
    """Return the mapping that the file may write instead of the text at a path, None if there is none."""
    return find_mapping_form(_find_annotation(path))


def find_kind(path: FieldPath) -> ValueKind:
    """Return how the value at a path is built; a text that may be a mapping as well is a text."""
    found = strip_annotation(_find_annotation(path))
    if get_origin(found) is tuple:
        return ValueKind.LIST
    return ValueKind.MAPPING if _is_model(found) or get_origin(found) is dict else ValueKind.TEXT


def list_fields_of_kind(path: FieldPath, wanted: ValueKind) -> frozenset[str]:
    """Return the keys of the mapping at a path whose values are built in one way."""
    return frozenset(name for name in list_fields(path) if find_kind((*path, name)) is wanted)


def _find_annotation(path: FieldPath) -> Any:
    """Return the type at a path; None where the publisher's own fields begin."""
    found: Any = RegistryModel
    for step in path:
        model, bare = find_model(found), strip_annotation(found)
        if model:
            field = model.model_fields.get(str(step))
            found = field.annotation if field else None
        elif get_origin(bare) is dict:
            found = get_args(bare)[1]
        else:
            found = get_args(bare)[0] if get_origin(bare) is tuple else None
    return found


def walk_fields(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Yield the dotted path of every field of a model and of the models below it, except of services."""
    for name, field in model.model_fields.items():
        yield f"{above}{name}"
        inner = find_item_model(field.annotation) or strip_annotation(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Service:
            yield from walk_fields(inner, f"{above}{name}.")


def find_type(path: str) -> Any:
    """Return the type of the value of a column: `str`, `tuple`, `dict`, `date`, `int`, `bool` or an enum."""
    model: Any = Service
    *above, last = path.split(".")
    for step in above:
        model = strip_annotation(model.model_fields[step].annotation)
    found = strip_annotation(model.model_fields[last].annotation)
    return get_origin(found) or found


def strip_annotation(annotation: Any) -> Any:
    """Return a type without its metadata and without the choice of leaving it out."""
    while not isinstance(annotation, type) and get_origin(annotation) not in (tuple, dict, None):
        annotation = get_args(annotation)[0]
    return annotation


def find_mapping_form(annotation: Any) -> MappingForm | None:
    """Return the mapping that the file may write instead of a text, None if there is none."""
    if isinstance(annotation, MappingForm):
        return annotation
    return next((form for each in get_args(annotation) if (form := find_mapping_form(each))), None)


def find_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model of the mapping that a value may be, None if it is not one."""
    bare = strip_annotation(annotation)
    if _is_model(bare):
        found: type[BaseModel] = bare
        return found
    form = find_mapping_form(annotation) if get_origin(bare) not in (tuple, dict) else None
    return form.model if form else None


def find_item_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model of the items of a list or of the values of a mapping, None for other values."""
    bare = strip_annotation(annotation)
    if get_origin(bare) not in (tuple, dict):
        return None
    return find_model(get_args(bare)[0 if get_origin(bare) is tuple else 1])


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
