"""What each difference means. Each subject has a generator that claims the differences it explains."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.diff import data, existence, identity, kinds, places, terms, terms_of_list, transfer
from subproc_cli.diff.change import Change
from subproc_cli.diff.compare import Comparison, Delta, Pair, compare
from subproc_cli.diff.judged import Judged
from subproc_cli.diff.kinds import Area, Kind
from subproc_cli.enums import Level, Role
from subproc_cli.registry.index import Index, State, state
from subproc_cli.registry.service import Service

Judge: TypeAlias = Callable[[Comparison, Pair], Iterator[Judged]]


class Subject(NamedTuple):
    """A generator and the differences that are its business.

    Attributes:
        judge: yields what the differences mean.
        field: the field of the service that they stand in.
        deep: how many keys the path of such a difference has at the most; 0 for any number.
        silent: whether no change is an answer too: written differently, and the same.
    """

    judge: Judge
    field: str
    deep: int = 0
    silent: bool = False

    def claims(self, delta: Delta) -> bool:
        """Tell whether a difference is of this subject; the publisher's own fields are of none."""
        fits = delta.path[0] == self.field and not delta.own
        return fits and not (self.deep and len(delta.path) > self.deep)


_SUBJECTS = (
    Subject(existence.renamed, "formerly"),
    Subject(existence.started, "since"),
    Subject(existence.ended, "until"),
    Subject(identity.name, "name"),
    Subject(identity.entity, "entity", deep=2),
    Subject(identity.contact, "contact"),
    Subject(terms.role, "role"),
    Subject(terms.purpose, "purpose"),
    Subject(data.judge, "sees", silent=True),
    Subject(data.judge, "never_sees", silent=True),
    Subject(terms.claim, "personal_data"),
    Subject(terms.subjects, "subjects"),
    Subject(places.judge, "processing", silent=True),
    Subject(transfer.bases, "transfer", deep=2),
    Subject(terms.activation, "activation"),
    Subject(terms.condition, "condition"),
    Subject(terms.products, "products"),
    Subject(terms.onward, "onward"),
    Subject(terms.retention, "retention"),
    Subject(terms.certifications, "certifications"),
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
_WORDING = frozenset(("label", "aliases"))
"""What a category of the publisher's own is called; whether it is personal data is more."""
_ON_ITS_OWN = frozenset((Role.CONTROLLER, Role.VENDOR))
"""Who is no processor for the customer: a change that concerns such a service alone demands no notice."""


def diff(old: Index, new: Index) -> tuple[Change, ...]:
    """Return the changes from one revision to another, most demanding first, then in the list's order.

    Places and adequacy are judged on the law of the new revision's date.
    """
    comparison = compare(old, new)
    changes = [*_existence(comparison), *_of_list(comparison), *_of_law(comparison)]
    for pair in comparison.pairs:
        changes += _of_service(comparison, pair)
    order = list(Level)
    position = {key: at for index in (old, new) for at, key in enumerate(index.registry.services)}
    return tuple(
        sorted(
            changes,
            key=lambda c: (order.index(c.level), position.get(c.service, -1), c.service, c.kind, c.field),
        )
    )


def _existence(comparison: Comparison) -> Iterator[Change]:
    for key, service, judged in existence.came(comparison):
        yield _change(judged, key, (None, service), comparison)
    for key, service, judged in existence.went(comparison):
        yield _change(judged, key, (service, None), comparison)


def _of_service(comparison: Comparison, pair: Pair) -> Iterator[Change]:
    left = list(pair.deltas)
    judges: set[Judge] = set()
    for subject in _SUBJECTS:
        mine = [delta for delta in left if subject.claims(delta)]
        if not mine:
            continue
        found = [] if subject.judge in judges else list(subject.judge(comparison, pair))
        judges.add(subject.judge)
        if found or subject.silent:
            left = [delta for delta in left if delta not in mine]
        for judged in found:
            yield _change(judged, pair.key, (pair.old, pair.new), comparison)
    for judged in _rest(left):
        yield _change(judged, pair.key, (pair.old, pair.new), comparison)


def _of_list(comparison: Comparison) -> Iterator[Change]:
    explained: list[tuple[str, ...]] = []
    for judged, path in terms_of_list.judge(comparison):
        explained.append(path)
        yield _change(judged, "", (None, None), comparison)
    left = [each for each in comparison.deltas if not any(_below(each, path) for path in explained)]
    for judged in _rest(left):
        yield _change(judged, "", (None, None), comparison)


def _below(delta: Delta, path: tuple[str, ...]) -> bool:
    return delta.path[: len(path)] == path


def _of_law(comparison: Comparison) -> Iterator[Change]:
    moved = transfer.LawMoved(comparison)
    for key, old_key in comparison.matched.items():
        pair = comparison.old.registry.services[old_key], comparison.new.registry.services[key]
        if _over(pair[1], comparison.new):
            continue
        for judged in moved.judged(*pair):
            yield _change(judged, key, pair, comparison)


def _rest(deltas: Iterable[Delta]) -> Iterator[Judged]:
    """Yield what no subject has claimed, by field: nothing falls through."""
    by_field: dict[str, list[Delta]] = {}
    for delta in deltas:
        field = ".".join(delta.path) if delta.own else delta.path[0]
        by_field.setdefault(field, []).append(delta)
    for field, found in by_field.items():
        metadata = field in _METADATA or all(delta.own or delta.path[-1] in _WORDING for delta in found)
        kind = "metadata-changed" if metadata else "unclassified-change"
        removed = tuple(_text(delta, delta.before) for delta in found if delta.before is not None)
        added = tuple(_text(delta, delta.after) for delta in found if delta.after is not None)
        yield Judged(kind, field, removed, added)


def _text(delta: Delta, value: Any) -> str:
    inner = "" if delta.own else ".".join(delta.path[1:])
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {each}" for key, each in value.items())
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
        level=_level(judged, kind, services, comparison),
        direction=kind.effect,
        service=key,
        name=service.name if service else "",
        field=judged.field,
        before=_stated(before, judged.field) or judged.removed,
        after=_stated(after, judged.field) or judged.added,
        removed=judged.removed,
        added=judged.added,
        route=tuple(step for step in ("services" if key else "", key, *judged.field.split(".")) if step),
    )


def _level(
    judged: Judged, kind: Kind, services: tuple[Service | None, Service | None], comparison: Comparison
) -> Level:
    """Return the level of a change: the stricter of what the old list promised and what the new one does."""
    before, after = services
    service = after or before
    if _over(before, comparison.old) and _over(after, comparison.new):
        return Level.EDITORIAL
    usual = judged.level or kinds.level(kind)
    sides = (comparison.old.registry, comparison.new.registry)
    level = min((side.levels.get(kind.name, usual) for side in sides), key=list(Level).index)
    alone = service is not None and service.role in _ON_ITS_OWN and kind.area is not Area.ROLE
    return Level.INFORM if alone and level is Level.NOTICE else level


def _over(service: Service | None, index: Index) -> bool:
    """Tell whether a service was retired already when a revision was published."""
    return service is not None and state(service, index.registry.date) is State.RETIRED


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
