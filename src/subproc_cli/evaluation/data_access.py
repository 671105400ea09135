"""Whether a service sees a kind of data.

Each leaf of the tree is decided by the closest statement that covers it: *sees* is a yes, *never sees*
a no. *May contain*, and *sees in part* of something wider, are evidence and no limits: they take nothing
from a *sees* of something wider still, but where none stands behind them they leave the leaf open, though
a wider promise denies it. Silence leaves it open, and so does what is seen and denied at one category. A
category is a yes if something seen stands at or below it or any of its leaves is a yes; a no if all its
leaves are.

What statements come to does not depend on who makes them. So it is found once for all services that
state the same, without their ids and conditions; `explained` adds these.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import Route
from subproc_cli.enums import Extent, Role
from subproc_cli.evaluation.verdict import Because, Judgement, Verdict
from subproc_cli.reference.categories import Tree, covers, depth, parent
from subproc_cli.registry.models import Service


class Stance(IntEnum):
    """What a statement says of its category; the strongest first."""

    FULL = auto()
    PARTIAL = auto()
    MAY_CONTAIN = auto()
    NEVER = auto()


class Said(NamedTuple):
    """One statement of a service about one category, and where it stands within the service."""

    stance: Stance
    category: str
    route: Route


Statements: TypeAlias = tuple[Said, ...]
"""What one service states; services that state the same have equal ones."""
KNOWN = 4_096
"""Results that are kept for the services that come after."""
Decided: TypeAlias = tuple[Verdict, Statements]
"""What a leaf comes to, with the statements that decide it."""

_SILENT: Decided = (Verdict.UNKNOWN, ())
_SEEN_AS = {Extent.FULL: Stance.FULL, Extent.PARTIAL: Stance.PARTIAL}
_SEEN = frozenset(_SEEN_AS.values())
_REASONS = {
    Stance.FULL: "sees",
    Stance.PARTIAL: "sees-part",
    Stance.MAY_CONTAIN: "may-contain",
    Stance.NEVER: "never-sees",
}


def statements(service: Service, about: Container[str] | None = None) -> Statements:
    """Return what a service states that it sees and never sees, in the order of the file.

    Args:
        service: the service.
        about: the categories that matter (see `related`); all without it.
    """
    found = []
    for index, each in enumerate(service.sees):
        if about is None or each.data in about:
            found.append(_said(_SEEN_AS[each.extent], each.data, "sees", index))
        for inside in each.may_contain:
            if about is None or inside in about:
                found.append(_said(Stance.MAY_CONTAIN, inside, "sees", index))  # noqa: PERF401  most have none
    for index, category in enumerate(service.never_sees):
        if about is None or category in about:
            found.append(_said(Stance.NEVER, category, "never_sees", index))
    return tuple(found)


@lru_cache(KNOWN)
def _said(stance: Stance, category: str, field: str, index: int) -> Said:
    return Said(stance, category, (field, index))


@lru_cache(KNOWN)
def by_category(said: Statements) -> Mapping[str, Statements]:
    """Return statements by their category."""
    found: dict[str, list[Said]] = {}
    for each in said:
        found.setdefault(each.category, []).append(each)
    return {category: tuple(here) for category, here in found.items()}


def related(tree: Tree, key: str) -> frozenset[str]:
    """Return the categories whose statements can decide a category: those above it and those below it."""
    return frozenset(each.key for each in tree if covers(each.key, key) or covers(key, each.key))


class Standing(IntEnum):
    """Where a leaf of the tree stands, finer than a verdict: what a change is judged by.

    Attributes:
        SEEN: seen in full.
        PART: seen in part, or a part of something wider is.
        POSSIBLE: it may be contained.
        SILENT: nothing is stated.
        DISPUTED: seen, or possible, and denied at one category.
        NEVER: promised never to be seen.
    """

    SEEN = auto()
    PART = auto()
    POSSIBLE = auto()
    SILENT = auto()
    DISPUTED = auto()
    NEVER = auto()


_STANDS = {
    Stance.FULL: Standing.SEEN,
    Stance.PARTIAL: Standing.PART,
    Stance.MAY_CONTAIN: Standing.POSSIBLE,
    Stance.NEVER: Standing.NEVER,
}
_OPEN = (Standing.PART, Standing.POSSIBLE, Standing.SILENT)
"""What yields to a wider statement that something is seen in full."""
_VERDICTS = dict.fromkeys(Standing, Verdict.UNKNOWN)
_VERDICTS |= {Standing.SEEN: Verdict.YES, Standing.NEVER: Verdict.NO}
"""What the statements at a category come to for what lies below it."""
_VERDICTS_HERE = _VERDICTS | {Standing.PART: Verdict.YES}
"""The same for a leaf at which they stand."""


def _at(here: Statements) -> Standing:
    """Return what the statements at one category say of it together."""
    stances = {said.stance for said in here}
    if len(stances) > 1 and Stance.NEVER in stances:
        return Standing.DISPUTED
    return _STANDS[min(stances)]


def standing(said: Statements, key: str) -> Standing:
    """Return where a leaf stands: from the closest category upward, what is open yields to what is seen."""
    stated = by_category(said)
    found = Standing.SILENT
    above: str | None = key
    while above is not None:
        here = _at(stated[above]) if above in stated else Standing.SILENT
        if here is Standing.SEEN or found is Standing.SILENT:
            found = here
        if here not in _OPEN:
            break
        above = parent(above)
    return found


def silent(said: Statements, tree: Tree) -> tuple[str, ...]:
    """Return the widest categories of which nothing is stated: neither seen, nor possible, nor promised."""
    return tuple(tree.widest(set(tree.leaves) - _closest(said, tree).keys()))


@lru_cache(KNOWN)
def category(said: Statements, tree: Tree, key: str) -> Judgement:
    """Decide a category of the tree; routes are within the service (see `explained`)."""
    closest = _closest(said, tree)
    decided = [closest.get(each, _SILENT) for each in tree.leaves_under(key)]
    seen = _seen_within(said, lambda stated: covers(key, stated))
    yes = [here for verdict, here in decided if verdict is Verdict.YES]
    if seen or yes:
        return _judged(Verdict.YES, [seen, *yes], key)
    return _not_seen(decided, key)


def category_of(service: Service, tree: Tree, key: str) -> Judgement:
    """Decide a category for a service, by its statements or by its role; routes are within the service."""
    said = statements(service, related(tree, key))
    surely = tree.surely_personal.issuperset(tree.leaves_under(key))
    return (by_role(said, service) if surely else None) or category(said, tree, key)


def personal_of(service: Service, tree: Tree) -> Judgement:
    """Decide for a service whether it sees personal data; routes are within the service."""
    said = statements(service)
    return by_role(said, service) or personal(said, tree)


def by_role(said: Statements, service: Service) -> Judgement | None:
    """Return a no for personal data where nothing is stated of a vendor, which sees none by its role."""
    if said or service.role is not Role.VENDOR:
        return None
    return Judgement.on(Verdict.NO, Because("role", (service.role,), ("role",)))


@lru_cache(KNOWN)
def personal(said: Statements, tree: Tree) -> Judgement:
    """Decide whether personal data is seen (Art. 4(1) GDPR); routes are within the service.

    Categories that are personal data in some cases only can leave the answer open, never make it a yes.
    """
    relevant, surely = tree.perhaps_personal_leaves, tree.surely_personal
    closest = _closest(said, tree)
    decided = {each: closest[each] for each in relevant if each in closest}
    certain = [(each, found) for each, found in decided.items() if each in surely]
    yes = [here for _, (verdict, here) in certain if verdict is Verdict.YES]
    open_ = {each for each, (verdict, _) in certain if verdict is not Verdict.NO}
    seen = _seen_within(
        said, lambda stated: stated in surely and not open_.isdisjoint(tree.leaves_under(stated))
    )
    if seen or yes:
        return _judged(Verdict.YES, [seen, *yes], "personal")
    silent = [_SILENT] if len(decided) < len(relevant) else []
    return _not_seen([*decided.values(), *silent], "personal")


def explained(judgement: Judgement, key: str, service: Service) -> Judgement:
    """Return a judgement of a service's statements with their routes in the list and their conditions."""

    def reasons() -> Iterator[Because]:
        for reason, subject, route, _ in judgement.reasons():
            yield Because(reason, subject, ("services", key, *route), _condition(service, route))

    return Judgement(judgement.verdict, reasons)


def _condition(service: Service, route: Route) -> str:
    return service.sees[int(route[1])].when or "" if route[:1] == ("sees",) else ""


@lru_cache(KNOWN)
def _closest(said: Statements, tree: Tree) -> Mapping[str, Decided]:
    """Decide every leaf that a statement covers, from the widest statements to the closest."""
    decided: dict[str, Decided] = {}
    for stated, here in sorted(by_category(said).items(), key=lambda item: depth(item[0])):
        stands, leaves = _at(here), tree.leaves_under(stated)
        if stands in _OPEN:
            leaves = tuple(leaf for leaf in leaves if decided.get(leaf, _SILENT)[0] is not Verdict.YES)
        verdicts = _VERDICTS_HERE if leaves == (stated,) else _VERDICTS
        decided |= dict.fromkeys(leaves, (verdicts[stands], here))
    return decided


def _seen_within(said: Statements, within: Callable[[str], bool]) -> Statements:
    """Return what is stated to be seen at the categories asked for, unless it is denied there too."""
    denied = {each.category for each in said if each.stance is Stance.NEVER}
    seen = (each for each in said if each.stance in _SEEN and each.category not in denied)
    return tuple(each for each in seen if within(each.category))


def _not_seen(decided: list[Decided], key: str) -> Judgement:
    undecided = [here for verdict, here in decided if verdict is not Verdict.NO]
    if undecided:
        return _judged(Verdict.UNKNOWN, undecided, key)
    return _judged(Verdict.NO, [here for _, here in decided], key)


def _judged(verdict: Verdict, said: list[Statements], key: str) -> Judgement:
    def reasons() -> Iterator[Because]:
        for here in said:
            for each in here:
                yield Because(_REASONS[each.stance], (each.category,), each.route)
            if not here and verdict is Verdict.UNKNOWN:
                yield Because("silent", (key,), ())

    return Judgement(verdict, reasons)
