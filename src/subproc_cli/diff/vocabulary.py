"""What the publisher's own words mean in two revisions: the same word may mean something else now.

A change of `categories` or `regions` is judged by what it does to the services, so a service that is
written the same can differ.
"""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.enums import Personal
from subproc_cli.reference.categories import ROOT, Tree, parent
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index
from subproc_cli.text import fold

_REST = ".*"
"""Behind the key of a category for what the own ones below leave of it."""


class Meanings(NamedTuple):
    """The own words of two revisions.

    Attributes:
        tree: the categories of both. One that holds only own ones is more than these, which is a leaf too.
        moved: own categories that hang elsewhere or have another key: the new key, and the old one.
        rehung: the new keys of those that another built-in category holds now, or of which it is said
            otherwise whether they are personal data: the label is the same, the data need not be.
        claims: own categories in both of which that is said otherwise: by key, what was said and what is.
        redefined: own regions that stand for other countries than before.
    """

    tree: Tree
    moved: dict[str, str]
    rehung: frozenset[str]
    claims: dict[str, tuple[Personal, Personal]]
    redefined: frozenset[str]

    def before(self, key: str) -> set[str]:
        """Return the keys under which the old revision speaks of a category."""
        whole = without_rest(key)
        known = self.moved.get(whole, whole) + key.removeprefix(whole)
        return {known, key} if whole in self.rehung else {known}

    def shifted(self, service: Service) -> Iterator[str]:
        """Yield the fields of a service that may mean something else though they read the same."""
        if (self.moved or self.claims) and (service.sees or service.never_sees):
            yield "sees"
        if any(name in self.redefined for place in service.processing for name in place.place):
            yield "processing"


def meanings(old: Index, new: Index) -> Meanings:
    """Compare the own words of two revisions, regions on the law of the new one's date."""
    day = new.registry.date
    redefined = frozenset(
        name
        for name in old.registry.regions.keys() & new.registry.regions.keys()
        if old.gazetteer.countries(name, day) != new.gazetteer.countries(name, day)
    )
    moved = _moved(old.tree, new.tree)
    rehung = frozenset(
        key for key, known in moved.items() if _nature(new.tree, key) != _nature(old.tree, known)
    )
    gone = {known for key, known in moved.items() if key not in rehung}
    kept = {above for each in old.tree if each.key not in gone for above in _line(each.key)}
    before = Tree({each.key: each for each in old.tree if each.key in kept})
    tree = before.extended({each.key: each for each in new.tree if each.own})
    return Meanings(_with_rests(tree), moved, rehung, _claims(old.tree, new.tree), redefined)


def _with_rests(tree: Tree) -> Tree:
    """Return a tree in which what own categories leave of the one that they hang under is a leaf as well.

    Else who sees a category, but for one of the publisher's own below it, would seem to see nothing.
    """
    filled = {parent(each.key) for each in tree if not each.own}
    above = dict.fromkeys(parent(each.key) or ROOT for each in tree if each.own)
    rests = {f"{key}{_REST}": tree[key] for key in above if key not in filled}
    return tree.extended({rest: each._replace(key=rest) for rest, each in rests.items()})


def without_rest(key: str) -> str:
    """Return a category of the tree of meanings as lists know it."""
    return key.removesuffix(_REST)


def _line(key: str) -> Iterator[str]:
    """Yield a category and all above it."""
    above: str | None = key
    while above is not None:
        yield above
        above = parent(above)


def _moved(old: Tree, new: Tree) -> dict[str, str]:
    """Match own categories whose key is gone with new ones of the same label."""
    came, gone = _by_label(new, old), _by_label(old, new)
    return {came[label]: key for label, key in gone.items() if label in came}


def _nature(tree: Tree, key: str) -> tuple[str, Personal]:
    """Return what tells whether two own categories can be the same: the built-in one above, and the claim."""
    above = next(each for each in _line(key) if not tree[each].own)
    return above, tree[key].personal


def _claims(old: Tree, new: Tree) -> dict[str, tuple[Personal, Personal]]:
    both = ((old[each.key].personal, each) for each in new if each.own and each.key in old)
    return {each.key: (before, each.personal) for before, each in both if before is not each.personal}


def _by_label(tree: Tree, other: Tree) -> dict[str, str]:
    return {fold(each.label): each.key for each in tree if each.own and each.key not in other}


def built_in(index: Index, name: str) -> Iterator[str]:
    """Yield the built-in places that a place stands for: itself, or what an own region is made of."""
    members = index.registry.regions.get(name)
    if members is None:
        yield name
        return
    for member in members:
        yield from built_in(index, member)
