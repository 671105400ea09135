"""What differs between two revisions: services by id, and the fields of those that differ."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.registry.index import Index
from subproc_cli.registry.models import Model, Registry, Service

_BOOKKEEPING = {"version", "date", "services"}
_JUDGED_BY_EFFECT = {"categories", "regions"}
"""A publisher's own words matter by what they do to the services."""


class Delta(NamedTuple):
    """A value that differs: the keys that lead to it, and both values; None for one that is missing."""

    path: tuple[str, ...]
    before: Any
    after: Any


class Pair(NamedTuple):
    """A service that is in both revisions and differs; its id may, too."""

    old_key: str
    key: str
    old: Service
    new: Service
    deltas: tuple[Delta, ...]


class Comparison(NamedTuple):
    """Two revisions, and what differs.

    Attributes:
        matched: the ids of the services that are in both: the new one, and the old one.
    """

    old: Index
    new: Index
    added: tuple[str, ...]
    removed: tuple[str, ...]
    matched: dict[str, str]
    pairs: tuple[Pair, ...]
    deltas: tuple[Delta, ...]


def compare(old: Index, new: Index) -> Comparison:
    """Return what differs between two revisions. Order and ways of writing make no difference."""
    before, after = old.registry.services, new.registry.services
    matched = _matched(before, after)
    known = set(matched.values())
    return Comparison(
        old,
        new,
        added=tuple(key for key in after if key not in matched),
        removed=tuple(key for key in before if key not in known),
        matched=matched,
        pairs=tuple(_pairs(matched, before, after)),
        deltas=_deltas(_list_plain(old.registry), _list_plain(new.registry)),
    )


def _matched(before: dict[str, Service], after: dict[str, Service]) -> dict[str, str]:
    """Match services by id, then by an earlier id that nobody uses any more."""
    matched = {key: key for key in after if key in before}
    for key, service in after.items():
        if key not in matched:
            former = next((each for each in service.formerly if each in before and each not in after), None)
            if former and former not in matched.values():
                matched[key] = former
    return matched


def _pairs(matched: dict[str, str], before: dict[str, Service], after: dict[str, Service]) -> Iterator[Pair]:
    for key, old_key in matched.items():
        old, new = before[old_key], after[key]
        if key == old_key and (old is new or old == new):
            continue
        deltas = _deltas(plain(old), plain(new))
        if deltas:
            yield Pair(old_key, key, old, new, deltas)


def plain(model: Model) -> dict[str, Any]:
    """Return a model as mappings only, so that the order of lists makes no difference."""
    return {field: _keyed(value) for field, value in model if value not in (None, (), {})}


def _list_plain(registry: Registry) -> dict[str, Any]:
    left_out = _BOOKKEEPING | _JUDGED_BY_EFFECT
    return {field: value for field, value in plain(registry).items() if field not in left_out}


def _keyed(value: Any) -> Any:
    if isinstance(value, Model):
        return plain(value)
    if isinstance(value, tuple):
        keyed: dict[str, Any] = {}
        for item in sorted(value, key=repr):
            key, plain_item = _key(item), _keyed(item)
            while key in keyed and keyed[key] != plain_item:
                key += " again"
            keyed[key] = plain_item
        return keyed
    return value


def _key(item: Any) -> str:
    """Return what a member of a list is recognised by in another revision."""
    if not isinstance(item, Model):
        return str(item)
    for field in ("data", "place", "basis", "name", "rule"):
        value = getattr(item, field, None)
        if value is not None:
            key = ", ".join(sorted(value)) if isinstance(value, tuple) else str(value)
            return f"{key} {getattr(item, 'how', None) or ''}".strip()
    return repr(item)


def _deltas(before: dict[str, Any], after: dict[str, Any]) -> tuple[Delta, ...]:
    differing = [field for field in before.keys() | after.keys() if before.get(field) != after.get(field)]
    if not differing:
        return ()
    from deepdiff import DeepDiff  # noqa: PLC0415, TID251  a tenth of a second, and only what differs needs it

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
            _value(node.t1),
            _value(node.t2),
        )
        for nodes in found.values()
        for node in nodes
    )
    return tuple(sorted(deltas, key=lambda delta: delta.path))


def _value(value: Any) -> Any:
    return None if repr(value) == "not present" else value
