"""Words of the publisher's own that would mean two things: each is refused where it stands."""

from collections.abc import Iterator

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import INVALID_VALUE, Problem, Route
from subproc_cli.reference import categories, geography
from subproc_cli.registry.models import Registry
from subproc_cli.text import stem
from subproc_cli.yaml.reader import Document


def ambiguous(registry: Registry, read: Document) -> Iterator[Problem]:
    """Yield each word for a category or a region that reads like one of another, built in or above it."""
    for route, message, hint in (*_categories(registry), *_regions(registry)):
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


def _regions(registry: Registry) -> Iterator[tuple[Route, str, str]]:
    """Yield the regions that read like one above them; one that is built in is no name for a region."""
    known: dict[str, str] = {}
    for key in registry.regions:
        if (other := known.setdefault(geography.bare(key), key)) != key:
            yield ("regions", key), f"{in_quotes(key)} reads like {other}", "choose another name"
