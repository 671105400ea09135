"""The publisher's own categories and regions, added to the law's lists."""

from collections.abc import Iterator, Mapping
from typing import Any

from subproc_cli.characters import quote
from subproc_cli.diagnostics import INVALID_VALUE, UNKNOWN_CATEGORY, FieldPath, Problem
from subproc_cli.reference import categories, geography
from subproc_cli.reference.categories import Category, CategoryTree, get_depth
from subproc_cli.reference.geography import WORLDWIDE, DateRange, Membership, Region
from subproc_cli.registry.field_types import Vocabulary
from subproc_cli.registry.models import OwnCategory, RegistryModel
from subproc_cli.text import stem
from subproc_cli.yaml.reader import Document


def find_ambiguities(model: RegistryModel, document: Document) -> Iterator[Problem]:
    """Yield each word for a category or a region that reads like one of another, built in or above it."""
    for route, message, hint in (*_find_ambiguous_categories(model), *_find_ambiguous_regions(model)):
        yield Problem(INVALID_VALUE, message, document.locate(route), hint)


def _find_ambiguous_categories(model: RegistryModel) -> Iterator[tuple[FieldPath, str, str]]:
    known = dict(categories.load_category_tree().reserved_phrases) if model.categories else {}
    for key, row in model.categories.items():
        route: FieldPath = ("categories", key)
        if (other := known.setdefault(stem(key), key)) != key:
            yield route, f"{key}: reads like {other}", "choose another key"
        words = [("label", row.label, (*route, "label"))]
        words += [("aliases", alias, (*route, "aliases", at)) for at, alias in enumerate(row.aliases)]
        for field, word, place in words:
            if (other := known.setdefault(stem(word), key)) != key:
                yield place, f"{field}: {quote(word)} means {other} already", "choose another word"


def _find_ambiguous_regions(model: RegistryModel) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield the regions that read like one above them; one that is built in cannot name a region."""
    known: dict[str, str] = {}
    for key in model.regions:
        if (other := known.setdefault(geography.normalize_name(key), key)) != key:
            yield ("regions", key), f"{quote(key)} reads like {other}", "choose another name"


MAX_OWN = 1_000
"""Maximum number of own categories, of regions and of policies."""


def load_built_in() -> Vocabulary:
    """Return the law's lists as they come with the program."""
    return Vocabulary(categories.load_category_tree(), geography.load_gazetteer())


def build_provisional(data: Mapping[str, Any]) -> Vocabulary:
    """Return the law's lists with the bare names of the publisher's own words.

    With these the file is read, before it is known what the words mean and whether they are right.
    """
    world = load_built_in()
    own = data.get("categories"), data.get("regions")
    keys, names = ([str(key) for key in each] if isinstance(each, dict) else [] for each in own)
    tree = world.category_tree.with_own_categories(
        {key: Category(key, key) for key in keys if _is_free(key, world.category_tree)}
    )
    known = world.gazetteer.regions
    regions = {
        name: _build_region(name, (), {}) for name in names if name not in known or known[name].is_replaceable
    }
    return Vocabulary(tree, world.gazetteer.with_own_regions(regions))


def build_vocabulary(model: RegistryModel, document: Document) -> tuple[Vocabulary, list[Problem]]:
    """Return the law's lists with the publisher's own words, and what is wrong with these."""
    tree, gazetteer = load_built_in()
    found = []
    for key, row in sorted(model.categories.items(), key=lambda item: get_depth(item[0])):
        message = _explain_misplaced(key, tree)
        if message:
            is_taken = not _is_free(key, tree)
            error = INVALID_VALUE if is_taken else UNKNOWN_CATEGORY
            hint = "" if is_taken else tree.suggest(str(categories.get_parent(key)))
            where = document.locate(("categories", key))
            found.append(Problem(error, f"{key}: {message}", where, hint))
        else:
            tree = tree.with_own_categories({key: _build_category(key, row, tree)})
    regions, circles = _build_regions(model, document)
    return Vocabulary(tree, gazetteer.with_own_regions(regions)), [
        *found,
        *circles,
        *find_ambiguities(model, document),
    ]


def _is_free(key: str, tree: CategoryTree) -> bool:
    """Return whether the list can define a category with a key: no category that must stay has it."""
    return key not in tree or tree[key].is_replaceable


def _explain_misplaced(key: str, tree: CategoryTree) -> str:
    if not _is_free(key, tree):
        return "is a built-in category already"
    above = categories.get_parent(key)
    if above is not None and above in tree:
        return ""
    return f"is below {above}, which is not a category"


def _build_category(key: str, row: OwnCategory, tree: CategoryTree) -> Category:
    above = tree[categories.get_parent(key) or categories.ROOT]
    return Category(
        key=key,
        label=row.label,
        aliases=row.aliases,
        personal=row.personal or above.personal,
        special=above.special,
        own=True,
    )


def _build_regions(model: RegistryModel, document: Document) -> tuple[dict[str, Region], list[Problem]]:
    """Return the publisher's regions, which may be made of each other, but not of themselves."""
    regions, circles = dict(geography.load_gazetteer().regions), []
    waiting = dict(model.regions)
    while waiting:
        ready = [key for key, members in waiting.items() if not waiting.keys() & set(members)]
        for key in ready or waiting:
            if not ready:
                where = document.locate(("regions", key))
                circles.append(Problem(INVALID_VALUE, f"{key}: is made of itself", where))
            regions[key] = _build_region(key, waiting[key], regions)
        waiting = {key: members for key, members in waiting.items() if key not in regions}
    return {key: regions[key] for key in model.regions}, circles


def _build_region(key: str, members: tuple[str, ...], known: Mapping[str, Region]) -> Region:
    found: dict[Membership, None] = {}  # each once, or regions made of regions made of regions add up
    for member in members:
        if member == WORLDWIDE:
            found[Membership(tuple(geography.load_country_codes()), DateRange())] = None
        elif member in known:
            found |= dict.fromkeys(known[member].memberships)
        else:
            found[Membership((member,), DateRange())] = None
    return Region(key, key, (), "the publisher's own name", tuple(found), own=True)
