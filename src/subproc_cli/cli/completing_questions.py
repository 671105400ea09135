"""What a shell proposes for the next word of a question."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.cli.completing import bases, country_names, data, gazetteer, quietly


@quietly
def places_of_questions(name: str | None) -> Iterator[str]:
    """Yield the places with names of several words as well: a question may have as many."""
    from subproc_cli.law.places import WORLDWIDE

    yield from (*gazetteer(name).regions, WORLDWIDE, *country_names())


@quietly
def called(name: str | None) -> Iterator[str]:
    """Yield the names of the services of the list at hand, and their ids."""
    from subproc_cli.cli.reading import open_list

    for key, service in open_list(name).registry.services.items():
        yield from (service.name, key)


@quietly
def facts(name: str | None) -> Iterator[str]:
    """Yield what a list can state of a service, or leave out, and the words that stand before it."""
    from subproc_cli.facts.stated import FIELDS

    del name
    yield from (*FIELDS, "a", "no", "access")


@quietly
def clauses(name: str | None) -> Iterator[str]:
    """Yield the words that a clause begins or goes on with."""
    from subproc_cli.question import lexicon

    del name
    yield from (*sorted(lexicon.VERBS), "and", "or", "not", "only", "outside", "in", "based", "opt-in")


def words(ctx: Any, incomplete: str) -> list[str]:
    """Return the words that a question can go on with behind the word before."""
    from subproc_cli.question import lexicon

    last = "".join((*(ctx.params.get("question") or ()),)[-1:]).casefold()
    if last in lexicon.IN | lexicon.OUTSIDE:
        return places_of_questions(ctx, incomplete)
    if last in lexicon.NAMED:
        return called(ctx, incomplete)
    if last in lexicon.SEE | lexicon.ALL | {"to"}:
        return data(ctx, incomplete)
    if last in lexicon.RELY | {"on", "upon"}:
        return bases(ctx, incomplete)
    if last in lexicon.LACK | lexicon.STATE | lexicon.HAVE | lexicon.WITHOUT | {"no"}:
        return facts(ctx, incomplete) or data(ctx, incomplete)
    return clauses(ctx, incomplete) or data(ctx, incomplete)
