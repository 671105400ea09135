"""The changes of the last year, in the words of a language."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from subproc_cli.describe.wording import Wording
from subproc_cli.diff.change import highest
from subproc_cli.diff.sentences import in_language
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import until_the_list
from subproc_cli.history.timeline import Event, Moment

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


class Changes(NamedTuple):
    """What the page tells of changes: those of the year, else the last ones before it."""

    recent: tuple[Revision, ...]
    earlier: tuple[Revision, ...]


def told_changes(export: Export, wording: Wording) -> Changes:
    """Return the revisions of the year before the day, newest first, or the last one if there is none."""
    revisions = [
        (moment.new.registry.date, _revision(wording, moment))
        for moment in until_the_list(export)[::-1]
        if moment.new and (moment.changes or moment.event is Event.FIRST)
    ]
    recent = tuple(told for day, told in revisions if _within(day, export.day))
    return Changes(recent, () if recent else tuple(told for _, told in revisions[:1]))


def _within(day: date, today: date) -> bool:
    return today - _YEAR < day <= today


def _revision(wording: Wording, moment: Moment) -> Revision:
    assert moment.new  # noqa: S101  only revisions that can be read are told
    registry, level = moment.new.registry, highest(moment.changes)
    return Revision(
        version=wording.text("version", version=registry.version),
        day=wording.day(registry.date),
        iso=registry.date.isoformat(),
        level=level or "",
        meaning=in_language(wording.language).level(level) if level else "",
        points=tuple(_points(wording, moment)),
    )


def _points(wording: Wording, moment: Moment) -> Iterator[str]:
    if moment.new and moment.old is None:
        yield wording.text("first", services=wording.counted("service", len(moment.new.registry.services)))
    if moment.old and moment.new:
        say, revisions = in_language(wording.language), (moment.old, moment.new)
        yield from (f"{say.sentence(revisions, change)}." for change in moment.changes)
