"""The publisher's own categories and regions, added to the law's lists."""

from collections.abc import Iterator, Mapping
from typing import Any

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import INVALID_VALUE, UNKNOWN_CATEGORY, Problem, Route
from subproc_cli.reference import categories, geography
from subproc_cli.reference.categories import Category, Tree, depth
from subproc_cli.reference.geography import WORLDWIDE, Membership, Region, Span
from subproc_cli.registry.field_types import World
from subproc_cli.registry.models import OwnCategory, Registry
from subproc_cli.text import stem
from subproc_cli.yaml.reader import Document


def ambiguous(registry: Registry, read: Document) -> Iterator[Problem]:
    """Yield each word for a category or a region that reads like one of another, built in or above it."""
    for route, message, hint in (*_categories(registry), *_ambiguous_regions(registry)):
        yield Problem(INVALID_VALUE, message, read.where(route), hint)


def _categories(registry: Registry) -> Iterator[tuple[Route, str, str]]:
    known = dict(categories.built_in().phrases) if registry.categories else {}
    for key, row in registry.categories.items():
        route: Route = ("categories", key)
        if (other := known.setdefault(stem(key), key)) != key:
            yield route, f"{key}: reads like {other}", "choose another key"
        words = [("label", row.label, (*route, "label"))]
        words += [("aliases", alias, (*route, "aliases", at)) for at, alias in enumerate(row.aliases)]
        for field, word, place in words:
            if (other := known.setdefault(stem(word), key)) != key:
                yield place, f"{field}: {in_quotes(word)} means {other} already", "choose another word"


def _ambiguous_regions(registry: Registry) -> Iterator[tuple[Route, str, str]]:
    """Yield the regions that read like one above them; one that is built in is no name for a region."""
    known: dict[str, str] = {}
    for key in registry.regions:
        if (other := known.setdefault(geography.bare(key), key)) != key:
            yield ("regions", key), f"{in_quotes(key)} reads like {other}", "choose another name"


MAX_OWN = 1_000
"""Most categories of the publisher's own, most regions, and most policies."""


def built_in() -> World:
    """Return the law's lists as they come with the program."""
    return World(categories.built_in(), geography.built_in())


def assumed(data: Mapping[str, Any]) -> World:
    """Return the law's lists with the bare names of the publisher's own words.

    With these the file is read, before it is known what the words mean and whether they are right.
    """
    world = built_in()
    own = data.get("categories"), data.get("regions")
    keys, names = ([str(key) for key in each] if isinstance(each, dict) else [] for each in own)
    tree = world.tree.extended({key: Category(key, key) for key in keys if key not in world.tree})
    known = world.gazetteer.regions
    regions = {name: _region(name, (), {}) for name in names if name not in known}
    return World(tree, world.gazetteer.extended(regions))


def settled(registry: Registry, read: Document) -> tuple[World, list[Problem]]:
    """Return the law's lists with the publisher's own words, and what is wrong with these."""
    tree, gazetteer = built_in()
    found = []
    for key, row in sorted(registry.categories.items(), key=lambda item: depth(item[0])):
        message = _misplaced(key, tree)
        if message:
            fault = INVALID_VALUE if key in tree else UNKNOWN_CATEGORY
            hint = "" if key in tree else tree.proposal(str(categories.parent(key)))
            where = read.where(("categories", key))
            found.append(Problem(fault, f"{key}: {message}", where, hint))
        else:
            tree = tree.extended({key: _category(key, row, tree)})
    regions, circles = _regions(registry, read)
    return World(tree, gazetteer.extended(regions)), [*found, *circles, *ambiguous(registry, read)]


def _misplaced(key: str, tree: Tree) -> str:
    if key in tree:
        return "is a built-in category already"
    above = categories.parent(key)
    if above is not None and above in tree:
        return ""
    return f"hangs under {above}, which is no category"


def _category(key: str, row: OwnCategory, tree: Tree) -> Category:
    above = tree[categories.parent(key) or categories.ROOT]
    return Category(
        key=key,
        label=row.label,
        aliases=row.aliases,
        personal=row.personal or above.personal,
        special=above.special,
        own=True,
    )


def _regions(registry: Registry, read: Document) -> tuple[dict[str, Region], list[Problem]]:
    """Return the publisher's regions, which may be made of each other, but not of themselves."""
    regions, circles = dict(geography.built_in().regions), []
    waiting = dict(registry.regions)
    while waiting:
        ready = [key for key, members in waiting.items() if not waiting.keys() & set(members)]
        for key in ready or waiting:
            if not ready:
                where = read.where(("regions", key))
                circles.append(Problem(INVALID_VALUE, f"{key}: is made of itself", where))
            regions[key] = _region(key, waiting[key], regions)
        waiting = {key: members for key, members in waiting.items() if key not in regions}
    return {key: regions[key] for key in registry.regions}, circles


def _region(key: str, members: tuple[str, ...], known: Mapping[str, Region]) -> Region:
    found: dict[Membership, None] = {}  # each once, or regions made of regions made of regions add up
    for member in members:
        if member == WORLDWIDE:
            found[Membership(tuple(geography.country_codes()), Span())] = None
        elif member in known:
            found |= dict.fromkeys(known[member].memberships)
        else:
            found[Membership((member,), Span())] = None
    return Region(key, key, (), "the publisher's own name", tuple(found), own=True)
