"""A history for publication: without changes of internal fields."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from subproc_cli.diff.change import filter_public_changes
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.registry.internal import find_hidden_fields, find_published_fields


def filter_public_entries(
    entries: Iterable[HistoryEntry],
    visible_fields: AbstractSet[str] = frozenset(),
    hidden_fields: AbstractSet[str] = frozenset(),
) -> tuple[HistoryEntry, ...]:
    """Return the entries with only the changes that may be published.

    Args:
        entries: the changes of each revision.
        visible_fields: internal fields that are published nevertheless.
        hidden_fields: keys of public fields that the publisher does not publish.
    """
    return tuple(
        entry._replace(changes=filter_public_changes(entry.changes, visible_fields, hidden_fields))
        for entry in entries
    )


def filter_published_entries(
    entries: Iterable[HistoryEntry], named_fields: AbstractSet[str] = frozenset()
) -> tuple[HistoryEntry, ...]:
    """Return the entries with only the changes that the newest list publishes.

    Args:
        entries: the changes of each revision, oldest first.
        named_fields: fields that are published although they are internal.
    """
    moments = tuple(entries)
    newest = next((entry.new for entry in reversed(moments) if entry.new), None)
    if newest is None:
        return filter_public_entries(moments, named_fields)
    model = newest.model
    return filter_public_entries(
        moments, named_fields | find_published_fields(model), find_hidden_fields(model)
    )
