"""Changes of what is seen, judged leaf by leaf: another way of writing is no change."""

from collections.abc import Iterator

from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.judged import Judged
from subproc_cli.facts import sees
from subproc_cli.facts.sees import Standing, standing
from subproc_cli.law.categories import Tree, parent

_SEEN = frozenset((Standing.SEEN, Standing.PART))


def judge(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield one change for every kind, with the widest categories whose leaves all changed that way."""
    tree = comparison.old.tree.extended({each.key: each for each in comparison.new.tree if each.own})
    old = sees.statements(pair.key, pair.old)
    new = sees.statements(pair.key, pair.new)
    found: dict[str, set[str]] = {}
    for leaf in tree.leaves:
        before, after = standing(old, leaf), standing(new, leaf)
        if before is not after:
            found.setdefault(kind(before, after), set()).add(leaf)
    for name, leaves in found.items():
        categories = tuple(widest(tree, leaves))
        gone = name in ("data-removed", "data-ruled-out", "promise-dropped", "extent-narrowed")
        yield Judged(name, _FIELDS.get(name, "sees"), *((categories, ()) if gone else ((), categories)))


_FIELDS = {"promise-made": "never_sees", "promise-dropped": "never_sees"}


def kind(before: Standing, after: Standing) -> str:
    """Return the kind of change that a leaf went through; the two standings differ."""
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


def widest(tree: Tree, leaves: set[str]) -> Iterator[str]:
    """Yield the fewest categories that hold exactly these leaves, in the order of the tree."""
    taken: set[str] = set()
    for category in tree:
        above = parent(category.key)
        if above in taken:
            taken.add(category.key)
        elif leaves.issuperset(tree.leaves_under(category.key)):
            taken.add(category.key)
            yield category.key
