"""Changes of what is seen, judged leaf by leaf: another way of writing is no change."""

from collections.abc import Iterator, Mapping

from subproc_cli.diff.change import Judged
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.kinds import BY_NAME, effective_level
from subproc_cli.diff.vocabulary import without_rest
from subproc_cli.enums import Level, Personal
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.data_access import Standing, Statements, standing
from subproc_cli.reference.categories import parent
from subproc_cli.registry.models import Service

_SEEN = frozenset((Standing.SEEN, Standing.PART))
_UNSEEN = frozenset((Standing.SILENT, Standing.NEVER))


def judge(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield one change for every kind, with the widest categories whose leaves all changed that way."""
    meanings = comparison.meanings
    tree = meanings.tree
    old = data_access.statements(pair.old)
    new = data_access.statements(pair.new)
    found: dict[tuple[str, bool], set[str]] = {}
    for leaf in tree.leaves:
        after = standing(new, leaf)
        stood = {standing(old, key) for key in meanings.before(leaf)} - {after}
        if stood:
            name, before = min(((kind(each, after), each) for each in stood), key=_demand)
            special = name == "data-added" and tree[leaf].special
            gone = name in _GONE or (name == _UNCLEAR and before is Standing.DISPUTED)
            found.setdefault(("special-data-added" if special else name, gone), set()).add(leaf)
    for (name, gone), leaves in found.items():
        categories = tuple(map(without_rest, tree.widest(leaves)))
        removed, added = (categories, ()) if gone else ((), categories)
        claims = ("data-added",) if name == "special-data-added" else ()
        yield Judged(name, _FIELDS.get(name, "sees"), removed, added, claims=claims)
    yield from _reworded(pair, meanings.moved)
    yield from _claimed(meanings.claims, old, new)


_UNCLEAR = "unclassified-change"
_FIELDS = dict.fromkeys(("promise-made", "promise-dropped", _UNCLEAR), "never_sees")
_GONE = frozenset(("data-removed", "data-ruled-out", "promise-dropped", "extent-narrowed"))


def _demand(found: tuple[str, Standing]) -> tuple[int, Standing]:
    """Sort what demands most first: the list cannot tell which of two categories this one was."""
    return list(Level).index(effective_level(BY_NAME[found[0]])), found[1]


def _claimed(
    claims: Mapping[str, tuple[Personal, Personal]], old: Statements, new: Statements
) -> Iterator[Judged]:
    """Yield the categories that are seen, or may be, and of which the publisher claims something else."""
    told: dict[str, tuple[Personal, Personal]] = {}
    for key, claim in claims.items():
        seen = _UNSEEN.isdisjoint((standing(old, key), standing(new, key)))
        if seen and told.get(parent(key) or "") != claim:
            yield Judged("claim-changed", f"sees.{key}", claim[:1], claim[1:], route=("sees",))
        if seen:
            told[key] = claim


def _reworded(pair: Pair, moved: dict[str, str]) -> Iterator[Judged]:
    """Yield the statements that are in both revisions with other words around them."""
    old, new = _words(pair.old), _words(pair.new)
    for category, words in new.items():
        before = old.get(moved.get(category, category))
        if before is not None and before != words:
            at = [each.data for each in pair.new.sees].index(category)
            field, route = f"sees.{category}", ("sees", at)
            yield Judged("data-condition-changed", field, before, words, route=route)


def _words(service: Service) -> dict[str, tuple[str, ...]]:
    """Return the words around the statements about each category, in no order of the file's."""
    words: dict[str, list[str]] = {}
    for statement in service.sees:
        said = [text for text in (statement.when, statement.note) if text]
        words.setdefault(statement.data, []).extend(said)
    return {category: tuple(sorted(said)) for category, said in words.items()}


def kind(before: Standing, after: Standing) -> str:
    """Return the kind of change that a leaf went through; the two standings differ.

    Where something is stated and denied at once, the list cannot tell: it is held possible, and of what
    was stated before it takes nothing. So two steps through a contradiction demand what the one step does.
    """
    if Standing.DISPUTED not in {before, after}:
        return _kind(before, after)
    if Standing.POSSIBLE in {before, after} or before in _SEEN:
        return _UNCLEAR
    return _kind(*(Standing.POSSIBLE if each is Standing.DISPUTED else each for each in (before, after)))


def _kind(before: Standing, after: Standing) -> str:
    if after in _SEEN:
        if before in _SEEN:
            return "extent-widened" if after is Standing.SEEN else "extent-narrowed"
        return "data-added"
    if before in _SEEN:
        return "data-removed"
    if after is Standing.POSSIBLE:
        return "data-possible"
    if before is Standing.POSSIBLE:
        return "data-ruled-out"
    return "promise-made" if after is Standing.NEVER else "promise-dropped"
