"""What each difference means. Each subject has a generator that claims the fields it explains."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from subproc_cli.diff import data, kinds, places
from subproc_cli.diff.change import Change
from subproc_cli.diff.compare import Comparison, Delta, Pair, compare
from subproc_cli.diff.judged import Judged
from subproc_cli.enums import Level, Role
from subproc_cli.registry.index import Index, State, state
from subproc_cli.registry.models import Service

_METADATA = frozenset(("links", "notes", "source", "group", "policies", "levels", "ignore", "format"))
_ON_ITS_OWN = frozenset((Role.CONTROLLER, Role.VENDOR))
"""Who is no processor for the customer: a change that concerns such a service alone demands no notice."""


def diff(old: Index, new: Index) -> tuple[Change, ...]:
    """Return the changes from one revision to another, most demanding first, then in the list's order.

    Places and adequacy are judged on the law of the new revision's date.
    """
    comparison = compare(old, new)
    changes = [*_existence(comparison), *_of_list(comparison)]
    for pair in comparison.pairs:
        changes += _of_service(comparison, pair)
    order = list(Level)
    position = {key: at for at, key in enumerate((*new.registry.services, *old.registry.services))}
    return tuple(sorted(changes, key=lambda c: (order.index(c.level), position.get(c.service, -1), c.kind)))


def _existence(comparison: Comparison) -> Iterator[Change]:
    old, new = comparison.old, comparison.new
    for kind, keys, index in (
        ("service-added", comparison.added, new),
        ("service-removed", comparison.removed, old),
    ):
        for key in keys:
            service = index.registry.services[key]
            past = state(service, new.registry.date) is State.RETIRED
            name = (service.name,)
            removed, added = ((), name) if kind == "service-added" else (name, ())
            judged = Judged("metadata-changed" if past else kind, "", removed, added)
            yield _change(judged, key, (None, service) if added else (service, None), new)


def _of_service(comparison: Comparison, pair: Pair) -> Iterator[Change]:
    claimed: set[str] = set()
    for subject, fields in _SUBJECTS:
        touched = fields & {delta.path[0] for delta in pair.deltas}
        if not touched:
            continue
        found = list(subject(comparison, pair))
        if found:
            claimed |= touched
        for judged in found:
            yield _change(judged, pair.key, (pair.old, pair.new), comparison.new)
    for judged in _rest([delta for delta in pair.deltas if delta.path[0] not in claimed]):
        yield _change(judged, pair.key, (pair.old, pair.new), comparison.new)


def _of_list(comparison: Comparison) -> Iterator[Change]:
    for judged in _rest(comparison.deltas):
        yield _change(judged, "", (None, None), comparison.new)


def _rest(deltas: Iterable[Delta]) -> Iterator[Judged]:
    """Yield what no subject has claimed, by field: nothing falls through."""
    by_field: dict[str, list[Delta]] = {}
    for delta in deltas:
        by_field.setdefault(delta.path[0], []).append(delta)
    for field, found in by_field.items():
        metadata = field in _METADATA or field.startswith("x-")
        kind = "metadata-changed" if metadata else "unclassified-change"
        removed = tuple(_text(delta.path, delta.before) for delta in found if delta.before is not None)
        added = tuple(_text(delta.path, delta.after) for delta in found if delta.after is not None)
        yield Judged(kind, field, removed, added)


def _text(path: tuple[str, ...], value: Any) -> str:
    inner = ".".join(path[1:])
    if isinstance(value, dict) or str(value) == path[-1]:
        return inner
    return f"{inner}: {value}" if inner else str(value)


def _entity(_: Comparison, pair: Pair) -> Iterator[Judged]:
    before = pair.old.entity and pair.old.entity.name
    after = pair.new.entity and pair.new.entity.name
    if before and after and before != after:
        yield Judged("entity-changed", "entity", (before,), (after,))


_SUBJECTS: tuple[tuple[Callable[[Comparison, Pair], Iterator[Judged]], frozenset[str]], ...] = (
    (data.judge, frozenset(("sees", "never_sees"))),
    (places.judge, frozenset(("processing",))),
    (_entity, frozenset(("entity",))),
)


def _change(judged: Judged, key: str, services: tuple[Service | None, Service | None], new: Index) -> Change:
    kind = kinds.BY_NAME[judged.kind]
    level = new.registry.levels.get(kind.name) or judged.level or kinds.level(kind)
    before, after = services
    service = after or before
    if service and level is Level.NOTICE and service.role in _ON_ITS_OWN:
        level = Level.INFORM
    return Change(
        kind=kind.name,
        level=level,
        direction=kind.effect,
        service=key,
        name=service.name if service else "",
        field=judged.field,
        before=_stated(before, judged.field) or judged.removed,
        after=_stated(after, judged.field) or judged.added,
        removed=judged.removed,
        added=judged.added,
        route=tuple(step for step in ("services" if key else "", key, judged.field) if step),
    )


def _stated(service: Service | None, field: str) -> tuple[str, ...]:
    """Return what a field states, canonical; nothing for a field that no subject judges."""
    if service is None:
        return ()
    if field == "sees":
        return tuple(statement.data for statement in service.sees)
    if field == "never_sees":
        return service.never_sees
    return tuple(map(places.name, service.processing)) if field == places.FIELD else ()
