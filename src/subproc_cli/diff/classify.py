"""Turns differences into changes. Each topic has a generator that claims the differences it explains."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, get_origin

from subproc_cli.diagnostics import FieldPath
from subproc_cli.diff import data, identity, lifecycle, places, terms, translations
from subproc_cli.diff import transfers as transfer
from subproc_cli.diff.change import Change, ChangeCandidate, FieldClassifier
from subproc_cli.diff.compare import Comparison, Delta, Pair, compare, find_deltas, to_mapping
from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS, build_content
from subproc_cli.enums import LEVEL_RANKS, Level, Role
from subproc_cli.reference.categories import covers
from subproc_cli.registry.change_kind import ChangeArea, ChangeKind, get_default_level
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.field_row import FieldRow, find_change
from subproc_cli.registry.field_table import SERVICE_FIELDS, SERVICE_ROWS
from subproc_cli.registry.introspect import find_item_model, strip_annotation
from subproc_cli.registry.list_field_table import LIST_ROWS
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.registry import Registry, State, get_state

METADATA = FieldClassifier(rest="metadata-changed")
CLASSIFIERS: dict[str, FieldClassifier] = {
    **lifecycle.CLASSIFIERS,
    **identity.CLASSIFIERS,
    **data.CLASSIFIERS,
    **places.CLASSIFIERS,
    **transfer.CLASSIFIERS,
    **terms.CLASSIFIERS,
    **translations.CLASSIFIERS,
    "metadata": METADATA,
    "list": FieldClassifier(),
}
"""What compares a field, by the name in the table of fields; `list` is compared as a whole."""
_LIST_FIELDS = frozenset(
    name
    for model in (Service, RegistryModel)
    for name, field in model.model_fields.items()
    if find_item_model(field.annotation) and get_origin(strip_annotation(field.annotation)) is tuple
)
"""Fields that are lists of mappings: their members are identified by content, not by position."""
_ON_ITS_OWN = frozenset((Role.CONTROLLER, Role.VENDOR))
"""Roles of companies that are not processors for the customer, so that their changes require no notice."""


def diff(old: Registry, new: Registry) -> tuple[Change, ...]:
    """Return the changes from one revision to another, highest level first, then in the list's order.

    Places and adequacy are judged by the law on the date of the new revision.
    """
    comparison = compare(old, new)
    changes = [*_classify_lifecycle(comparison), *_classify_law_changes(comparison)]
    for pair in comparison.pairs:
        changes += _classify_service(comparison, pair)
    changes += _classify_registry(
        comparison, {each.field for each in changes if each.kind == "claim-changed"}
    )
    position = {key: at for registry in (old, new) for at, key in enumerate(registry.model.services)}
    return tuple(
        sorted(
            changes,
            key=lambda c: (LEVEL_RANKS[c.level], position.get(c.service, -1), c.service, c.kind, c.field),
        )
    )


def _classify_lifecycle(comparison: Comparison) -> Iterator[Change]:
    for key, replaced, service, candidate in lifecycle.find_added(comparison):
        yield _build_change(candidate, key, (replaced, service), comparison)
    for key, service, candidate in lifecycle.find_removed(comparison):
        yield _build_change(candidate, key, (service, None), comparison)


def _classify_service(comparison: Comparison, pair: Pair) -> Iterator[Change]:
    left = set(pair.fields)
    found: dict[str, list[ChangeCandidate]] = {}
    for row in SERVICE_FIELDS:
        if row.path not in left:
            continue
        name = find_change(row, SERVICE_ROWS)
        classifier = CLASSIFIERS[name]
        if name not in found:  # several fields may share a classifier, which explains all of them at once
            found[name] = [each for classify in classifier.functions for each in classify(comparison, pair)]
        if found[name] or classifier.is_silent:
            left.remove(row.path)
    candidates = [candidate for group in found.values() for candidate in group]
    deltas = find_deltas(to_mapping(pair.old, left), to_mapping(pair.new, left))
    for candidate in (*candidates, *_classify_remaining((*deltas, *pair.custom_deltas), SERVICE_ROWS)):
        yield _build_change(candidate, pair.key, (pair.old, pair.new), comparison)


def _classify_registry(comparison: Comparison, claimed_fields: set[str]) -> Iterator[Change]:
    """Yield the changes of the list itself.

    Args:
        comparison: what differs.
        claimed_fields: the fields of services in which another claim about an own category was reported.
    """
    explained: list[FieldPath] = []
    for candidate in terms.classify_registry(comparison):
        path = _find_path(candidate)
        explained += [path, (*path[:-1], f"{path[-1]}_by_language")]
        yield _build_change(candidate, "", (None, None), comparison)
    left = [each for each in comparison.deltas if not any(_is_below(each, path) for path in explained)]
    for candidate in _classify_remaining(
        (each for each in left if not _is_claim_explained(each, claimed_fields)), LIST_ROWS
    ):
        yield _build_change(candidate, "", (None, None), comparison)


def _is_claim_explained(delta: Delta, fields: set[str]) -> bool:
    """Return whether a difference is the claim about a reported category, or about one below it."""
    whole, *rest = delta.path
    seen = (field.partition(".")[2] for field in fields)
    return whole == "categories" and rest[1:] == ["personal"] and any(covers(rest[0], each) for each in seen)


def _is_below(delta: Delta, path: FieldPath) -> bool:
    return delta.path[: len(path)] == path


def _classify_law_changes(comparison: Comparison) -> Iterator[Change]:
    moved = transfer.LawChangeClassifier(comparison)
    if not moved.can_change:
        return
    for key, old_key in comparison.matched.items():
        pair = comparison.old.model.services[old_key], comparison.new.model.services[key]
        if _is_retired(pair[1], comparison.new.model.date):
            continue
        for candidate in moved.classify(*pair):
            yield _build_change(candidate, key, pair, comparison)


def _classify_remaining(deltas: Iterable[Delta], rows: Mapping[str, FieldRow]) -> Iterator[ChangeCandidate]:
    """Yield the differences that no classifier explains, by field, so that none is lost."""
    by_field: dict[str, list[Delta]] = {}
    for delta in deltas:
        field = ".".join(delta.path) if delta.is_custom else delta.path[0]
        by_field.setdefault(field, []).append(delta)
    for field, found in by_field.items():
        is_metadata = all(delta.is_custom or "aliases" in delta.path[2:3] for delta in found)
        row = rows.get(found[0].path[0])
        rest = CLASSIFIERS[find_change(row, rows)].rest if row else METADATA.rest
        kind = METADATA.rest if is_metadata else rest
        removed = tuple(_format_value(delta, delta.before) for delta in found if delta.before is not None)
        added = tuple(_format_value(delta, delta.after) for delta in found if delta.after is not None)
        yield ChangeCandidate(
            kind, field, removed, added, path=_find_custom_field_path(found[0]) if found[0].is_custom else ()
        )


def _find_custom_field_path(delta: Delta) -> FieldPath:
    """Return where a field of the publisher's own is; in a list of statements, the list."""
    return delta.path[:1] if delta.path[0] in _LIST_FIELDS else delta.path


def _format_value(delta: Delta, value: Any) -> str:
    inner = "" if delta.is_custom else ".".join(delta.path[1:])
    if isinstance(value, dict):
        value = ", ".join(key if str(each) == key else f"{key}: {each}" for key, each in value.items())
    elif str(value) == delta.path[-1]:
        return inner
    return f"{inner}: {value}" if inner else str(value)


def _build_change(
    candidate: ChangeCandidate,
    key: str,
    services: tuple[Service | None, Service | None],
    comparison: Comparison,
) -> Change:
    kind = KINDS_BY_NAME[candidate.kind]
    before, after = services
    service = after or before
    return Change(
        kind=kind.name,
        level=_compute_level(candidate, kind, services, comparison),
        direction=kind.effect,
        service=key,
        name=service.name if service else "",
        field=candidate.field,
        before=_find_list_values(before, candidate.field) or candidate.removed,
        after=_find_list_values(after, candidate.field) or candidate.added,
        removed=candidate.removed,
        added=candidate.added,
        path=(*(("services", key) if key else ()), *_find_path(candidate)),
        content=build_content(comparison.new, after) if after and kind.name in FULL_CONTENT_KINDS else (),
    )


def _find_path(candidate: ChangeCandidate) -> FieldPath:
    return candidate.path or ((candidate.field,) if candidate.field else ())


_LIST_VALUES: dict[str, Callable[[Service], tuple[str, ...]]] = {
    "sees": lambda service: tuple(statement.data for statement in service.sees),
    places.FIELD: lambda service: tuple(map(places.format_place, service.processing)),
    "transfer": lambda service: tuple(transfer.basis for transfer in service.transfer),
    **{
        field: attrgetter(field)
        for field in ("never_sees", "products", "subjects", "onward", "certifications")
    },
}
"""The canonical values of a field that is a list; for any other field, the old and the new value suffice."""


def _find_list_values(service: Service | None, field: str) -> tuple[str, ...]:
    return _LIST_VALUES[field](service) if service and field in _LIST_VALUES else ()


def _compute_level(
    candidate: ChangeCandidate,
    kind: ChangeKind,
    services: tuple[Service | None, Service | None],
    comparison: Comparison,
) -> Level:
    """Return the level of a change: the stricter of the levels that the old and the new list set."""
    if all(_is_retired(each, comparison.earlier_date) for each in services):
        return Level.EDITORIAL
    usual = candidate.level or get_default_level(kind)
    roles = {each.role for each in services if each}
    if usual is Level.NOTICE and roles and roles <= _ON_ITS_OWN and kind.area is not ChangeArea.ROLE:
        usual = Level.INFORM
    sides = (comparison.old.model.levels, comparison.new.model.levels)
    levels = [levels.get(kind.name, usual) for levels in sides]
    levels += [
        levels[claimed] for levels in sides for claimed in candidate.implied_kinds if claimed in levels
    ]
    return min(levels, key=LEVEL_RANKS.__getitem__)


def _is_retired(service: Service | None, day: date) -> bool:
    """Return whether a service was retired already on a day."""
    return service is not None and get_state(service, day) is State.RETIRED
