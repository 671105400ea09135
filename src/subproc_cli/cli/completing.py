"""What a shell proposes: ids, rules, formats, words and revisions. Where something is wrong, nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path


def _quiet(propose: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return a completer that proposes what begins as typed, and nothing where something is wrong."""

    def complete(incomplete: str) -> list[str]:
        try:
            return [each for each in propose() if each.startswith(incomplete)]
        except Exception:  # noqa: BLE001  a shell that completes is no place for messages
            return []

    return complete


@_quiet
def ids() -> Iterator[str]:
    """Yield the ids of the services of the list at hand."""
    from subproc_cli.cli.reading import open_list

    yield from open_list(os.environ.get("SUBPROC_REGISTRY")).registry.services


@_quiet
def rules() -> Iterator[str]:
    """Yield the names of rules, and of kinds of change."""
    from subproc_cli.check.all_rules import BY_NAME
    from subproc_cli.enums import CHANGE_KINDS

    yield from (*BY_NAME, *CHANGE_KINDS)


@_quiet
def formats() -> Iterator[str]:
    """Yield the formats of `subproc export`."""
    from subproc_cli.publish.exporters import EXPORTERS

    yield from (each.name for each in EXPORTERS)


@_quiet
def places() -> Iterator[str]:
    """Yield the regions and the codes of countries."""
    from subproc_cli.law.places import WORLDWIDE, built_in, country_codes

    yield from (*built_in().regions, WORLDWIDE, *country_codes())


@_quiet
def categories() -> Iterator[str]:
    """Yield the keys of the data categories."""
    from subproc_cli.law.categories import built_in

    yield from (category.key for category in built_in())


@_quiet
def words() -> Iterator[str]:
    """Yield the words that a question can begin or go on with."""
    from subproc_cli.law.categories import built_in
    from subproc_cli.question import lexicon

    yield from dict.fromkeys((*lexicon.VERBS, "and", "or", "not", "only", "outside", "in", "based", "opt-in"))
    yield from (category.key.rpartition(".")[2] for category in built_in())


@_quiet
def fields() -> Iterator[str]:
    """Yield the fields of a service."""
    from subproc_cli.publish.columns import COLUMNS

    yield from COLUMNS[1:-1]


@_quiet
def revisions() -> Iterator[str]:
    """Yield the branches, tags and versions of the list, and the files that may be one."""
    from subproc_cli.cli.reading import list_path
    from subproc_cli.history.revisions import Revisions

    repository = Revisions(list_path(os.environ.get("SUBPROC_REGISTRY"))).repository
    if repository:
        yield from ("HEAD", *repository.names())
    yield from (str(path) for path in sorted(Path().glob("*.yaml")))
