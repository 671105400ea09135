"""Shell completion of ids, rules, formats, words and revisions; an error completes nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from subproc_cli.reference.geography import Gazetteer
    from subproc_cli.registry.registry import Registry

Completer: TypeAlias = Callable[[Any, str], list[str]]
"""Takes the words typed so far, in Typer's context, and the incomplete word; returns its completions."""
_SHELL_CHARACTERS = frozenset("\\$`\"';&|<>(){}")
"""Characters that a shell may act on: words of a foreign list and names of files must not start anything."""


def make_completer(propose: Callable[[str | None], Iterable[str]]) -> Completer:
    """Return a completer that proposes words with the typed prefix, and nothing on an error.

    What is proposed may depend on the list that the line or the environment names.
    """

    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            registry_path = ctx.params.get("registry") or os.environ.get("SUBPROC_REGISTRY")
            suggestions = dict.fromkeys(propose(None if registry_path == "-" else registry_path))
            return [
                suggestion
                for suggestion in suggestions
                if suggestion.startswith(incomplete) and _is_shell_safe(suggestion)
            ]
        except Exception:  # noqa: BLE001  a message would disturb the shell
            return []

    return complete


def _is_shell_safe(word: str) -> bool:
    return word.isprintable() and _SHELL_CHARACTERS.isdisjoint(word)


def _make_enum_completer(kind: str) -> Completer:
    """Return a completer of the words of a closed list."""

    @make_completer
    def complete(_: str | None) -> Iterator[str]:
        from subproc_cli import enums

        yield from map(str, getattr(enums, kind))

    return complete


def _load_registry_if_valid(name: str | None) -> "Registry | None":
    """Return the list, or None if there is no valid one."""
    from subproc_cli.cli.registry_file import open_registry_if_any
    from subproc_cli.errors import SubprocError

    try:
        return open_registry_if_any(name)
    except SubprocError:
        return None


def _load_empty_registry() -> "Registry":
    """Return a registry with the built-in words and no services."""
    from subproc_cli.registry.models import RegistryModel
    from subproc_cli.registry.registry import Registry
    from subproc_cli.registry.vocabulary import load_built_in
    from subproc_cli.yaml.source import Source

    model = RegistryModel.model_construct(format=1, publisher="", version="", date=date.min, services={})
    return Registry(Source("", b""), None, model, load_built_in())


@make_completer
def complete_service_ids(name: str | None) -> Iterator[str]:
    """Yield the ids of the services of the list at hand."""
    from subproc_cli.cli.registry_file import open_registry

    yield from open_registry(name).model.services


@make_completer
def complete_customers(_: str | None) -> Iterator[str]:
    """Yield the names of the customers in the ledger at hand."""
    from subproc_cli.notice.ledger.ledger import read_ledger
    from subproc_cli.notice.runs.readiness import DEFAULT_LEDGER

    entries = read_ledger(Path(os.environ.get("SUBPROC_LEDGER", DEFAULT_LEDGER))).entries
    yield from dict.fromkeys(entry["customer"] for entry in entries if entry["customer"])


@make_completer
def complete_rules_and_kinds(_: str | None) -> Iterator[str]:
    """Yield the names of rules, and of kinds of change."""
    from subproc_cli.registry.change_kinds import KINDS_BY_NAME
    from subproc_cli.rules.checks import RULES_BY_NAME

    yield from (*RULES_BY_NAME, *KINDS_BY_NAME)


@make_completer
def complete_rule_selectors(_: str | None) -> Iterator[str]:
    """Yield the names of rules, and their codes."""
    from subproc_cli.rules.checks import RULES_BY_CODE, RULES_BY_NAME

    yield from (*RULES_BY_NAME, *RULES_BY_CODE)


@make_completer
def complete_export_formats(_: str | None) -> Iterator[str]:
    """Yield the formats of `subproc export`."""
    from subproc_cli.exporters.formats import EXPORTERS

    yield from (exporter.name for exporter in EXPORTERS)


@make_completer
def complete_records(_: str | None) -> Iterator[str]:
    """Yield the names of the records in JSON."""
    from subproc_cli.records import RECORDS

    yield from (record.name for record in RECORDS)


def find_gazetteer(name: str | None) -> "Gazetteer":
    """Return the places, including the regions of the current list."""
    from subproc_cli.reference.geography import load_gazetteer

    registry = _load_registry_if_valid(name)
    return registry.gazetteer if registry else load_gazetteer()


@make_completer
def complete_places(name: str | None) -> Iterator[str]:
    """Yield the regions, with those of the current list, and the codes and short names of the countries."""
    from subproc_cli.reference.geography import WORLDWIDE

    yield from (*find_gazetteer(name).regions, WORLDWIDE)
    yield from (country for country in iter_country_names() if " " not in country)


@make_completer
def complete_countries(_: str | None) -> Iterator[str]:
    """Yield the codes of countries, and their short names."""
    yield from (country for country in iter_country_names() if " " not in country)


def iter_country_names() -> Iterator[str]:
    """Yield the codes of countries, then their names."""
    from subproc_cli.locale import names
    from subproc_cli.reference.geography import load_country_codes

    yield from load_country_codes()
    yield from map(names.get_country_name, load_country_codes())


@make_completer
def complete_categories(name: str | None) -> Iterator[str]:
    """Yield the words for data, including those of the current list."""
    from subproc_cli.reference.categories import load_category_tree

    registry = _load_registry_if_valid(name)
    for category in registry.category_tree if registry else load_category_tree():
        yield from (category.key.rpartition(".")[2], category.key)


complete_bases = _make_enum_completer("Basis")


@make_completer
def complete_languages(_: str | None) -> Iterator[str]:
    """Yield the languages of what is published."""
    from subproc_cli.locale.catalogue import find_languages

    yield from find_languages()


@make_completer
def complete_sort_orders(_: str | None) -> Iterator[str]:
    """Yield the columns that services can be sorted by."""
    from subproc_cli.cli.registry_file import SORT_ORDERS

    yield from SORT_ORDERS


@make_completer
def complete_verdicts(_: str | None) -> Iterator[str]:
    """Yield the answers that a question can have."""
    yield from ("yes", "unknown", "no")


@make_completer
def complete_columns(_: str | None) -> Iterator[str]:
    """Yield the columns of an overview."""
    from subproc_cli.overview.list import COLUMNS

    yield from COLUMNS


@make_completer
def complete_fields(_: str | None) -> Iterator[str]:
    """Yield the fields of a service."""
    from subproc_cli.registry.introspect import list_leaf_fields

    yield from list_leaf_fields(("services", ""))


@make_completer
def complete_revisions(name: str | None) -> Iterator[str]:
    """Yield the branches, tags and versions of the list, and the files that may be one."""
    from subproc_cli.cli.registry_file import find_registry_path
    from subproc_cli.history.revisions import RevisionResolver

    resolver = RevisionResolver(find_registry_path(name))
    if resolver.repository:
        yield from ("HEAD", *resolver.repository.list_refs(), *resolver.list_versions())
    yield from (str(path) for path in sorted(Path().glob("[!.]*.yaml")))


def make_list_completer(complete: Completer) -> Completer:
    """Return a completer of what can follow the last comma."""

    def complete_last_item(ctx: Any, incomplete: str) -> list[str]:
        earlier_items, comma, last_item = incomplete.rpartition(",")
        return [f"{earlier_items}{comma}{suggestion}" for suggestion in complete(ctx, last_item)]

    return complete_last_item


_COMPLETERS_BY_FIELD: dict[str, Completer] = {
    "sees": make_list_completer(complete_categories),
    "never_sees": make_list_completer(complete_categories),
    "processing": make_list_completer(complete_places),
    "transfer": make_list_completer(complete_bases),
    "entity.country": complete_countries,
    "activation": _make_enum_completer("Activation"),
    "role": _make_enum_completer("Role"),
    "replaces": complete_service_ids,
}


def complete_field_value(ctx: Any, incomplete: str) -> list[str]:
    """Return what the field that is typed can be set to."""
    from subproc_cli.cli.help import TYPED_ARGUMENTS

    words = [word for word in ctx.meta.get(TYPED_ARGUMENTS, ()) if not word.startswith("-")]
    complete = _COMPLETERS_BY_FIELD.get(
        ctx.params.get("field") or "".join(words[1:2])
    )  # the words after an option are not parsed
    return complete(ctx, incomplete) if complete else []


def complete_question(ctx: Any, incomplete: str) -> list[str]:
    """Return the words with which a question can go on, by the grammar that reads it."""
    typed = " ".join(ctx.params.get("question") or ())

    @make_completer
    def complete(name: str | None) -> Iterator[str]:
        from subproc_cli.cli.registry_file import parse_day_option
        from subproc_cli.question.continuations import iter_next_words
        from subproc_cli.question.reading import Reader

        registry = _load_registry_if_valid(name) or _load_empty_registry()
        yield from iter_next_words(Reader(registry, parse_day_option(None)), typed)

    return complete(ctx, incomplete)
