"""The meanings of the publisher's own words in two revisions: a word may have a new meaning.

A change of `categories` or `regions` is judged by what it does to the services, so a service that is
written the same can differ.
"""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.enums import PersonalData
from subproc_cli.reference.categories import ROOT, CategoryTree, get_parent, iter_upward
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold

_REMAINDER = ".*"
"""Added to the key of a category for the rest that its own subcategories leave."""


class VocabularyDiff(NamedTuple):
    """The own words of two revisions.

    Attributes:
        tree: the categories of both. One that holds only own ones is more than these, which is a leaf too.
        moved: own categories that hang elsewhere or have another key: the new key, and the old one.
        reparented: the new keys of those that another built-in category holds now, or of which it is said
            otherwise whether they are personal data: the label is the same, the data need not be.
        changed_claims: own categories in both of which that is said otherwise: by key, what was said and what
            is.
        redefined: own regions that mean other countries than before.
    """

    tree: CategoryTree
    moved: dict[str, str]
    reparented: frozenset[str]
    changed_claims: dict[str, tuple[PersonalData, PersonalData]]
    redefined: frozenset[str]

    def find_old_keys(self, key: str) -> set[str]:
        """Return the keys of a category in the old revision."""
        whole = strip_remainder(key)
        known = self.moved.get(whole, whole) + key.removeprefix(whole)
        return {known, key} if whole in self.reparented else {known}

    @property
    def affects_services(self) -> bool:
        """Whether a service that is written the same can mean something else."""
        return bool(self.moved or self.changed_claims or self.redefined)

    def iter_affected_fields(self, service: Service) -> Iterator[str]:
        """Yield the fields of a service whose meaning may have changed although their text is the same."""
        if (self.moved or self.changed_claims) and (service.sees or service.never_sees):
            yield "sees"
        if not all(self.redefined.isdisjoint(place.place) for place in service.processing):
            yield "processing"


def compare_vocabulary(old: Registry, new: Registry) -> VocabularyDiff:
    """Compare the own words of two revisions, and regions by the law on the date of the new one."""
    day = new.model.date
    redefined = frozenset(
        name
        for name in old.model.regions.keys() & new.model.regions.keys()
        if old.gazetteer.get_countries(name, day) != new.gazetteer.get_countries(name, day)
    )
    if old.category_tree is new.category_tree:  # as it is unless one of them has categories of its own
        return VocabularyDiff(_add_remainder_leaves(new.category_tree), {}, frozenset(), {}, redefined)
    moved = _match_moved(old.category_tree, new.category_tree)
    reparented = frozenset(
        key
        for key, known in moved.items()
        if _find_identity(new.category_tree, key) != _find_identity(old.category_tree, known)
    )
    gone = {known for key, known in moved.items() if key not in reparented}
    kept = {above for each in old.category_tree if each.key not in gone for above in iter_upward(each.key)}
    before = CategoryTree({each.key: each for each in old.category_tree if each.key in kept})
    tree = before.with_own_categories({each.key: each for each in new.category_tree if each.own})
    return VocabularyDiff(
        _add_remainder_leaves(tree),
        moved,
        reparented,
        _find_changed_claims(old.category_tree, new.category_tree),
        redefined,
    )


def _add_remainder_leaves(tree: CategoryTree) -> CategoryTree:
    """Return a tree in which the rest that own categories leave of their parent is a leaf, too.

    Otherwise a service that sees a category, except one of the publisher's own below it, would seem to see
    nothing.
    """
    above = dict.fromkeys(get_parent(each.key) or ROOT for each in tree if each.own)
    if not above:
        return tree
    filled = {get_parent(each.key) for each in tree if not each.own}
    rests = (tree[key]._replace(key=f"{key}{_REMAINDER}") for key in above if key not in filled)
    return tree.with_own_categories({each.key: each for each in rests})


def strip_remainder(key: str) -> str:
    """Return a category of the tree of meanings as lists know it."""
    return key.removesuffix(_REMAINDER)


def _match_moved(old: CategoryTree, new: CategoryTree) -> dict[str, str]:
    """Match own categories whose key is gone with new ones of the same label."""
    added, gone = _map_labels(new, old), _map_labels(old, new)
    return {added[label]: key for label, key in gone.items() if label in added}


def _find_identity(tree: CategoryTree, key: str) -> tuple[str, PersonalData]:
    """Return what decides whether own categories can be the same: the built-in one above, and the claim."""
    above = next(each for each in iter_upward(key) if not tree[each].own)
    return above, tree[key].personal


def _find_changed_claims(
    old: CategoryTree, new: CategoryTree
) -> dict[str, tuple[PersonalData, PersonalData]]:
    both = ((old[each.key].personal, each) for each in new if each.own and each.key in old)
    return {each.key: (before, each.personal) for before, each in both if before is not each.personal}


def _map_labels(tree: CategoryTree, other: CategoryTree) -> dict[str, str]:
    return {fold(each.label): each.key for each in tree if each.own and each.key not in other}


def iter_built_in_places(registry: Registry, name: str) -> Iterator[str]:
    """Yield the built-in places that a place means: itself, or what an own region is made of."""
    members = registry.model.regions.get(name)
    if members is None:
        yield name
        return
    for member in members:
        yield from iter_built_in_places(registry, member)
