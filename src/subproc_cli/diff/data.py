"""Changes of what is seen, judged leaf by leaf: another way of writing is no change."""

from collections.abc import Iterator

from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.judged import Judged
from subproc_cli.facts import sees
from subproc_cli.facts.sees import Standing, standing
from subproc_cli.registry.service import Service

_SEEN = frozenset((Standing.SEEN, Standing.PART))
_UNSEEN = frozenset((Standing.SILENT, Standing.NEVER))


def judge(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield one change for every kind, with the widest categories whose leaves all changed that way."""
    tree, moved = comparison.meanings.tree, comparison.meanings.moved
    old = sees.statements(pair.old)
    new = sees.statements(pair.new)
    found: dict[tuple[str, bool], set[str]] = {}
    for leaf in tree.leaves:
        before, after = standing(old, moved.get(leaf, leaf)), standing(new, leaf)
        if before is not after:
            name = kind(before, after)
            special = name == "data-added" and tree[leaf].special
            gone = name in _GONE or (name == _UNCLEAR and before is Standing.DISPUTED)
            found.setdefault(("special-data-added" if special else name, gone), set()).add(leaf)
    for (name, gone), leaves in found.items():
        categories = tuple(tree.widest(leaves))
        removed, added = (categories, ()) if gone else ((), categories)
        claims = ("data-added",) if name == "special-data-added" else ()
        yield Judged(name, _FIELDS.get(name, "sees"), removed, added, claims=claims)
    yield from _reworded(pair, moved)


_UNCLEAR = "unclassified-change"
_FIELDS = dict.fromkeys(("promise-made", "promise-dropped", _UNCLEAR), "never_sees")
_GONE = frozenset(("data-removed", "data-ruled-out", "promise-dropped", "extent-narrowed"))


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
    was stated before it takes nothing.
    """
    if Standing.DISPUTED not in {before, after}:
        return _kind(before, after)
    if _UNSEEN.isdisjoint((before, after)):
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
