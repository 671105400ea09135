"""The changes of a list over the years, in the words of a language."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.change import find_highest_level
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.diff.translations import select_readable_changes
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.registry.models import RegistryModel


class Revision(NamedTuple):
    """What one revision of the list changed.

    Attributes:
        level: the key of the highest level; empty for the first revision.
    """

    version: str
    day: str
    iso: str
    level: str
    meaning: str
    points: tuple[str, ...]


class Year(NamedTuple):
    """The revisions of a calendar year, the newest first."""

    number: int
    revisions: tuple[Revision, ...]


def find_years(export: Export, wording: PageWording) -> tuple[Year, ...]:
    """Return the revisions that lead to the list, the newest first."""
    revisions = [
        (entry.new.model.date.year, _build_revision(wording, entry, entry.new.model))
        for entry in find_preceding_history(export)[::-1]
        if entry.new and (entry.changes or entry.event is Event.FIRST)
    ]
    return tuple(
        Year(number, tuple(revision for _, revision in found))
        for number, found in groupby(revisions, key=lambda revision: revision[0])
    )


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
        for group in formatter.group_changes(
            revisions, select_readable_changes(entry.changes, formatter.language)
        ):
            yield f"{group.text}."
