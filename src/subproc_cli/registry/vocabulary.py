"""The publisher's own categories and regions, added to the law's lists."""

from collections.abc import Mapping
from typing import Any

from subproc_cli.law import categories, places
from subproc_cli.law.categories import Category, Tree
from subproc_cli.law.places import WORLDWIDE, Membership, Region, Span
from subproc_cli.problem import INVALID_VALUE, UNKNOWN_CATEGORY, Problem
from subproc_cli.registry.document import Document
from subproc_cli.registry.fields import World
from subproc_cli.registry.models import OwnCategory, Vocabulary


def built_in() -> World:
    """Return the law's lists as they come with the program."""
    return World(categories.built_in(), places.built_in())


def extended(world: World, own: Vocabulary) -> World:
    """Return the law's lists with the publisher's own words."""
    tree, gazetteer = world
    for key, row in own.categories.items():
        if not _misplaced(key, tree):
            tree = tree.extended({key: _category(key, row, tree)})
    regions = {key: _region(key, members) for key, members in own.regions.items()}
    return World(tree, gazetteer.extended(regions))


def assumed(world: World, data: Mapping[str, Any]) -> World:
    """Return the law's lists with whatever the file names, for a file whose own words are faulty.

    So the rest of the file can be read, and a faulty word is not reported again wherever it is used.
    """
    own = data.get("categories"), data.get("regions")
    keys, names = ([str(key) for key in each] if isinstance(each, dict) else [] for each in own)
    tree = world.tree.extended({key: Category(key, key) for key in keys if key not in world.tree})
    return World(tree, world.gazetteer.extended({name: _region(name, ()) for name in names}))


def problems(world: World, own: Vocabulary, read: Document) -> list[Problem]:
    """Return what is wrong with the places of the publisher's categories in the tree."""
    found, tree = [], world.tree
    for key, row in own.categories.items():
        message = _misplaced(key, tree)
        if message:
            fault = INVALID_VALUE if key in tree else UNKNOWN_CATEGORY
            hint = "" if key in tree else tree.proposal(str(categories.parent(key)))
            where = read.where(("categories", key))
            found.append(Problem(fault, f"{key}: {message}", where, hint))
        else:
            tree = tree.extended({key: _category(key, row, tree)})
    return found


def _misplaced(key: str, tree: Tree) -> str:
    if key in tree:
        return "is a built-in category already"
    above = categories.parent(key)
    return "" if above in tree else f"hangs under {above}, which is no category"


def _category(key: str, row: OwnCategory, tree: Tree) -> Category:
    above = tree[categories.parent(key) or categories.ROOT]
    return Category(
        key=key,
        label=row.label,
        aliases=row.aliases,
        personal=row.personal or above.personal,
        special=above.special,
        fideslang=above.fideslang,
        dpv=above.dpv,
        own=True,
    )


def _region(key: str, members: tuple[str, ...]) -> Region:
    found: list[Membership] = []
    for member in members:
        if member == WORLDWIDE:
            found.append(Membership(tuple(places.country_codes()), Span()))
        elif member in places.built_in().regions:
            found.extend(places.built_in().regions[member].memberships)
        else:
            found.append(Membership((member,), Span()))
    return Region(key, key, (), "the publisher's own name", tuple(found), own=True)


