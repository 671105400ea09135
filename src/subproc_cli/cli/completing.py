"""What a shell proposes: ids, rules, formats, words and revisions. Where something is wrong, nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from subproc_cli.registry.index import Index

Completer: TypeAlias = Callable[[Any, str], list[str]]
"""Takes what is typed so far, as Typer holds it, and the word that begins; returns what it can become."""


def _quiet(propose: Callable[[str | None], Iterable[str]]) -> Completer:
    """Return a completer that proposes what begins as typed, and nothing where something is wrong.

    What is proposed may depend on the list that the line or the environment names.
    """

    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            named = ctx.params.get("registry") or os.environ.get("SUBPROC_REGISTRY")
            proposed = dict.fromkeys(propose(None if named == "-" else named))
            return [each for each in proposed if each.startswith(incomplete)]
        except Exception:  # noqa: BLE001  a shell that completes is no place for messages
            return []

    return complete


def _list(name: str | None) -> "Index | None":
    """Return the list, or None if there is none that can be used."""
    from subproc_cli.cli.reading import open_list_if_any
    from subproc_cli.errors import SubprocError

    try:
        return open_list_if_any(name)
    except SubprocError:
        return None


@_quiet
def ids(name: str | None) -> Iterator[str]:
    """Yield the ids of the services of the list at hand."""
    from subproc_cli.cli.reading import open_list

    yield from open_list(name).registry.services


@_quiet
def rules(name: str | None) -> Iterator[str]:
    """Yield the names of rules, and of kinds of change."""
    from subproc_cli.check.all_rules import BY_NAME
    from subproc_cli.enums import CHANGE_KINDS

    del name
    yield from (*BY_NAME, *CHANGE_KINDS)


@_quiet
def formats(name: str | None) -> Iterator[str]:
    """Yield the formats of `subproc export`."""
    from subproc_cli.publish.exporters import EXPORTERS

    del name
    yield from (each.name for each in EXPORTERS)


@_quiet
def places(name: str | None) -> Iterator[str]:
    """Yield the regions, also those of the list at hand, and the codes of countries."""
    from subproc_cli.law.places import WORLDWIDE, built_in, country_codes

    index = _list(name)
    gazetteer = index.gazetteer if index else built_in()
    yield from (*gazetteer.regions, WORLDWIDE, *country_codes())


@_quiet
def data(name: str | None) -> Iterator[str]:
    """Yield the words for data, also those of the list at hand."""
    from subproc_cli.law.categories import built_in

    index = _list(name)
    for category in index.tree if index else built_in():
        yield from (category.key.rpartition(".")[2], category.key)


@_quiet
def bases(name: str | None) -> Iterator[str]:
    """Yield what transfers can rest on."""
    from subproc_cli.enums import Basis

    del name
    yield from Basis


@_quiet
def facts(name: str | None) -> Iterator[str]:
    """Yield what a list can state of a service, or leave out, and the words that stand before it."""
    from subproc_cli.facts.stated import FIELDS

    del name
    yield from (*FIELDS, "a", "no", "access")


@_quiet
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
        return places(ctx, incomplete)
    if last in lexicon.SEE | {"to"}:
        return data(ctx, incomplete)
    if last in lexicon.RELY | {"on", "upon"}:
        return bases(ctx, incomplete)
    if last in lexicon.LACK | lexicon.STATE | lexicon.HAVE | lexicon.WITHOUT | {"no"}:
        return facts(ctx, incomplete) or data(ctx, incomplete)
    return clauses(ctx, incomplete) or data(ctx, incomplete)


@_quiet
def orders(name: str | None) -> Iterator[str]:
    """Yield what services can be sorted by."""
    from subproc_cli.cli.choosing import ORDERS

    del name
    yield from ORDERS


def columns(ctx: Any, incomplete: str) -> list[str]:
    """Return the columns of an overview that can stand behind the last comma."""
    from subproc_cli.views.overview import COLUMNS

    before, comma, begun = incomplete.rpartition(",")
    del ctx
    return [f"{before}{comma}{each}" for each in COLUMNS if each.startswith(begun)]


@_quiet
def fields(name: str | None) -> Iterator[str]:
    """Yield the fields of a service."""
    from subproc_cli.registry.shape import leaves

    del name
    yield from leaves(("services", ""))


@_quiet
def revisions(name: str | None) -> Iterator[str]:
    """Yield the branches, tags and versions of the list, and the files that may be one."""
    from subproc_cli.cli.reading import list_path
    from subproc_cli.history.revisions import Revisions

    known = Revisions(list_path(name))
    if known.repository:
        yield from ("HEAD", *known.repository.names(), *known.versions())
    yield from (str(path) for path in sorted(Path().glob("[!.]*.yaml")))
