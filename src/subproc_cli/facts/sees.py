"""Whether a service sees a kind of data.

Each leaf of the tree is decided by the statement that covers it most closely: *sees* is a yes,
*never sees* a no, *may contain* and *sees in part* of something wider leave it open, and so does
silence. A category is a yes if something seen stands at or below it or any of its leaves is a yes;
a no if all its leaves are.

What statements come to does not depend on who makes them. So it is found once for all services that
state the same, without their ids and conditions; `explained` adds these.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from enum import Enum, IntEnum, auto
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from subproc_cli.enums import Extent
from subproc_cli.law.categories import Tree, covers, depth, parent
from subproc_cli.problem import Route
from subproc_cli.registry.service import Service
from subproc_cli.verdict import Because, Judgement, Verdict


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
_SEEN = frozenset((Stance.FULL, Stance.PARTIAL))
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
            stance = Stance.FULL if each.extent is Extent.FULL else Stance.PARTIAL
            found.append(Said(stance, each.data, ("sees", index)))
        found += [
            Said(Stance.MAY_CONTAIN, inside, ("sees", index))
            for inside in each.may_contain
            if about is None or inside in about
        ]
    found += [
        Said(Stance.NEVER, category, ("never_sees", index))
        for index, category in enumerate(service.never_sees)
        if about is None or category in about
    ]
    return tuple(found)


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


def _at(here: Statements, *, exact: bool) -> Verdict:
    """Decide by the statements at one category; `exact` if it is the leaf itself."""
    stances = {said.stance for said in here}
    if Stance.NEVER in stances:
        return Verdict.NO if len(stances) == 1 else Verdict.UNKNOWN
    if Stance.FULL in stances or (exact and Stance.PARTIAL in stances):
        return Verdict.YES
    return Verdict.UNKNOWN


class Standing(Enum):
    """Where a leaf of the tree stands, finer than a verdict: what a change is judged by."""

    SEEN = auto()
    PART = auto()
    POSSIBLE = auto()
    SILENT = auto()
    NEVER = auto()


def standing(said: Statements, key: str) -> Standing:
    """Return where a leaf stands by what is said most closely; what is both seen and denied is possible."""
    stated = by_category(said)
    above: str | None = key
    while above is not None and above not in stated:
        above = parent(above)
    stances = {each.stance for each in stated[above]} if above is not None else set()
    if not stances:
        return Standing.SILENT
    if stances == {Stance.NEVER}:
        return Standing.NEVER
    if Stance.NEVER in stances or stances == {Stance.MAY_CONTAIN}:
        return Standing.POSSIBLE
    return Standing.SEEN if Stance.FULL in stances else Standing.PART


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
    """Decide every leaf that a statement covers, by the statements that cover it most closely."""
    decided: dict[str, Decided] = {}
    for stated, here in sorted(by_category(said).items(), key=lambda item: depth(item[0])):
        leaves = tree.leaves_under(stated)
        decided |= dict.fromkeys(leaves, (_at(here, exact=stated in leaves), here))
    return decided


def _seen_within(said: Statements, within: Callable[[str], bool]) -> Statements:
    """Return what is stated to be seen at the categories asked for, unless it is denied there too."""
    return tuple(
        each
        for stated, here in by_category(said).items()
        if within(stated) and not any(other.stance is Stance.NEVER for other in here)
        for each in here
        if each.stance in _SEEN
    )


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
