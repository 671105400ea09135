"""Upcoming changes: services that start or end, and changes to which customers can still object."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.deadlines.periods import calculate_last_day
from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Level
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.notice.customers.terms import resolve_terms
from subproc_cli.registry.models import Service


class UpcomingChange(NamedTuple):
    """One thing that is about to change, or that customers can still object to.

    Attributes:
        day: the day from which it applies, as the list states it; None if the list states none.
        text: the change as a sentence.
        service: the id of the service.
        announced: the day of the revision that announced it; None if no history shows it.
        last_day: the last day to object for a customer whose notice is of that day; None if that is unknown.
    """

    day: date | None
    text: str
    service: str
    announced: date | None = None
    last_day: date | None = None


def find_upcoming_changes(
    export: Export, wording: PageWording, services: Mapping[str, Service]
) -> tuple[UpcomingChange, ...]:
    """Return upcoming changes by day; changes without a day come last."""
    found = [*_iter_dated_changes(export, wording, services), *_iter_objectionable(export, wording, services)]
    return tuple(sorted(found, key=lambda each: (each.day or each.last_day or date.max, each.day is None)))


def _iter_dated_changes(
    export: Export, wording: PageWording, services: Mapping[str, Service]
) -> Iterator[UpcomingChange]:
    """Yield the services that are announced, or that end on a stated day."""
    for key, service in services.items():
        for field in ("since", "until"):
            day: date | None = getattr(service, field)
            if day and day > export.as_of:
                entry = _find_announcement(export, key, field)
                announced = entry.new.model.date if entry and entry.new else None
                text = wording.format_text(f"upcoming-{field}", name=service.name)
                yield UpcomingChange(day, text, key, announced, _find_last_day(export, entry))


def _find_announcement(export: Export, key: str, field: str) -> HistoryEntry | None:
    """Return the newest revision that stated the day on which a service begins or ends."""
    for entry in reversed(find_preceding_history(export)):
        if entry.new is None or entry.old is None:
            continue
        old, new = (registry.model.services.get(key) for registry in (entry.old, entry.new))
        if new and getattr(new, field) != (getattr(old, field) if old else None):
            return entry
    return None


def _find_last_day(export: Export, entry: HistoryEntry | None) -> date | None:
    """Return the last day to object to the changes of a revision, by the period that was promised then."""
    if entry is None or entry.old is None or entry.new is None or "notice" in export.hidden_fields:
        return None
    period = resolve_terms((entry.old, entry.new), None).objection_days
    last = calculate_last_day(entry.new.model.date, period) if period else None
    return last if last and last >= export.as_of else None


def _iter_objectionable(
    export: Export, wording: PageWording, services: Mapping[str, Service]
) -> Iterator[UpcomingChange]:
    """Yield changes without a day of their own to which the period to object has not ended."""
    formatter = ChangeFormatter(wording.language)
    for entry in find_preceding_history(export):
        if entry.old is None or entry.new is None:
            continue
        announced = entry.new.model.date
        last_day = _find_last_day(export, entry)
        for change in entry.changes if last_day else ():
            service = services.get(change.service)
            if service and change.level is Level.NOTICE and not _has_day_to_come(service, export.as_of):
                text = formatter.format_change((entry.old, entry.new), change)
                yield UpcomingChange(None, f"{text}.", change.service, announced, last_day)


def _has_day_to_come(service: Service, as_of: date) -> bool:
    return any(day is not None and day > as_of for day in (service.since, service.until))
