"""The differences between two revisions: of services by id, and of their fields."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.diff.vocabulary import VocabularyDiff, compare_vocabulary
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.parts import Model
from subproc_cli.registry.registry import Registry
from subproc_cli.text import compose

_DUPLICATE_SUFFIX = " again"
"""Added to the key of a member of a list if another member has that key."""
_NOT_STATED: tuple[Any, ...] = (None, (), {})
"""The values of a field of which a list states nothing; most fields have one of them."""
_EXCLUDED_FIELDS = {"version", "date", "services", "regions"}


class Delta(NamedTuple):
    """A value that differs.

    Attributes:
        path: the keys that lead to it.
        before: its value in the old revision, None if it is missing there.
        after: its value in the new one, None if it is missing there.
        is_custom: whether it is a field of the publisher's own (`x-…`); its values are JSON then.
    """

    path: tuple[str, ...]
    before: Any
    after: Any
    is_custom: bool = False


class Pair(NamedTuple):
    """A service that is in both revisions and differs; its id may, too.

    Attributes:
        fields: the fields whose statements differ, or may mean something else.
        custom_deltas: what differs in the publisher's own fields.
    """

    old_key: str
    key: str
    old: Service
    new: Service
    fields: frozenset[str]
    custom_deltas: tuple[Delta, ...]


class Comparison(NamedTuple):
    """Two revisions, and what differs.

    Attributes:
        matched: the ids of the services that are in both: the new one, and the old one.
        vocabulary: what the publisher's own words mean in either.
    """

    old: Registry
    new: Registry
    added: tuple[str, ...]
    removed: tuple[str, ...]
    matched: dict[str, str]
    pairs: tuple[Pair, ...]
    deltas: tuple[Delta, ...]
    vocabulary: VocabularyDiff

    @property
    def earlier_date(self) -> date:
        """The day of the older revision: a service that is used after it is used under the newer one."""
        return min(self.old.model.date, self.new.model.date)


def compare(old: Registry, new: Registry) -> Comparison:
    """Return what differs between two revisions. Order and ways of writing make no difference."""
    before, after = old.model.services, new.model.services
    matched = match_services(before, after)
    known = set(matched.values())
    vocabulary = compare_vocabulary(old, new)
    return Comparison(
        old,
        new,
        added=tuple(key for key in after if key not in matched),
        removed=tuple(key for key in before if key not in known),
        matched=matched,
        pairs=tuple(_iter_pairs(matched, before, after, vocabulary)),
        deltas=(
            *find_deltas(*_iter_registry_mappings(old.model, new.model)),
            *_iter_custom_deltas(old.model, new.model),
        ),
        vocabulary=vocabulary,
    )


def match_services(before: dict[str, Service], after: dict[str, Service]) -> dict[str, str]:
    """Match services by id, then by an earlier id that is no longer in use."""
    matched = {key: key for key in after if key in before}
    for key, service in after.items():
        if key not in matched:
            former = next((each for each in service.formerly if each in before and each not in after), None)
            if former and former not in matched.values():
                matched[key] = former
    return matched


def _iter_pairs(
    matched: dict[str, str], before: dict[str, Service], after: dict[str, Service], vocabulary: VocabularyDiff
) -> Iterator[Pair]:
    may_be_same = not vocabulary.affects_services
    for key, old_key in matched.items():
        old, new = before[old_key], after[key]
        if may_be_same and old is new and key == old_key:
            continue
        fields = {*vocabulary.iter_affected_fields(new)}
        custom_deltas: tuple[Delta, ...] = ()
        if old is not new:
            fields |= {*_iter_differing_fields(old, new)}
            if _has_custom_fields(old) or _has_custom_fields(new):
                custom_deltas = tuple(_iter_custom_deltas(old, new))
        if fields or custom_deltas or key != old_key:
            yield Pair(old_key, key, old, new, frozenset(fields), custom_deltas)


def _iter_differing_fields(old: Service, new: Service) -> Iterator[str]:
    """Yield the fields that state something else, not only in another order or notation."""
    stated = vars(old)
    for field, value in vars(new).items():
        if stated[field] != value and to_mapping(old, (field,)) != to_mapping(new, (field,)):
            yield field


def to_mapping(model: Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """Return fields of a model as mappings only, so that the order of lists makes no difference.

    Args:
        model: the model.
        fields: the names of the fields; None for all. The publisher's own are never among them.
    """
    stated = vars(model)
    keyed = (
        (field, _to_keyed(stated[field]))
        for field in (stated if fields is None else fields)
        if stated[field] not in _NOT_STATED
    )
    return {field: value for field, value in keyed if value not in _NOT_STATED}


def _iter_registry_mappings(old: RegistryModel, new: RegistryModel) -> Iterator[dict[str, Any]]:
    """Yield what each list states about itself and the other one does not, as a mapping.

    Own words count by their effect on services. A category that both lists have is also compared by its
    label and its other statements.
    """
    fields = [field for field in vars(old).keys() - _EXCLUDED_FIELDS if vars(old)[field] != vars(new)[field]]
    shared = sorted(old.categories.keys() & new.categories.keys())
    for registry in (old, new):
        stated = vars(registry) | {"categories": {key: registry.categories[key] for key in shared}}
        yield {field: _to_keyed(stated[field]) for field in fields}


def _to_keyed(value: Any) -> Any:
    if isinstance(value, str):  # most values are; whether a value is a model takes longest to find out
        return normalize_whitespace(value)
    if isinstance(value, dict):
        return {key: _to_keyed(item) for key, item in value.items()}
    if isinstance(value, tuple):
        members = {find_member_key(item): item for item in value}
        if len(members) == len(value):
            return {key: _to_keyed(members[key]) for key in sorted(members)}
        keyed: dict[str, Any] = {}
        for item in sorted(value, key=repr):
            key, plain_item = find_member_key(item), _to_keyed(item)
            while key in keyed and keyed[key] != plain_item:
                key += _DUPLICATE_SUFFIX
            keyed[key] = plain_item
        return keyed
    return to_mapping(value) if isinstance(value, Model) else value


def normalize_whitespace(text: str) -> str:
    """Return a text without the line breaks and spaces of its notation."""
    return " ".join(compose(text).split())


def find_member_key(item: Any) -> str:
    """Return the key that identifies a member of a list in another revision."""
    if isinstance(item, str) or not isinstance(item, Model):
        return str(item)
    stated = vars(item)
    for field in ("data", "place", "basis", "name", "rule"):
        value = stated.get(field)
        if value is not None:
            key = ", ".join(sorted(value)) if isinstance(value, tuple) else str(value)
            more = stated.get("how") or stated.get("service") or ""
            return f"{key} {more}".strip()
    return repr(item)


def _iter_custom_deltas(old: Model, new: Model) -> Iterator[Delta]:
    """Yield the publisher's own fields that differ, at any depth: for Python `1` and `True` are equal."""
    before, after = _collect_custom_fields(old), _collect_custom_fields(new)
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            yield Delta(path, before.get(path), after.get(path), is_custom=True)


def _collect_custom_fields(model: Model, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Return the publisher's own fields of a model and of all below it, except services, as JSON."""
    found = {
        (*above, key): json.dumps(value, ensure_ascii=False, sort_keys=True)
        for key, value in model.own.items()
    }
    for field, value in vars(model).items():
        for inner, item in _iter_members(value) if value and field != "services" else ():
            if isinstance(item, Model):
                found |= _collect_custom_fields(item, (*above, field, *inner))
    return found


def _iter_members(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the parts of a value that may be models, each with its key, regardless of their order."""
    if isinstance(value, tuple):
        taken: set[str] = set()
        members = {_serialize_member(each): each for each in value}
        for _, item in sorted(members.items()):
            key = find_member_key(item)
            while key in taken:
                key += _DUPLICATE_SUFFIX
            taken.add(key)
            yield (key,), item
    elif isinstance(value, dict):
        yield from (((key,), item) for key, item in value.items())
    else:
        yield (), value


def _serialize_member(item: Any) -> str:
    """Return all that a member of a list states, in a fixed order."""
    own = sorted(_collect_custom_fields(item).items()) if isinstance(item, Model) else ()
    return repr((_to_keyed(item), own))


def _has_custom_fields(service: Service) -> bool:
    """Return whether a service has any field of the publisher's own; most have none, which is fast to see."""
    if service.__pydantic_extra__:
        return True
    return any(
        getattr(part, "__pydantic_extra__", None)
        for value in vars(service).values()
        if value
        for part in (value if isinstance(value, tuple) else (value,))
    )


def find_deltas(before: dict[str, Any], after: dict[str, Any]) -> tuple[Delta, ...]:
    """Return what differs between two mappings, down to the parts of each value."""
    differing = [field for field in before.keys() | after.keys() if before.get(field) != after.get(field)]
    if not differing:
        return ()
    from deepdiff import DeepDiff  # a tenth of a second, and only what nothing else explains needs it
    from deepdiff.helper import NotPresent

    found = DeepDiff(
        {field: before[field] for field in differing if field in before},
        {field: after[field] for field in differing if field in after},
        view="tree",
        threshold_to_diff_deeper=0,  # else a much edited mapping counts as one change
        ignore_private_variables=False,  # else keys that begin with __ are passed over
    )
    deltas = (
        Delta(
            tuple(str(step) for step in node.path(output_format="list")),
            None if isinstance(node.t1, NotPresent) else node.t1,
            None if isinstance(node.t2, NotPresent) else node.t2,
        )
        for nodes in found.values()
        for node in nodes
    )
    return tuple(sorted(deltas, key=lambda delta: delta.path))
