"""What each difference means. Each topic has a generator that claims the differences it explains."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from subproc_cli.diagnostics import Route
from subproc_cli.diff import data, identity, kinds, lifecycle, places, terms
from subproc_cli.diff import transfers as transfer
from subproc_cli.diff.change import Change, Judge, Judged
from subproc_cli.diff.compare import Comparison, Delta, Pair, compare
from subproc_cli.diff.fingerprint import DESCRIBED, described
from subproc_cli.diff.severity import demanded, over
from subproc_cli.enums import Level
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index


class Topic(NamedTuple):
    """A generator and the differences that are its business.

    Attributes:
        judge: yields what the differences mean.
        field: the field of the service that they stand in.
        silent: whether no change is an answer too: written differently, and the same.
    """

    judge: Judge
    field: str
    silent: bool = False

    def claims(self, delta: Delta) -> bool:
        """Tell whether a difference is of this topic; the publisher's own fields are of none."""
        return delta.path[0] == self.field and not delta.own


_TOPICS = (
    Topic(lifecycle.renamed, "formerly"),
    Topic(lifecycle.started, "since"),
    Topic(lifecycle.ended, "until"),
    Topic(identity.name, "name"),
    Topic(identity.entity, "entity"),
    Topic(identity.contact, "contact"),
    Topic(terms.role, "role"),
    Topic(terms.purpose, "purpose"),
    Topic(data.judge, "sees", silent=True),
    Topic(data.judge, "never_sees", silent=True),
    Topic(terms.claim, "personal_data"),
    Topic(terms.subjects, "subjects"),
    Topic(places.judge, "processing", silent=True),
    Topic(transfer.bases, "transfer"),
    Topic(terms.activation, "activation"),
    Topic(terms.condition, "condition"),
    Topic(terms.products, "products"),
    Topic(terms.onward, "onward"),
    Topic(terms.retention, "retention"),
    Topic(terms.certifications, "certifications"),
)
_METADATA = frozenset(
    (
        "links",
        "notes",
        "source",
        "group",
        "formerly",
        "replaces",
        "policies",
        "levels",
        "severities",
        "ignore",
        "format",
    ),
)
_LISTS = frozenset(("sees", "processing", "transfer", "policies", "ignore"))
"""Fields that are lists of mappings: their members are told apart by what they say, not by their place."""


def diff(old: Index, new: Index) -> tuple[Change, ...]:
    """Return the changes from one revision to another, most demanding first, then in the list's order.

    Places and adequacy are judged on the law of the new revision's date.
    """
    comparison = compare(old, new)
    changes = [*_existence(comparison), *_of_law(comparison)]
    for pair in comparison.pairs:
        changes += _of_service(comparison, pair)
    changes += _of_list(comparison, {each.field for each in changes if each.kind == "claim-changed"})
    order = list(Level)
    position = {key: at for index in (old, new) for at, key in enumerate(index.registry.services)}
    return tuple(
        sorted(
            changes,
            key=lambda c: (order.index(c.level), position.get(c.service, -1), c.service, c.kind, c.field),
        )
    )


def _existence(comparison: Comparison) -> Iterator[Change]:
    for key, replaced, service, judged in lifecycle.came(comparison):
        yield _change(judged, key, (replaced, service), comparison)
    for key, service, judged in lifecycle.went(comparison):
        yield _change(judged, key, (service, None), comparison)


def _of_service(comparison: Comparison, pair: Pair) -> Iterator[Change]:
    left = list(pair.deltas)
    judges: set[Judge] = set()
    for topic in _TOPICS:
        mine = [delta for delta in left if topic.claims(delta)]
        if not mine:
            continue
        found = [] if topic.judge in judges else list(topic.judge(comparison, pair))
        judges.add(topic.judge)
        if found or topic.silent:
            left = [delta for delta in left if delta not in mine]
        for judged in found:
            yield _change(judged, pair.key, (pair.old, pair.new), comparison)
    for judged in _rest(left):
        yield _change(judged, pair.key, (pair.old, pair.new), comparison)


def _of_list(comparison: Comparison, claimed: set[str]) -> Iterator[Change]:
    """Yield what changed in the list itself.

    Args:
        comparison: what differs.
        claimed: the fields of services in which another claim about an own category is told already.
    """
    explained: list[Route] = []
    for judged in terms.judge(comparison):
        explained.append(_route(judged))
        yield _change(judged, "", (None, None), comparison)
    left = [each for each in comparison.deltas if not any(_below(each, route) for route in explained)]
    for judged in _rest(each for each in left if not _claimed(each, claimed)):
        yield _change(judged, "", (None, None), comparison)


def _claimed(delta: Delta, fields: set[str]) -> bool:
    """Tell whether a difference is the claim about a category that some service told, or one below it."""
    whole, *rest = delta.path
    seen = (field.partition(".")[2] for field in fields)
    return whole == "categories" and rest[1:] == ["personal"] and any(covers(rest[0], each) for each in seen)


def _below(delta: Delta, route: Route) -> bool:
    return delta.path[: len(route)] == route


def _of_law(comparison: Comparison) -> Iterator[Change]:
    moved = transfer.LawMoved(comparison)
    for key, old_key in comparison.matched.items():
        pair = comparison.old.registry.services[old_key], comparison.new.registry.services[key]
        if over(pair[1], comparison.new.registry.date):
            continue
        for judged in moved.judged(*pair):
            yield _change(judged, key, pair, comparison)


def _rest(deltas: Iterable[Delta]) -> Iterator[Judged]:
    """Yield what no topic has claimed, by field: nothing falls through."""
    by_field: dict[str, list[Delta]] = {}
    for delta in deltas:
        field = ".".join(delta.path) if delta.own else delta.path[0]
        by_field.setdefault(field, []).append(delta)
    for field, found in by_field.items():
        metadata = field in _METADATA or all(delta.own or "aliases" in delta.path[2:3] for delta in found)
        kind = "metadata-changed" if metadata else "unclassified-change"
        removed = tuple(_text(delta, delta.before) for delta in found if delta.before is not None)
        added = tuple(_text(delta, delta.after) for delta in found if delta.after is not None)
        yield Judged(kind, field, removed, added, route=_own_route(found[0]) if found[0].own else ())


def _own_route(delta: Delta) -> Route:
    """Return where a field of the publisher's own stands; in a list of statements, the list."""
    return delta.path[:1] if delta.path[0] in _LISTS else delta.path


def _text(delta: Delta, value: Any) -> str:
    inner = "" if delta.own else ".".join(delta.path[1:])
    if isinstance(value, dict):
        value = ", ".join(key if str(each) == key else f"{key}: {each}" for key, each in value.items())
    elif str(value) == delta.path[-1]:
        return inner
    return f"{inner}: {value}" if inner else str(value)


def _change(
    judged: Judged, key: str, services: tuple[Service | None, Service | None], comparison: Comparison
) -> Change:
    kind = kinds.BY_NAME[judged.kind]
    before, after = services
    service = after or before
    return Change(
        kind=kind.name,
        level=demanded(judged, kind, services, comparison),
        direction=kind.effect,
        service=key,
        name=service.name if service else "",
        field=judged.field,
        before=_stated(before, judged.field) or judged.removed,
        after=_stated(after, judged.field) or judged.added,
        removed=judged.removed,
        added=judged.added,
        route=(*(("services", key) if key else ()), *_route(judged)),
        described=described(comparison.new, after) if after and kind.name in DESCRIBED else (),
    )


def _route(judged: Judged) -> Route:
    return judged.route or ((judged.field,) if judged.field else ())


_STATED: dict[str, Callable[[Service], tuple[str, ...]]] = {
    "sees": lambda service: tuple(statement.data for statement in service.sees),
    places.FIELD: lambda service: tuple(map(places.name, service.processing)),
    "transfer": lambda service: tuple(transfer.basis for transfer in service.transfer),
    **{
        field: attrgetter(field)
        for field in ("never_sees", "products", "subjects", "onward", "certifications")
    },
}
"""What a field that is a list states, canonical; of any other, what is gone and what is new says all."""


def _stated(service: Service | None, field: str) -> tuple[str, ...]:
    return _STATED[field](service) if service and field in _STATED else ()
