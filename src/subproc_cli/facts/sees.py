"""Whether a service sees a kind of data.

Each leaf of the tree is decided by the statement that covers it most closely: *sees* is a yes,
*never sees* a no, *may contain* and *sees in part* of something wider leave it open, and so does
silence. A category is a yes if something seen stands at or below it or any of its leaves is a yes;
a no if all its leaves are.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from enum import Enum, IntEnum, auto
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
    """One statement of a service about one category."""

    stance: Stance
    category: str
    route: Route
    condition: str


class _Every:
    """Holds every category."""

    def __contains__(self, key: object) -> bool:
        return True


EVERY = _Every()
Statements: TypeAlias = Mapping[str, tuple[Said, ...]]
"""All statements of one service by category."""
Decided: TypeAlias = tuple[Verdict, tuple[Said, ...]]
"""What a leaf comes to, with the statements that decide it."""

_SILENT: Decided = (Verdict.UNKNOWN, ())
_SEEN = frozenset((Stance.FULL, Stance.PARTIAL))
_REASONS = {
    Stance.FULL: "sees",
    Stance.PARTIAL: "sees-part",
    Stance.MAY_CONTAIN: "may-contain",
    Stance.NEVER: "never-sees",
}


def statements(key: str, service: Service, about: Container[str] = EVERY) -> Statements:
    """Return what a service states that it sees and never sees, by category.

    Args:
        key: the id of the service.
        service: the service.
        about: the categories that matter; by default all (see `related`).
    """
    found: dict[str, tuple[Said, ...]] = {}
    for said in _said(key, service, about):
        found[said.category] = (*found.get(said.category, ()), said)
    return found


def related(tree: Tree, key: str) -> frozenset[str]:
    """Return the categories whose statements can decide a category: those above it and those below it."""
    return frozenset(each.key for each in tree if covers(each.key, key) or covers(key, each.key))


def _said(key: str, service: Service, about: Container[str]) -> Iterator[Said]:
    for index, statement in enumerate(service.sees):
        if statement.data in about:
            stance = Stance.FULL if statement.extent is Extent.FULL else Stance.PARTIAL
            yield Said(stance, statement.data, ("services", key, "sees", index), statement.when or "")
        for inside in statement.may_contain:
            if inside in about:
                route = ("services", key, "sees", index)
                yield Said(Stance.MAY_CONTAIN, inside, route, statement.when or "")
    for index, category in enumerate(service.never_sees):
        if category in about:
            yield Said(Stance.NEVER, category, ("services", key, "never_sees", index), "")


def _at(here: tuple[Said, ...], *, exact: bool) -> Verdict:
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
    above: str | None = key
    while above is not None and above not in said:
        above = parent(above)
    stances = {each.stance for each in said[above]} if above is not None else set()
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


def category(said: Statements, tree: Tree, key: str, service: str) -> Judgement:
    """Decide a category of the tree for the service with the given id."""
    closest = _closest(said, tree)
    decided = [closest.get(each, _SILENT) for each in tree.leaves_under(key)]
    seen = _seen_within(said, lambda stated: covers(key, stated))
    if seen or any(verdict is Verdict.YES for verdict, _ in decided):
        yes = (here for verdict, here in decided if verdict is Verdict.YES)
        return _judged(Verdict.YES, [seen, *yes], key, service)
    return _not_seen(decided, key, service)


def personal(said: Statements, tree: Tree, service: str) -> Judgement:
    """Decide whether a service sees personal data (Art. 4(1) GDPR).

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
        return _judged(Verdict.YES, [seen, *yes], "personal", service)
    silent = [_SILENT] if len(decided) < len(relevant) else []
    return _not_seen([*decided.values(), *silent], "personal", service)


def _closest(said: Statements, tree: Tree) -> dict[str, Decided]:
    """Decide every leaf that a statement covers, by the statements that cover it most closely."""
    decided: dict[str, Decided] = {}
    for stated in sorted(said, key=depth):
        leaves = tree.leaves_under(stated)
        found = _at(said[stated], exact=stated in leaves), said[stated]
        decided |= dict.fromkeys(leaves, found)
    return decided


def _seen_within(said: Statements, within: Callable[[str], bool]) -> tuple[Said, ...]:
    """Return what is stated to be seen at the categories asked for, unless it is denied there too."""
    return tuple(
        each
        for stated, here in said.items()
        if within(stated) and not any(other.stance is Stance.NEVER for other in here)
        for each in here
        if each.stance in _SEEN
    )


def _not_seen(decided: Iterable[Decided], key: str, service: str) -> Judgement:
    given = tuple(decided)
    if all(verdict is Verdict.NO for verdict, _ in given):
        return _judged(Verdict.NO, (here for _, here in given), key, service)
    open_ = (here for verdict, here in given if verdict is not Verdict.NO)
    return _judged(Verdict.UNKNOWN, open_, key, service)


def _judged(verdict: Verdict, said: Iterable[tuple[Said, ...]], key: str, service: str) -> Judgement:
    reasons: dict[Because, None] = {}
    for here in said:
        for each in here:
            reason = Because(_REASONS[each.stance], (each.category,), each.route, each.condition)
            reasons[reason] = None
        if not here and verdict is Verdict.UNKNOWN:
            reasons[Because("silent", (key,), ("services", service))] = None
    return Judgement(verdict, tuple(reasons))
