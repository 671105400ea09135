"""Whether a service sees a kind of data.

Each leaf of the tree is decided by the closest statement that covers it: *sees* is a yes, *never sees*
a no. *May contain*, and *sees in part* of something wider, are evidence and no limits: they take nothing
from a *sees* of something wider still, but without one of these they leave the leaf open, though
a wider promise denies it. Silence leaves it open, and so does what is seen and denied at one category. A
category is a yes if something seen is at or below it or any of its leaves is a yes; a no if all its
leaves are.

What statements come to does not depend on who makes them. So it is found once for all services that
state the same, without their ids and conditions; `explained` adds these.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import FieldPath
from subproc_cli.enums import Coverage, Role
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict
from subproc_cli.reference.categories import CategoryTree, covers, get_depth, get_parent
from subproc_cli.registry.models import Service


class ClaimKind(IntEnum):
    """What a statement states about its category; the strongest first."""

    FULL = auto()
    PARTIAL = auto()
    MAY_CONTAIN = auto()
    NEVER = auto()


class AccessClaim(NamedTuple):
    """One statement of a service about one category, and where it is within the service."""

    kind: ClaimKind
    category: str
    path: FieldPath


AccessClaims: TypeAlias = tuple[AccessClaim, ...]
"""What one service states; services that state the same have equal ones."""
CACHE_SIZE = 4_096
"""Number of cached results for the services that follow."""
LeafDecision: TypeAlias = tuple[Verdict, AccessClaims]
"""What a leaf comes to, with the statements that decide it."""

_UNDECIDED: LeafDecision = (Verdict.UNKNOWN, ())
_KIND_OF_EXTENT = {Coverage.FULL: ClaimKind.FULL, Coverage.PARTIAL: ClaimKind.PARTIAL}
_SEEN_KINDS = frozenset(_KIND_OF_EXTENT.values())
_REASONS = {
    ClaimKind.FULL: "sees",
    ClaimKind.PARTIAL: "sees-part",
    ClaimKind.MAY_CONTAIN: "may-contain",
    ClaimKind.NEVER: "never-sees",
}


def collect_claims(service: Service, categories: Container[str] | None = None) -> AccessClaims:
    """Return what a service states that it sees and never sees, in the order of the file.

    Args:
        service: the service.
        categories: the categories that matter (see `related`); None for all.
    """
    found = []
    for index, each in enumerate(service.sees):
        if categories is None or each.data in categories:
            found.append(_build_claim(_KIND_OF_EXTENT[each.extent], each.data, "sees", index))
        if each.may_contain:  # most have none
            found += [
                _build_claim(ClaimKind.MAY_CONTAIN, inside, "sees", index)
                for inside in each.may_contain
                if categories is None or inside in categories
            ]
    for index, category in enumerate(service.never_sees):
        if categories is None or category in categories:
            found.append(_build_claim(ClaimKind.NEVER, category, "never_sees", index))
    return tuple(found)


@lru_cache(CACHE_SIZE)
def _build_claim(kind: ClaimKind, category: str, field: str, index: int) -> AccessClaim:
    return AccessClaim(kind, category, (field, index))


@lru_cache(CACHE_SIZE)
def group_by_category(claims: AccessClaims) -> Mapping[str, AccessClaims]:
    """Return statements by their category."""
    found: dict[str, list[AccessClaim]] = {}
    for each in claims:
        found.setdefault(each.category, []).append(each)
    return {category: tuple(here) for category, here in found.items()}


@lru_cache(CACHE_SIZE)
def find_related_categories(tree: CategoryTree, key: str) -> frozenset[str]:
    """Return the categories whose statements can decide a category: those above it and those below it."""
    return frozenset(each.key for each in tree if covers(each.key, key) or covers(key, each.key))


class EffectiveAccess(IntEnum):
    """The access to a leaf of the tree, finer than a verdict: what a change is judged by.

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


_ACCESS_OF_KIND = {
    ClaimKind.FULL: EffectiveAccess.SEEN,
    ClaimKind.PARTIAL: EffectiveAccess.PART,
    ClaimKind.MAY_CONTAIN: EffectiveAccess.POSSIBLE,
    ClaimKind.NEVER: EffectiveAccess.NEVER,
}
_OVERRIDABLE = (EffectiveAccess.PART, EffectiveAccess.POSSIBLE, EffectiveAccess.SILENT)
"""What yields to a wider statement that something is seen in full."""
_VERDICTS = dict.fromkeys(EffectiveAccess, Verdict.UNKNOWN)
_VERDICTS |= {EffectiveAccess.SEEN: Verdict.YES, EffectiveAccess.NEVER: Verdict.NO}
"""What the statements at a category come to for what lies below it."""
_VERDICTS_HERE = _VERDICTS | {EffectiveAccess.PART: Verdict.YES}
"""The same for the leaf that a statement names."""


def _combine_claims(claims: AccessClaims) -> EffectiveAccess:
    """Return what the statements at one category state about it together."""
    kinds = {claim.kind for claim in claims}
    if len(kinds) > 1 and ClaimKind.NEVER in kinds:
        return EffectiveAccess.DISPUTED
    return _ACCESS_OF_KIND[min(kinds)]


def resolve_access(claims: AccessClaims, key: str) -> EffectiveAccess:
    """Return the access to a leaf, from the closest category upward: an open one yields to a seen one."""
    stated = group_by_category(claims)
    found = EffectiveAccess.SILENT
    above: str | None = key
    while above is not None:
        here = _combine_claims(stated[above]) if above in stated else EffectiveAccess.SILENT
        if here is EffectiveAccess.SEEN or found is EffectiveAccess.SILENT:
            found = here
        if here not in _OVERRIDABLE:
            break
        above = get_parent(above)
    return found


def find_unstated_categories(claims: AccessClaims, tree: CategoryTree) -> tuple[str, ...]:
    """Return the widest categories without a statement: neither seen, nor possible, nor promised."""
    return tuple(tree.iter_widest(set(tree.leaves) - _resolve_leaves(claims, tree).keys()))


@lru_cache(CACHE_SIZE)
def evaluate_category(claims: AccessClaims, tree: CategoryTree, key: str) -> Result:
    """Decide a category of the tree; routes are within the service (see `explained`)."""
    closest = _resolve_leaves(claims, tree)
    decided = [closest.get(each, _UNDECIDED) for each in tree.find_leaves(key)]
    seen = _find_seen_claims(claims, lambda stated: covers(key, stated))
    yes = [here for verdict, here in decided if verdict is Verdict.YES]
    if seen or yes:
        return _build_result(Verdict.YES, [seen, *yes], key)
    return _build_unseen_result(decided, key)


def category_of(service: Service, tree: CategoryTree, key: str) -> Result:
    """Decide a category for a service, by its statements or by its role; routes are within the service."""
    said = collect_claims(service, find_related_categories(tree, key))
    surely = tree.always_personal.issuperset(tree.find_leaves(key))
    return (by_role(said, service) if surely else None) or evaluate_category(said, tree, key)


def evaluate_stated_categories(service: Service, tree: CategoryTree) -> dict[str, Result]:
    """Decide the categories that a statement of a service can decide; routes are within the service.

    What the other categories come to is the same for all services of a role: `evaluate_silent_categories`.
    """
    stated = {claim.category for claim in collect_claims(service)}
    related = {key for category in stated for key in find_related_categories(tree, category)}
    return {key: category_of(service, tree, key) for key in related}


@lru_cache(CACHE_SIZE)
def evaluate_silent_categories(tree: CategoryTree, role: Role) -> Mapping[str, Result]:
    """Decide every category, in the order of the tree, for a service of a role that states nothing."""
    silent = Service(name="Service", role=role)
    return {each.key: category_of(silent, tree, each.key) for each in tree}


def personal_of(service: Service, tree: CategoryTree) -> Result:
    """Decide for a service whether it sees personal data; routes are within the service."""
    said = collect_claims(service)
    return by_role(said, service) or evaluate_personal_data(said, tree)


def by_role(said: AccessClaims, service: Service) -> Result | None:
    """Return a no for personal data where nothing is stated about a vendor, which sees none by its role."""
    if said or service.role is not Role.VENDOR:
        return None
    return Result.from_evidence(Verdict.NO, Evidence("role", (service.role,), ("role",)))


@lru_cache(CACHE_SIZE)
def evaluate_personal_data(claims: AccessClaims, tree: CategoryTree) -> Result:
    """Decide whether personal data is seen (Art. 4(1) GDPR); routes are within the service.

    Categories that are personal data in some cases only can leave the answer open, never make it a yes.
    """
    relevant, surely = tree.possibly_personal_leaves, tree.always_personal
    closest = _resolve_leaves(claims, tree)
    decided = {each: closest[each] for each in relevant if each in closest}
    certain = [(each, found) for each, found in decided.items() if each in surely]
    yes = [here for _, (verdict, here) in certain if verdict is Verdict.YES]
    open_ = {each for each, (verdict, _) in certain if verdict is not Verdict.NO}
    seen = _find_seen_claims(
        claims, lambda stated: stated in surely and not open_.isdisjoint(tree.find_leaves(stated))
    )
    if seen or yes:
        return _build_result(Verdict.YES, [seen, *yes], "personal")
    silent = [_UNDECIDED] if len(decided) < len(relevant) else []
    return _build_unseen_result([*decided.values(), *silent], "personal")


def locate_evidence(result: Result, key: str, service: Service) -> Result:
    """Return a judgement of a service's statements with their routes in the list and their conditions."""

    def reasons() -> Iterator[Evidence]:
        for reason, subject, path, _ in result.find_evidence():
            yield Evidence(reason, subject, ("services", key, *path), _find_condition(service, path))

    return Result(result.verdict, reasons)


def _find_condition(service: Service, path: FieldPath) -> str:
    return service.sees[int(path[1])].when or "" if path[:1] == ("sees",) else ""


@lru_cache(CACHE_SIZE)
def _resolve_leaves(claims: AccessClaims, tree: CategoryTree) -> Mapping[str, LeafDecision]:
    """Decide every leaf that a statement covers, from the widest statements to the closest."""
    decided: dict[str, LeafDecision] = {}
    for stated, here in sorted(group_by_category(claims).items(), key=lambda item: get_depth(item[0])):
        access, leaves = _combine_claims(here), tree.find_leaves(stated)
        if access in _OVERRIDABLE:
            leaves = tuple(leaf for leaf in leaves if decided.get(leaf, _UNDECIDED)[0] is not Verdict.YES)
        verdicts = _VERDICTS_HERE if leaves == (stated,) else _VERDICTS
        decided |= dict.fromkeys(leaves, (verdicts[access], here))
    return decided


def _find_seen_claims(claims: AccessClaims, is_requested: Callable[[str], bool]) -> AccessClaims:
    """Return what is stated to be seen at the categories asked for, unless it is denied there too."""
    denied = {each.category for each in claims if each.kind is ClaimKind.NEVER}
    seen = (each for each in claims if each.kind in _SEEN_KINDS and each.category not in denied)
    return tuple(each for each in seen if is_requested(each.category))


def _build_unseen_result(decided: list[LeafDecision], key: str) -> Result:
    undecided = [here for verdict, here in decided if verdict is not Verdict.NO]
    if undecided:
        return _build_result(Verdict.UNKNOWN, undecided, key)
    return _build_result(Verdict.NO, [here for _, here in decided], key)


def _build_result(verdict: Verdict, claim_groups: list[AccessClaims], key: str) -> Result:
    def reasons() -> Iterator[Evidence]:
        for here in claim_groups:
            for each in here:
                yield Evidence(_REASONS[each.kind], (each.category,), each.path)
            if not here and verdict is Verdict.UNKNOWN:
                yield Evidence("silent", (key,), ())

    return Result(verdict, reasons)
