"""What a shell proposes for the next word of a question."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.cli.completion import bases, country_names, data, gazetteer, quietly


@quietly
def places_of_questions(name: str | None) -> Iterator[str]:
    """Yield the places with names of several words as well: a question may have as many."""
    from subproc_cli.reference.geography import WORLDWIDE

    yield from (*gazetteer(name).regions, WORLDWIDE, *country_names())


@quietly
def called(name: str | None) -> Iterator[str]:
    """Yield the names of the services of the list at hand, and their ids."""
    from subproc_cli.cli.registry_file import open_list

    for key, service in open_list(name).registry.services.items():
        yield from (service.name, key)


@quietly
def facts(name: str | None) -> Iterator[str]:
    """Yield what a list can state of a service, or leave out, and the words that stand before it."""
    from subproc_cli.evaluation.attributes import FIELDS

    del name
    yield from (*FIELDS, "a", "no", "access")


@quietly
def clauses(name: str | None) -> Iterator[str]:
    """Yield the words that a clause begins or goes on with."""
    from subproc_cli.question import vocabulary

    del name
    yield from (*sorted(vocabulary.VERBS), "and", "or", "not", "only", "outside", "in", "based", "opt-in")


def words(ctx: Any, incomplete: str) -> list[str]:
    """Return the words that a question can go on with behind the word before."""
    from subproc_cli.question import vocabulary

    last = "".join((*(ctx.params.get("question") or ()),)[-1:]).casefold()
    if last in vocabulary.IN | vocabulary.OUTSIDE:
        return places_of_questions(ctx, incomplete)
    if last in vocabulary.NAMED:
        return called(ctx, incomplete)
    if last in vocabulary.SEE | vocabulary.ALL | {"to"}:
        return data(ctx, incomplete)
    if last in vocabulary.RELY | {"on", "upon"}:
        return bases(ctx, incomplete)
    if last in vocabulary.LACK | vocabulary.STATE | vocabulary.HAVE | vocabulary.WITHOUT | {"no"}:
        return facts(ctx, incomplete) or data(ctx, incomplete)
    return clauses(ctx, incomplete) or data(ctx, incomplete)
