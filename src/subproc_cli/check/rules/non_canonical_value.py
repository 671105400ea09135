"""A place is written out where its code is meant.

Why: One way to write a place makes two revisions easy to compare by eye. subproc fmt mends it.

Bad:
    deepl: {name: DeepL, processing: [Finland]}

Good:
    deepl: {name: DeepL, processing: [FI]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault, Route
from subproc_cli.registry.index import Index


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that is not written as its code."""
    index = subject.index
    for key, service in index.registry.services.items():
        for position, given in enumerate(service.processing):
            route: Route = ("services", key, "processing", position)
            yield from _written(index, key, route, given.place)
        if service.entity and service.entity.country:
            yield from _written(index, key, ("services", key, "entity", "country"), (service.entity.country,))


def _written(index: Index, key: str, route: Route, canonical: tuple[str, ...]) -> Iterator[Finding]:
    for at, place in zip(_routes(index, route, len(canonical)), canonical, strict=True):
        written = index.written(at)
        if isinstance(written, str) and written != place:
            yield Finding(at, f"{written!r} is written for {place}", f"write {place}", key, fix=place)


def _routes(index: Index, route: Route, count: int) -> list[Route]:
    given = index.written(route)
    if isinstance(given, dict):
        route, given = (*route, "place"), given.get("place")
    return [(*route, position) for position in range(count)] if isinstance(given, list) else [route]


RULE = Rule(Fault("SP010", "non-canonical-value", Severity.INFO), __doc__ or "", find, fixable=True)
