"""Changes of the data that is seen, judged leaf by leaf: another notation is not a change."""

from collections.abc import Iterable, Iterator, Mapping

from subproc_cli.diff.change import ChangeCandidate, FieldClassifier
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.translations import classify_data_items
from subproc_cli.diff.vocabulary import strip_remainder
from subproc_cli.enums import LEVEL_RANKS, PersonalData
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.data_access import AccessClaims, ClaimKind, EffectiveAccess, resolve_access
from subproc_cli.reference.categories import get_parent
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.change_kind import get_default_level
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_SEEN = frozenset((EffectiveAccess.SEEN, EffectiveAccess.PART))
_UNSEEN = frozenset((EffectiveAccess.SILENT, EffectiveAccess.NEVER))


def classify_data(comparison: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield one change for every kind, with the widest categories whose leaves all changed that way."""
    meanings = comparison.vocabulary
    tree = meanings.tree
    old = data_access.collect_claims(pair.old)
    new = data_access.collect_claims(pair.new)
    found: dict[tuple[str, bool], set[str]] = {}
    for leaf in _find_leaves(comparison, old, new):
        after = resolve_access(new, leaf)
        earlier = {resolve_access(old, key) for key in meanings.find_old_keys(leaf)} - {after}
        if earlier:
            name, before = min(((find_kind(each, after), each) for each in earlier), key=_sort_key)
            special = name == "data-added" and is_sensitive(comparison.new, leaf)
            gone = name in _GONE or (name == _UNCLEAR and before is EffectiveAccess.DISPUTED)
            found.setdefault(("special-data-added" if special else name, gone), set()).add(leaf)
    for (name, gone), leaves in found.items():
        categories = tuple(map(strip_remainder, tree.iter_widest(leaves)))
        removed, added = (categories, ()) if gone else ((), categories)
        claims = ("data-added",) if name == "special-data-added" else ()
        yield ChangeCandidate(name, _FIELDS.get(name, "sees"), removed, added, implied_kinds=claims)
    yield from _classify_rewording(pair, meanings.moved)
    yield from _classify_claims(meanings.changed_claims, old, new)


def _find_leaves(comparison: Comparison, old: AccessClaims, new: AccessClaims) -> Iterable[str]:
    """Return the leaves that may be seen otherwise than before: those of which claims differ."""
    tree, before, after = comparison.vocabulary.tree, _group_kinds(old), _group_kinds(new)
    if comparison.vocabulary.moved:
        return tree.leaves
    differing = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    affected = {leaf for key in differing for leaf in tree.find_leaves(key)}
    return filter(affected.__contains__, tree.leaves)


def _group_kinds(claims: AccessClaims) -> dict[str, set[ClaimKind]]:
    grouped = data_access.group_by_category(claims)
    return {key: {claim.kind for claim in here} for key, here in grouped.items()}


def is_sensitive(registry: Registry, category: str) -> bool:
    """Return whether a law of a list gives a category special protection on the date of the list."""
    model = registry.model
    return any(load_law(law).find_sensitive(category, model.date) for law in model.law)


_UNCLEAR = "unclassified-change"
_FIELDS = dict.fromkeys(("promise-made", "promise-dropped", _UNCLEAR), "never_sees")
_GONE = frozenset(("data-removed", "data-ruled-out", "promise-dropped", "extent-narrowed"))


def _sort_key(candidate: tuple[str, EffectiveAccess]) -> tuple[int, EffectiveAccess]:
    """Sort the most demanding change first: the list does not show which of two categories this one was."""
    return LEVEL_RANKS[get_default_level(KINDS_BY_NAME[candidate[0]])], candidate[1]


def _classify_claims(
    claims: Mapping[str, tuple[PersonalData, PersonalData]], old: AccessClaims, new: AccessClaims
) -> Iterator[ChangeCandidate]:
    """Yield the categories that are or may be seen, and whose claim by the publisher has changed."""
    reported: dict[str, tuple[PersonalData, PersonalData]] = {}
    for key, claim in claims.items():
        seen = _UNSEEN.isdisjoint((resolve_access(old, key), resolve_access(new, key)))
        if seen and reported.get(get_parent(key) or "") != claim:
            yield ChangeCandidate("claim-changed", f"sees.{key}", claim[:1], claim[1:], path=("sees",))
        if seen:
            reported[key] = claim


def _classify_rewording(pair: Pair, moved: dict[str, str]) -> Iterator[ChangeCandidate]:
    """Yield the statements of both revisions whose conditions or notes changed."""
    old, new = _collect_conditions(pair.old), _collect_conditions(pair.new)
    for category, words in new.items():
        before = old.get(moved.get(category, category))
        if before is not None and before != words:
            at = [each.data for each in pair.new.sees].index(category)
            field, path = f"sees.{category}", ("sees", at)
            conditions = (
                _has_condition(pair.old, moved.get(category, category)),
                _has_condition(pair.new, category),
            )
            yield ChangeCandidate(_CONDITION_KINDS[conditions], field, before, words, path=path)


_CONDITION_KINDS = {
    (True, False): "data-condition-dropped",
    (False, True): "data-condition-added",
    (True, True): "data-condition-changed",
    (False, False): "data-condition-changed",
}
"""The kind of a change of conditions and notes, by whether the statement had and has a condition."""


def _has_condition(service: Service, category: str) -> bool:
    """Return whether a category is seen under a condition only: every statement about it has one."""
    return all(statement.when for statement in service.sees if statement.data == category)


def _collect_conditions(service: Service) -> dict[str, tuple[str, ...]]:
    """Return the conditions and notes of the statements about each category, regardless of their order."""
    words: dict[str, list[str]] = {}
    for statement in service.sees:
        said = [text for text in (statement.when, statement.note) if text]
        words.setdefault(statement.data, []).extend(said)
    return {category: tuple(sorted(said)) for category, said in words.items()}


def find_kind(before: EffectiveAccess, after: EffectiveAccess) -> str:
    """Return the kind of change that a leaf went through; the two standings differ.

    Where something is stated and denied at once, the list cannot tell: it is held possible, and of what
    was stated before it takes nothing. So two steps through a contradiction require what the one step does.
    """
    if EffectiveAccess.DISPUTED not in {before, after}:
        return _find_undisputed_kind(before, after)
    if EffectiveAccess.POSSIBLE in {before, after} or before in _SEEN:
        return _UNCLEAR
    return _find_undisputed_kind(
        *(EffectiveAccess.POSSIBLE if each is EffectiveAccess.DISPUTED else each for each in (before, after))
    )


def _find_undisputed_kind(before: EffectiveAccess, after: EffectiveAccess) -> str:
    if after in _SEEN:
        if before in _SEEN:
            return "extent-widened" if after is EffectiveAccess.SEEN else "extent-narrowed"
        return "data-added"
    if before in _SEEN:
        return "data-removed"
    if after is EffectiveAccess.POSSIBLE:
        return "data-possible"
    if before is EffectiveAccess.POSSIBLE:
        return "data-ruled-out"
    return "promise-made" if after is EffectiveAccess.NEVER else "promise-dropped"


CLASSIFIERS = {
    "data": FieldClassifier((classify_data, classify_data_items), is_silent=True),
}
