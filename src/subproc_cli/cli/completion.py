"""What a shell proposes: ids, rules, formats, words and revisions. Where something is wrong, nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from subproc_cli.reference.geography import Gazetteer
    from subproc_cli.registry.registry import Index

Completer: TypeAlias = Callable[[Any, str], list[str]]
"""Takes what is typed so far, as Typer holds it, and the word that begins; returns what it can become."""
_ACTIVE = frozenset("\\$`\"';&|<>(){}")
"""What a shell may act on: the words of a foreign list, or the names of files, must start nothing."""


def quietly(propose: Callable[[str | None], Iterable[str]]) -> Completer:
    """Return a completer that proposes what begins as typed, and nothing where something is wrong.

    What is proposed may depend on the list that the line or the environment names.
    """

    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            named = ctx.params.get("registry") or os.environ.get("SUBPROC_REGISTRY")
            proposed = dict.fromkeys(propose(None if named == "-" else named))
            return [each for each in proposed if each.startswith(incomplete) and _is_harmless(each)]
        except Exception:  # noqa: BLE001  a shell that completes is no place for messages
            return []

    return complete


def _is_harmless(word: str) -> bool:
    return word.isprintable() and _ACTIVE.isdisjoint(word)


def _words_of(kind: str) -> Completer:
    """Return a completer of the words of a closed list."""

    @quietly
    def complete(name: str | None) -> Iterator[str]:
        from subproc_cli import enums

        del name
        yield from map(str, getattr(enums, kind))

    return complete


def _list(name: str | None) -> "Index | None":
    """Return the list, or None if there is none that can be used."""
    from subproc_cli.cli.registry_file import open_list_if_any
    from subproc_cli.errors import SubprocError

    try:
        return open_list_if_any(name)
    except SubprocError:
        return None


@quietly
def ids(name: str | None) -> Iterator[str]:
    """Yield the ids of the services of the list at hand."""
    from subproc_cli.cli.registry_file import open_list

    yield from open_list(name).registry.services


@quietly
def rules(name: str | None) -> Iterator[str]:
    """Yield the names of rules, and of kinds of change."""
    from subproc_cli.enums import CHANGE_KINDS
    from subproc_cli.rules.checks import BY_NAME

    del name
    yield from (*BY_NAME, *CHANGE_KINDS)


@quietly
def checks(name: str | None) -> Iterator[str]:
    """Yield the names of rules, and their codes."""
    from subproc_cli.rules.checks import BY_CODE, BY_NAME

    del name
    yield from (*BY_NAME, *BY_CODE)


@quietly
def formats(name: str | None) -> Iterator[str]:
    """Yield the formats of `subproc export`."""
    from subproc_cli.exporters.formats import EXPORTERS

    del name
    yield from (each.name for each in EXPORTERS)


def gazetteer(name: str | None) -> "Gazetteer":
    """Return the places, with those of the list at hand."""
    from subproc_cli.reference.geography import built_in

    index = _list(name)
    return index.gazetteer if index else built_in()


@quietly
def places(name: str | None) -> Iterator[str]:
    """Yield the regions, also those of the list at hand, and the countries: their codes and short names."""
    from subproc_cli.reference.geography import WORLDWIDE

    yield from (*gazetteer(name).regions, WORLDWIDE)
    yield from (each for each in country_names() if " " not in each)


@quietly
def countries(name: str | None) -> Iterator[str]:
    """Yield the codes of countries, and their short names."""
    del name
    yield from (each for each in country_names() if " " not in each)


def country_names() -> Iterator[str]:
    """Yield the codes of countries, then their names."""
    from subproc_cli.locale import names
    from subproc_cli.reference.geography import country_codes

    yield from country_codes()
    yield from map(names.country, country_codes())


@quietly
def data(name: str | None) -> Iterator[str]:
    """Yield the words for data, also those of the list at hand."""
    from subproc_cli.reference.categories import built_in

    index = _list(name)
    for category in index.tree if index else built_in():
        yield from (category.key.rpartition(".")[2], category.key)


bases = _words_of("Basis")


@quietly
def orders(name: str | None) -> Iterator[str]:
    """Yield what services can be sorted by."""
    from subproc_cli.cli.registry_file import ORDERS

    del name
    yield from ORDERS


@quietly
def columns(name: str | None) -> Iterator[str]:
    """Yield the columns of an overview."""
    from subproc_cli.overview.list import COLUMNS

    del name
    yield from COLUMNS


@quietly
def fields(name: str | None) -> Iterator[str]:
    """Yield the fields of a service."""
    from subproc_cli.registry.introspect import leaves

    del name
    yield from leaves(("services", ""))


@quietly
def revisions(name: str | None) -> Iterator[str]:
    """Yield the branches, tags and versions of the list, and the files that may be one."""
    from subproc_cli.cli.registry_file import list_path
    from subproc_cli.history.revisions import Revisions

    known = Revisions(list_path(name))
    if known.repository:
        yield from ("HEAD", *known.repository.names(), *known.versions())
    yield from (str(path) for path in sorted(Path().glob("[!.]*.yaml")))


def several(complete: Completer) -> Completer:
    """Return a completer of what can stand behind the last comma."""

    def behind(ctx: Any, incomplete: str) -> list[str]:
        before, comma, begun = incomplete.rpartition(",")
        return [f"{before}{comma}{each}" for each in complete(ctx, begun)]

    return behind


_VALUES: dict[str, Completer] = {
    "sees": several(data),
    "never_sees": several(data),
    "processing": several(places),
    "transfer": several(bases),
    "entity.country": countries,
    "activation": _words_of("Activation"),
    "role": _words_of("Role"),
    "replaces": ids,
}


def values(ctx: Any, incomplete: str) -> list[str]:
    """Return what the field that is typed can be set to."""
    from subproc_cli.cli.help import TYPED

    words = [word for word in ctx.meta.get(TYPED, ()) if not word.startswith("-")]
    complete = _VALUES.get(ctx.params.get("field") or "".join(words[1:2]))  # behind an option nothing is read
    return complete(ctx, incomplete) if complete else []


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
