"""Internal fields: what a publisher writes into a list for internal use, and a list without it."""

import operator
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, cast

from subproc_cli.diagnostics import FieldPath
from subproc_cli.registry.field_table import SERVICE_FIELDS
from subproc_cli.registry.introspect import get_key
from subproc_cli.registry.list_field_table import LIST_FIELDS
from subproc_cli.registry.localize import SUFFIX
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.parts import Model

AnyModel = TypeVar("AnyModel", bound=Model)
INTERNAL = tuple(row.path for row in SERVICE_FIELDS if not row.is_public and "." not in row.path)
"""Fields of the format that are internal; so is every field of the publisher's own, `x-…`."""
_INTERNAL_BY_MODEL: dict[type[Model], frozenset[str]] = {
    Service: frozenset(INTERNAL),
    # `publish` stays: it says how the rest is shown
    RegistryModel: frozenset(row.path for row in LIST_FIELDS if not row.is_public) - {"publish"},
}
_OWN = "x-"
_FILE_KEYS = {
    name: get_key(name, field)
    for model in (RegistryModel, Service)
    for name, field in model.model_fields.items()
}


def is_internal(field: str) -> bool:
    """Return whether a field of a service, by its path, is internal: `notes`, `dpa.signed`, `x-ticket`."""
    return field.partition(".")[0] in INTERNAL or field.startswith(_OWN)


def strip_internal(part: AnyModel, shown: AbstractSet[str] = frozenset()) -> AnyModel:
    """Return a part of a list without its internal fields at any depth, except those that are to be shown.

    A part without any is returned as it is: that is what most are, and copies take long.
    """
    # `dpa` of a service is internal, and `dpa` of its links is not
    internal = _INTERNAL_BY_MODEL.get(type(part), frozenset()) - shown
    fields = {name: value for name, value in vars(part).items() if name not in internal}
    own = {name: value for name, value in part.own.items() if name in shown}
    kept = {name: _strip_internal_values(value, shown) for name, value in fields.items()}
    is_same = all(kept[name] is value for name, value in fields.items())
    if is_same and len(own) == len(part.own) and internal.isdisjoint(part.model_fields_set):
        return part
    stated = part.model_fields_set & (kept.keys() | own.keys())
    return cast("AnyModel", type(part).model_construct(stated, **kept, **own))


def find_file_key(field: str) -> str:
    """Return the key that the file has for a field: `retention` for `retention_days`."""
    name = field.partition(".")[0]
    return _FILE_KEYS.get(name, name)


def find_hidden_fields(model: RegistryModel) -> frozenset[str]:
    """Return the keys of the fields that a publisher does not publish."""
    return frozenset(map(find_file_key, model.publish.hide)) if model.publish else frozenset()


def find_published_fields(model: RegistryModel) -> frozenset[str]:
    """Return the internal fields that a publisher publishes."""
    return frozenset(model.publish.fields) - find_hidden_fields(model) if model.publish else frozenset()


def strip_fields(part: AnyModel, keys: AbstractSet[str]) -> AnyModel:
    """Return a service or a list without the fields that are read from some keys of the file."""
    if keys.isdisjoint(map(find_file_key, part.model_fields_set)):
        return part
    kept = {name: value for name, value in vars(part).items() if find_file_key(name) not in keys}
    stated = part.model_fields_set & {*kept, *part.own}
    return cast("AnyModel", type(part).model_construct(stated, **kept, **part.own))


def iter_public_texts(
    part: Any, path: FieldPath, hidden: AbstractSet[str], shown: AbstractSet[str]
) -> Iterator[tuple[FieldPath, str]]:
    """Yield the texts of a part of a list that are published, with their paths in the file.

    If a text is stated in several languages, only the one that the field has is yielded.

    Args:
        part: a service, a list, or what is below one of them.
        path: where the part is.
        hidden: the keys of the fields that are not published.
        shown: the internal fields that are published nevertheless.
    """
    for step, value in _list_public_values(part, hidden, shown):
        if isinstance(value, str):
            yield (*path, step), value
        else:
            yield from iter_public_texts(value, (*path, step), hidden, shown)


def _list_public_values(
    part: Any, hidden: AbstractSet[str], shown: AbstractSet[str]
) -> Iterable[tuple[str | int, Any]]:
    """Return the values right below a part of a list that are published, with their keys or positions."""
    if isinstance(part, dict):
        return part.items()
    if isinstance(part, tuple | list):
        return enumerate(part)
    return [*_iter_public_fields(part, hidden, shown)] if isinstance(part, Model) else ()


def _iter_public_fields(
    part: Model, hidden: AbstractSet[str], shown: AbstractSet[str]
) -> Iterator[tuple[str, Any]]:
    internal = _INTERNAL_BY_MODEL.get(type(part), frozenset()) - shown
    is_top = isinstance(part, RegistryModel | Service)
    own = [(name, value) for name, value in part.own.items() if name in shown] if shown else []
    for name, value in (*vars(part).items(), *own):
        if not value:  # most fields are not stated
            continue
        key = _FILE_KEYS.get(name, name) if is_top else name
        if not (name in internal or name.endswith(SUFFIX) or (is_top and key in hidden)):
            yield key, value


def _strip_internal_values(value: Any, shown: AbstractSet[str]) -> Any:
    if isinstance(value, Model):
        return strip_internal(value, shown)
    if isinstance(value, tuple):
        items = tuple(_strip_internal_values(each, shown) for each in value)
        return value if all(map(operator.is_, items, value)) else items
    if isinstance(value, dict):
        entries = {key: _strip_internal_values(each, shown) for key, each in value.items()}
        return value if all(map(operator.is_, entries.values(), value.values())) else entries
    return value


def collect_own_fields(part: Model) -> dict[str, list[Any]]:
    """Return the values of the publisher's own fields of a part and of all below it, by name: `links.x-a`."""
    found = {name: [value] for name, value in part.own.items()}
    for field, value in vars(part).items():
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Model):
                for name, values in collect_own_fields(item).items():
                    found.setdefault(f"{field}.{name}", []).extend(values)
    return found


def collect_own_names(value: Any) -> set[str]:
    """Return the names of all fields of the publisher's own in a part of a list, by themselves: `x-a`."""
    if isinstance(value, Model):
        return {*value.own, *collect_own_names([*vars(value).values()])}
    if isinstance(value, dict):
        return collect_own_names([*value.values()])
    if isinstance(value, list | tuple):
        return {name for each in value for name in collect_own_names(each)}
    return set()
