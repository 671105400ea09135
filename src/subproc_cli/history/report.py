"""The life of a list or of one service: `subproc log`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.diff.change import Change, highest
from subproc_cli.diff.report import change_record, sentence
from subproc_cli.enums import Level
from subproc_cli.history.timeline import Event, Moment
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Tone,
    counted,
    faint,
    line,
)

_TOLD = frozenset((Event.FIRST, Event.OLDEST, Event.RENAMED, Event.DELETED, Event.RESTORED, Event.UNREADABLE))


class LogView(NamedTuple):
    """Moments, newest first.

    Attributes:
        services: ids to keep; empty for all.
        level: the least demanding level to keep; None for all.
    """

    moments: tuple[Moment, ...]
    services: frozenset[str] = frozenset()
    level: Level | None = None

    def page(self) -> Page:
        """Return a heading for each revision and a line for each change."""
        blocks: list[Any] = []
        for moment, changes in self._kept():
            blocks.append(Heading(_heading(moment, changes)))
            points = [*_events(moment), *(_point(moment, change) for change in changes)]
            if points:
                blocks.append(Bullets(tuple(points)))
        return tuple(blocks) or (Paragraph(line("No revision changed anything of that kind.")),)

    def _kept(self) -> Iterator[tuple[Moment, tuple[Change, ...]]]:
        order = list(Level)
        for moment in reversed(self.moments):
            changes = tuple(
                change
                for change in moment.changes
                if (not self.services or change.service in self.services)
                and (self.level is None or order.index(change.level) <= order.index(self.level))
            )
            happened = moment.event in _TOLD and not self.services and self.level is None
            if changes or happened or not (moment.changes or self.services or self.level):
                yield moment, changes

    def record(self) -> dict[str, Any]:
        """Return `subproc/log/1`."""
        entries = [_record(moment, changes) for moment, changes in self._kept()]
        return {"schema": "subproc/log/1", "entries": entries}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each change."""
        yield "date", "version", "commit", "event", "level", "kind", "service", "text"
        for moment, changes in self._kept():
            date, version = _dated(moment)
            head = date, version, moment.step.commit, str(moment.event)
            if not changes:
                yield *head, "", "", "", "; ".join(_text(each) for each in _events(moment))
            for change in changes:
                yield *head, change.level, change.kind, change.service, _sentence(moment, change)


def _dated(moment: Moment) -> tuple[str, str]:
    """Return the date that a list states and its version, or the day of the commit."""
    if moment.new is None:
        return moment.step.day, ""
    return moment.new.registry.date.isoformat(), moment.new.registry.version


def _heading(moment: Moment, changes: tuple[Change, ...]) -> Line:
    date, version = _dated(moment)
    level = highest(changes)
    happened = "cannot be read" if moment.event is Event.UNREADABLE else moment.event
    spans = [Span(f"{date}  {version or happened}", Tone.STRONG)]
    if moment.step.commit:
        spans.append(faint(f"  {moment.step.commit[:12]}"))
    if level:
        spans.append(Span(f"  {level}", Tone(level)))
    return tuple(spans)


def _events(moment: Moment) -> Iterator[Line]:
    step = moment.step
    services = counted(len(moment.new.registry.services) if moment.new else 0, "service")
    match moment.event:
        case Event.FIRST:
            yield line(f"the first revision, with {services}")
        case Event.OLDEST:
            yield line(f"the oldest revision that this shallow clone has, with {services}")
        case Event.RENAMED:
            yield line(f"the file moved from {step.renamed_from} to {step.path}")
        case Event.DELETED:
            yield line(f"the file {step.path} was deleted")
        case Event.RESTORED:
            yield line("the file is back; it is compared with the last revision before it was deleted")
        case Event.UNREADABLE:
            problems = counted(moment.problems, "problem")
            yield line(f"this revision cannot be read ({problems}); the next one is compared with the last")
        case Event.CHANGED:
            if not moment.changes:
                yield line("nothing changed but the writing, the version or the date")
    if moment.again and moment.new:
        version = moment.new.registry.version
        yield line(f"the version is {version} again, with another content than {moment.again.name}")


def _text(given: Line) -> str:
    return "".join(span.text for span in given)


def _point(moment: Moment, change: Change) -> Line:
    return line(f"{_sentence(moment, change)} (", Span(change.level, Tone(change.level)), ")")


def _sentence(moment: Moment, change: Change) -> str:
    if moment.old is None or moment.new is None:
        return change.kind
    return sentence(moment.old, moment.new, change)


def _record(moment: Moment, changes: tuple[Change, ...]) -> dict[str, Any]:
    date, version = _dated(moment)
    level = highest(changes)
    return {
        "date": date,
        "version": version or None,
        "commit": moment.step.commit or None,
        "file": moment.step.path,
        "event": str(moment.event),
        "same_version_as": (moment.again.commit or moment.again.path) if moment.again else None,
        "level": str(level) if level else None,
        "changes": [
            change_record(moment.old, moment.new, change) for change in changes if moment.old and moment.new
        ],
    }
