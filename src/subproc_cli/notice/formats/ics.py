"""A calendar (RFC 5545) of the last days to object, the days of effect and the objections to settle."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from subproc_cli.notice.customers.customers import ALL_CUSTOMERS
from subproc_cli.notice.ledger.status import State
from subproc_cli.notice.ledger.status_report import StatusReport, format_services
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import join_first_words

_LINE_OCTETS = 75
"""The most octets of a line (RFC 5545, section 3.1)."""


def render(report: StatusReport, now: datetime) -> str:
    """Return the calendar of a report.

    Args:
        report: the notices.
        now: the moment in which the calendar is made.
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//subproc//notices//EN", "CALSCALE:GREGORIAN"]
    for day, summary, description in _iter_events(report):
        end = day if day == date.max else day + timedelta(days=1)
        digest = sha256(f"{day}\0{summary}".encode()).hexdigest()
        lines += [
            "BEGIN:VEVENT",
            f"UID:{digest[:32]}@subproc.invalid",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{end:%Y%m%d}",
            f"SUMMARY:{_escape(summary)}",
            f"DESCRIPTION:{_escape(description)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _iter_events(report: StatusReport) -> Iterator[tuple[date, str, str]]:
    """Yield the days that are in the future, each with a title and a text."""
    deadlines: dict[tuple[date, str], list[str]] = {}
    effects: dict[tuple[date, str], list[str]] = {}
    for notice in report.notices:
        name, services = notice.customer or ALL_CUSTOMERS, format_services(notice)
        if notice.has(State.OPEN) and notice.object_by:
            deadlines.setdefault((notice.object_by, services), []).append(name)
        is_settled = all(service.state in {State.NOT_REACHED, State.REPLACED} for service in notice.services)
        if notice.effective >= report.as_of and not is_settled:
            effects.setdefault((notice.effective, services), []).append(name)
        for service in notice.services:
            if service.state is State.OBJECTION and service.decision:
                title = f"Settle the objection of {name} to {service.name}"
                text = f"Objection of {service.decision.day}. {service.decision.note}".strip()
                yield notice.effective, title, text
    for (day, services), names in sorted(deadlines.items()):
        yield day, f"Last day to object: {services}", join_first_words(names)
    for (day, services), names in sorted(effects.items()):
        yield day, f"Takes effect: {services}", join_first_words(names)


def _escape(text: str) -> str:
    line = sanitize_line(text).replace("\\", "\\\\")
    return line.replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> Iterator[str]:
    """Yield the parts of a line; a part after the first one starts with a space."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE_OCTETS:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
