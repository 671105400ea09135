"""A history as it may be published: without the changes of what is internal."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from subproc_cli.diff.change import filter_public_changes
from subproc_cli.history.timeline import HistoryEntry


def filter_public_entries(
    entries: Iterable[HistoryEntry], visible_fields: AbstractSet[str] = frozenset()
) -> tuple[HistoryEntry, ...]:
    """Return moments with the changes that may be published.

    Args:
        entries: what each revision did.
        visible_fields: internal fields that are published all the same.
    """
    return tuple(
        entry._replace(changes=filter_public_changes(entry.changes, visible_fields)) for entry in entries
    )
