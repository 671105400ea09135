"""A history for publication: without changes of internal fields."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from subproc_cli.diff.change import filter_public_changes
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.registry.internal import find_hidden_fields, find_published_fields
from subproc_cli.registry.models import RegistryModel


def iter_public_entries(
    entries: Iterable[HistoryEntry],
    visible_fields: AbstractSet[str] = frozenset(),
    hidden_fields: AbstractSet[str] = frozenset(),
) -> Iterator[HistoryEntry]:
    """Yield the entries with only the changes that may be published.

    Args:
        entries: the changes of each revision.
        visible_fields: internal fields that are published nevertheless.
        hidden_fields: keys of public fields that the publisher does not publish.
    """
    for entry in entries:
        yield entry._replace(changes=filter_public_changes(entry.changes, visible_fields, hidden_fields))


def iter_published_entries(
    entries: Iterable[HistoryEntry], newest: RegistryModel, named_fields: AbstractSet[str] = frozenset()
) -> Iterator[HistoryEntry]:
    """Yield the entries with only the changes that the newest list publishes.

    Args:
        entries: the changes of each revision.
        newest: the newest list.
        named_fields: fields that are published although they are internal.
    """
    visible_fields = named_fields | find_published_fields(newest)
    return iter_public_entries(entries, visible_fields, find_hidden_fields(newest))
