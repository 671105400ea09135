"""The changes of the last year, in the words of a language."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.change import find_highest_level
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.registry.models import RegistryModel

_YEAR = timedelta(days=365)


class Revision(NamedTuple):
    """What one revision of the list changed.

    Attributes:
        level: the key of the most demanding level; empty for the first revision.
    """

    version: str
    day: str
    iso: str
    level: str
    meaning: str
    points: tuple[str, ...]


class RecentChanges(NamedTuple):
    """What the page tells of changes: those of the year, else the last ones before it."""

    recent: tuple[Revision, ...]
    earlier: tuple[Revision, ...]


def find_recent_changes(export: Export, wording: PageWording) -> RecentChanges:
    """Return the revisions of the year before the day, newest first, or the last one if there is none."""
    revisions = [
        (entry.new.model.date, _build_revision(wording, entry, entry.new.model))
        for entry in find_preceding_history(export)[::-1]
        if entry.new and (entry.changes or entry.event is Event.FIRST)
    ]
    recent = tuple(revision for day, revision in revisions if _is_within_year(day, export.as_of))
    return RecentChanges(recent, () if recent else tuple(revision for _, revision in revisions[:1]))


def _is_within_year(day: date, today: date) -> bool:
    return today - _YEAR < day <= today


def _build_revision(wording: PageWording, entry: HistoryEntry, model: RegistryModel) -> Revision:
    level = find_highest_level(entry.changes)
    return Revision(
        version=wording.format_text("version", version=model.version),
        day=wording.format_day(model.date),
        iso=model.date.isoformat(),
        level=level or "",
        meaning=ChangeFormatter(wording.language).format_level(level) if level else "",
        points=tuple(_iter_points(wording, entry)),
    )


def _iter_points(wording: PageWording, entry: HistoryEntry) -> Iterator[str]:
    if entry.new and entry.old is None:
        yield wording.format_text(
            "first", services=wording.format_count("service", len(entry.new.model.services))
        )
    if entry.old and entry.new:
        formatter, revisions = ChangeFormatter(wording.language), (entry.old, entry.new)
        yield from (f"{formatter.format_change(revisions, change)}." for change in entry.changes)
