"""A list in the shape of machine formats, as the file writes it.

Machine formats have a field for each reading of a key, such as `purpose` and `purpose_by_language`. The file
has one key.
"""

from functools import cache, lru_cache
from typing import Any

from pydantic import AliasPath, BaseModel
from pydantic.fields import FieldInfo

from subproc_cli.registry.introspect import (
    find_item_model,
    find_mapping_form,
    find_model,
    find_model_at,
    get_key,
    strip_annotation,
)

_EMPTY: tuple[Any, ...] = (None, [], {}, ())


def to_file_form(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with the keys of the file; what the model does not have stays as it is."""
    found = {name: _convert_inner(model, name, value) for name, value in data.items()}
    for name, field in _list_readings(model):
        value = found.pop(name, None)
        if value not in _EMPTY:
            _put_reading(found, model, field, value)
    return found


@cache
def _list_readings(model: type[BaseModel]) -> tuple[tuple[str, FieldInfo], ...]:
    return tuple(
        (name, field) for name, field in model.model_fields.items() if field.validation_alias is not None
    )


@lru_cache(maxsize=1024)
def is_reading(path: str, model: type[BaseModel]) -> bool:
    """Return whether a dotted path of machine formats is not a key of the file of its own."""
    first, _, rest = path.partition(".")
    field = model.model_fields.get(first)
    if field is None:
        return False
    inner = find_model(field.annotation)
    return is_reading(rest, inner) if rest and inner else field.validation_alias is not None


def find_key(path: str, model: type[BaseModel]) -> str:
    """Return the dotted path of the key that the file has for a field of machine formats."""
    first, _, rest = path.partition(".")
    field = model.model_fields[first]
    inner = find_model(field.annotation)
    if rest and inner:
        return f"{first}.{find_key(rest, inner)}"
    return get_key(first, field)


def is_complete(path: str, value: dict[str, Any]) -> bool:
    """Return whether a mapping that represents a text of a service has what it needs."""
    return all(name in value for name in _list_required(path))


@cache
def _list_required(path: str) -> tuple[str, ...]:
    model = find_model_at(("services", "", *path.split(".")))
    fields = model.model_fields.items() if model else ()
    return tuple(name for name, field in fields if field.is_required())


def _convert_inner(model: type[BaseModel], name: str, value: Any) -> Any:
    item, inner = _find_inner_models(model, name)
    if item and isinstance(value, list):
        return [to_file_form(item, each) if isinstance(each, dict) else each for each in value]
    if item and isinstance(value, dict):
        return {
            key: to_file_form(item, each) if isinstance(each, dict) else each for key, each in value.items()
        }
    return to_file_form(inner, value) if inner and isinstance(value, dict) else value


@lru_cache(maxsize=1024)
def _find_inner_models(
    model: type[BaseModel], name: str
) -> tuple[type[BaseModel] | None, type[BaseModel] | None]:
    """Return the model of the items of a field, and that of its value, as far as it has them."""
    field = model.model_fields.get(name)
    if field is None:
        return None, None
    inner = strip_annotation(field.annotation)
    is_model = isinstance(inner, type) and issubclass(inner, BaseModel)
    return find_item_model(field.annotation), inner if is_model else None


def _put_reading(found: dict[str, Any], model: type[BaseModel], field: FieldInfo, value: Any) -> None:
    """Put a reading where the file has it: instead of the text, of an item of a list, or in a mapping."""
    alias = field.validation_alias
    steps = alias.path if isinstance(alias, AliasPath) else [alias]
    key = str(steps[0])
    stated = found.get(key)
    if len(steps) > 1:
        mapping = stated if isinstance(stated, dict) else _to_mapping(model.model_fields[key], stated)
        found[key] = {**mapping, str(steps[1]): value}
    elif isinstance(stated, list):
        found[key] = [value.get(each, each) if isinstance(each, str) else each for each in stated]
    else:
        found[key] = value


def _to_mapping(field: FieldInfo, text: Any) -> dict[str, Any]:
    """Return a text as the mapping that the file may write instead; a composed text follows from the rest."""
    form = find_mapping_form(field.annotation)
    return {form.text_field: text} if form and form.text_field and text not in _EMPTY else {}
