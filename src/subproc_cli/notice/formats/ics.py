"""A calendar (RFC 5545) of the last days to object, the days of effect and the objections to settle."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from subproc_cli.notice.customers.customers import ALL_CUSTOMERS
from subproc_cli.notice.ledger.status import NoticeStatus, State
from subproc_cli.notice.ledger.status_report import StatusReport
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import join_first_words, join_words

_LINE_OCTETS = 75
"""The most octets of a line (RFC 5545, section 3.1)."""


def render(report: StatusReport, now: datetime) -> str:
    """Return the calendar of a report.

    Args:
        report: the notices.
        now: the moment in which the calendar is made.
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    first_list = next((entry["old"]["sha256"] for entry in report.ledger.entries if "old" in entry), "")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//subproc//notices//EN", "CALSCALE:GREGORIAN"]
    for event in _iter_events(report):
        end = event.day if event.day == date.max else event.day + timedelta(days=1)
        digest = sha256("\0".join((first_list, *event.identity)).encode()).hexdigest()
        lines += [
            "BEGIN:VEVENT",
            f"UID:{digest[:32]}@subproc.invalid",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{end:%Y%m%d}",
            f"SUMMARY:{_escape(event.title)}",
            f"DESCRIPTION:{_escape(event.text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


class _Event(NamedTuple):
    """A day of the calendar.

    Attributes:
        day: the day.
        title: what happens on it.
        text: for whom.
        identity: what stays the same when a customer answers, so that a calendar replaces its event.
    """

    day: date
    title: str
    text: str
    identity: tuple[str, ...]


_Group: TypeAlias = dict[tuple[date, tuple[str, ...]], list[NoticeStatus]]
"""Notices by a day, and by the ids of all their services, whose states may change until then."""

_EFFECTIVE = frozenset((State.OPEN, State.CLOSED, State.APPROVED))
_UNSETTLED = {
    State.AWAITING_APPROVAL: "authorisation missing",
    State.OBJECTION: "objection not settled",
}
"""The states in which nothing takes effect for a customer, in words."""


def _iter_events(report: StatusReport) -> Iterator[_Event]:
    """Yield the objections, then the days that are in the future."""
    deadlines: _Group = {}
    effects: _Group = {}
    for notice in report.notices:
        yield from _iter_objections(notice)
        keys = tuple(sorted(service.key for service in notice.services))
        if notice.has(State.OPEN) and notice.object_by:
            deadlines.setdefault((notice.object_by, keys), []).append(notice)
        if notice.effective >= report.as_of and any(map(notice.has, (*_EFFECTIVE, *_UNSETTLED))):
            effects.setdefault((notice.effective, keys), []).append(notice)
    for (day, keys), notices in sorted(deadlines.items(), key=itemgetter(0)):
        names, customers = _list_services(notices, {State.OPEN})
        title = f"Last day to object: {names}"
        yield _Event(day, title, customers, ("deadline", day.isoformat(), *keys))
    for (day, keys), notices in sorted(effects.items(), key=itemgetter(0)):
        yield _build_effect(day, keys, notices)


def _iter_objections(notice: NoticeStatus) -> Iterator[_Event]:
    name = notice.customer or ALL_CUSTOMERS
    for service in notice.services:
        if service.state is State.OBJECTION and service.decision:
            title = f"Settle the objection of {name} to {service.name}"
            text = f"Objection of {service.decision.day}. {service.decision.note}".strip()
            yield _Event(notice.effective, title, text, ("objection", name, service.key))


def _build_effect(day: date, keys: tuple[str, ...], notices: list[NoticeStatus]) -> _Event:
    """Return the day on which changes take effect, or would if the customers authorised or accepted them."""
    names, customers = _list_services(notices, _EFFECTIVE)
    title, texts = f"Takes effect: {names}" if names else "", [customers] if customers else []
    for state, words in _UNSETTLED.items():
        names, customers = _list_services(notices, {state})
        if names:
            title = title or f"Planned ({words}): {names}"
            texts.append(f"{words.capitalize()}: {customers}")
    return _Event(day, title, ". ".join(texts), ("effect", day.isoformat(), *keys))


def _list_services(notices: Iterable[NoticeStatus], states: AbstractSet[State]) -> tuple[str, str]:
    """Return the services in one of some states, and the customers for whom they are.

    A customer for whom only some of these services are in such a state is named with them.
    """
    services = {
        notice.customer or ALL_CUSTOMERS: dict.fromkeys(
            service.name for service in notice.services if service.state in states
        )
        for notice in notices
        if any(map(notice.has, states))
    }
    every = dict.fromkeys(name for names in services.values() for name in names)
    customers = [
        customer if len(names) == len(every) else f"{customer} ({join_words(names)})"
        for customer, names in services.items()
    ]
    return join_words(every), join_first_words(customers)


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
