"""The history of a list or of one service: `subproc log`."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.diff.change import Change, find_highest_level
from subproc_cli.diff.record import ChangeRecord, LevelName
from subproc_cli.diff.report import build_change_record, format_change
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Level
from subproc_cli.history.git import FileCommit
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    dim,
    format_count,
    make_line,
)
from subproc_cli.output.record import describe_field, one_of

_REPORTED_EVENTS = frozenset(
    (Event.FIRST, Event.OLDEST, Event.RENAMED, Event.DELETED, Event.RESTORED, Event.UNREADABLE)
)


class LogEntryRecord(TypedDict):
    """What one revision changed, or what happened to the file."""

    date: Annotated[
        str,
        describe_field(
            "The date that the revision states, as YYYY-MM-DD. If it is deleted or cannot be read, the day "
            "of the commit; empty if there is no commit either."
        ),
    ]
    version: Annotated[
        str | None, describe_field("The version that it states; null if it is deleted or cannot be read.")
    ]
    commit: Annotated[str | None, describe_field("The commit; null for a file that is not from git.")]
    file: Annotated[str, describe_field("The name of the file.")]
    event: Annotated[str, one_of(Event), describe_field("What happened to the file.")]
    same_version_as: Annotated[
        str | None,
        describe_field("An earlier commit or file with this version and other content; null if none has."),
    ]
    level: Annotated[
        LevelName | None, describe_field("The highest level of the changes; null if there are none.")
    ]
    changes: Annotated[list[ChangeRecord], describe_field("The changes since the previous revision.")]


class LogRecord(TypedDict):
    """The record `subproc/log/1`."""

    schema: Annotated[Literal["subproc/log/1"], describe_field("The name and number of this record.")]
    entries: Annotated[list[LogEntryRecord], describe_field("The revisions, the newest first.")]


class LogEntry(NamedTuple):
    """What the log shows of a revision, without the list itself.

    Attributes:
        file_commit: the commit, or the file of a folder.
        event: what happened to the file.
        date: the date that the revision states; the day of the commit if it cannot be read.
        version: the version that it states; empty if it cannot be read.
        services: the number of its services.
        problems: the number of errors because of which it cannot be read.
        same_version: the last earlier commit with the same version and other content; None if there is none.
        changes: what it changed, each change with its sentence.
    """

    file_commit: FileCommit
    event: Event
    date: str
    version: str
    services: int
    problems: int
    same_version: FileCommit | None
    changes: tuple[tuple[Change, str], ...]


def build_log_entry(entry: HistoryEntry) -> LogEntry:
    """Return what the log shows of an entry of a history."""
    old, new = entry.old, entry.new
    return LogEntry(
        file_commit=entry.file_commit,
        event=entry.event,
        date=new.model.date.isoformat() if new else entry.file_commit.day,
        version=new.model.version if new else "",
        services=len(new.model.services) if new else 0,
        problems=entry.problems,
        same_version=entry.same_version,
        changes=tuple((change, format_change(old, new, change)) for change in entry.changes if old and new),
    )


class LogReport(NamedTuple):
    """The entries of a history, newest first.

    Attributes:
        entries: the entries, oldest first.
        services: ids to keep; empty for all.
        level: the least demanding level to keep; None for all.
    """

    entries: tuple[LogEntry, ...]
    services: frozenset[str] = frozenset()
    level: Level | None = None

    def to_document(self) -> Page:
        """Return a heading for each revision and a line for each change."""
        blocks: list[Any] = []
        for entry in self._iter_selected():
            blocks.append(Heading(_build_heading(entry)))
            points = [*_iter_event_lines(entry), *_iter_change_lines(entry)]
            if points:
                blocks.append(Bullets(tuple(points)))
        return tuple(blocks) or (Paragraph(make_line("No revision changed anything of that kind.")),)

    def _iter_selected(self) -> Iterator[LogEntry]:
        """Yield the entries with only the selected changes."""
        order = list(Level)
        for entry in reversed(self.entries):
            changes = tuple(
                (change, text)
                for change, text in entry.changes
                if (not self.services or change.service in self.services)
                and (self.level is None or order.index(change.level) <= order.index(self.level))
            )
            is_reported = entry.event in _REPORTED_EVENTS and not self.services and self.level is None
            if changes or is_reported or not (entry.changes or self.services or self.level):
                yield entry._replace(changes=changes)

    def to_record(self) -> LogRecord:
        """Return `subproc/log/1`."""
        return {"schema": "subproc/log/1", "entries": [*map(_build_entry_record, self._iter_selected())]}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each change."""
        yield "date", "version", "commit", "event", "level", "kind", "service", "text"
        for entry in self._iter_selected():
            head = entry.date, entry.version, entry.file_commit.commit, str(entry.event)
            if not entry.changes:
                yield *head, "", "", "", "; ".join(_join_spans(each) for each in _iter_event_lines(entry))
            for change, text in entry.changes:
                yield *head, change.level, change.kind, change.service, text


def _find_level(entry: LogEntry) -> Level | None:
    return find_highest_level(tuple(change for change, _ in entry.changes))


def _build_heading(entry: LogEntry) -> Line:
    level = _find_level(entry)
    happened = "cannot be read" if entry.event is Event.UNREADABLE else entry.event
    spans = [Span(f"{entry.date}  {entry.version or happened}", Style.STRONG)]
    if entry.file_commit.commit:
        spans.append(dim(f"  {entry.file_commit.commit[:12]}"))
    if level:
        spans.append(Span(f"  {level}", Style(level)))
    return tuple(spans)


def _iter_event_lines(entry: LogEntry) -> Iterator[Line]:
    file_commit = entry.file_commit
    services = format_count(entry.services, "service")
    match entry.event:
        case Event.FIRST:
            yield make_line(f"the first revision, with {services}")
        case Event.OLDEST:
            yield make_line(f"the oldest revision that this shallow clone has, with {services}")
        case Event.RENAMED:
            yield make_line(f"the file moved from {file_commit.renamed_from} to {file_commit.path}")
        case Event.DELETED:
            yield make_line(f"the file {file_commit.path} was deleted")
        case Event.RESTORED:
            yield make_line(
                "the file was restored; it is compared with the last revision before it was deleted"
            )
        case Event.UNREADABLE:
            problems = format_count(entry.problems, "problem")
            yield make_line(
                f"this revision cannot be read ({problems}); the next one is compared with the last"
            )
        case Event.CHANGED:
            if not entry.changes:
                yield make_line("only formatting, version or date changed")
    if entry.same_version:
        name = entry.same_version.name
        yield make_line(f"the version is again {entry.version}, but the content differs from {name}")


def _join_spans(spans: Line) -> str:
    return "".join(span.text for span in spans)


def _iter_change_lines(entry: LogEntry) -> Iterator[Line]:
    """Yield the changes with their levels; similar changes of several services are joined."""
    for group in ChangeFormatter(ENGLISH).join_changes(entry.changes):
        level = group.changes[0].level
        yield make_line(f"{group.text} (", Span(level, Style(level)), ")")


def _build_entry_record(entry: LogEntry) -> LogEntryRecord:
    level = _find_level(entry)
    same_version = entry.same_version
    return {
        "date": entry.date,
        "version": entry.version or None,
        "commit": entry.file_commit.commit or None,
        "file": entry.file_commit.path,
        "event": str(entry.event),
        "same_version_as": (same_version.commit or same_version.path) if same_version else None,
        "level": str(level) if level else None,
        "changes": [build_change_record(change, text) for change, text in entry.changes],
    }
