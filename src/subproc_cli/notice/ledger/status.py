"""The state of each notice of a ledger on a day, for each of its services."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from subproc_cli.enums import Level
from subproc_cli.notice.ledger.chain import Ledger
from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.people import Entry
from subproc_cli.notice.ledger.responses import (
    Decision,
    find_approved_letters,
    find_decisions,
    needs_approval,
)
from subproc_cli.text import parse_day


class State(StrEnum):
    """The state of a notice for one service."""

    NOT_REACHED = "not-reached"
    OBJECTION = "objection"
    APPROVED = "approved"
    AWAITING_APPROVAL = "awaiting-approval"
    REPLACED = "replaced"
    OPEN = "open"
    CLOSED = "closed"


_UNCERTAIN = frozenset(
    (
        EventKind.WRITTEN,
        EventKind.ATTEMPTED,
        EventKind.DEFERRED,
        EventKind.REFUSED,
        EventKind.BOUNCED,
    )
)
"""The last events of a letter after which its customer does not count as notified."""


_KNOWN_KINDS = frozenset(EventKind)


class ServiceStatus(NamedTuple):
    """The state of a notice for one service.

    Attributes:
        key: the id of the service; empty if the whole list is concerned.
        name: its name.
        kinds: the kinds of its changes.
        sentences: what the letter states of it.
        state: the state of the notice.
        decision: the last word of the customer; None if it has not decided.
    """

    key: str
    name: str
    kinds: tuple[str, ...]
    sentences: tuple[str, ...]
    state: State
    decision: Decision | None


class NoticeStatus(NamedTuple):
    """One letter to one customer.

    Attributes:
        customer: the name of the customer; None for all customers.
        entry: the line of its last delivery event, or of the notice.
        delivery: the last thing that happened to the letter.
        acknowledged: the day on which the customer confirmed that it received the notice.
        services: the services that it is about.
    """

    customer: str | None
    entry: Entry
    delivery: EventKind
    acknowledged: date | None
    services: tuple[ServiceStatus, ...]

    @property
    def object_by(self) -> date | None:
        """The last day to object."""
        return parse_day(self.entry.get("object_by") or "")

    @property
    def effective(self) -> date:
        """The day from which the changes apply."""
        return parse_day(self.entry["effective"]) or date.max

    @property
    def delivery_day(self) -> date:
        """The day of the last thing that happened to the letter."""
        return _find_day(self.entry)

    @property
    def is_reached(self) -> bool:
        """Whether the customer counts as notified."""
        return self.delivery not in _UNCERTAIN

    def has(self, state: State) -> bool:
        """Return whether the notice has a state for one of its services."""
        return any(service.state is state for service in self.services)


def find_notices(ledger: Ledger, as_of: date) -> tuple[NoticeStatus, ...]:
    """Return the state of each letter of a ledger on a day, in the order in which they were recorded."""
    entries = [entry for entry in ledger.entries if (_find_day(entry)) <= as_of]
    letters: dict[tuple[str | None, str], list[Entry]] = {}
    letter_by_hash: dict[str, tuple[str | None, str]] = {}
    acknowledged: dict[tuple[str | None, str], date] = {}
    for entry in entries:
        kind = get_kind(entry)
        if "letter" in entry and kind in _KNOWN_KINDS:
            key = entry["customer"], entry["letter"]
            letters.setdefault(key, []).append(entry)
            letter_by_hash[entry["hash"]] = key
        for digest in entry.get("notices", ()):
            key = letter_by_hash.get(digest, (None, ""))
            if kind == EventKind.BOUNCED and key in letters:
                returned = {"event": kind, "day": entry["day"], "recorded": entry.get("recorded")}
                letters[key].append({**letters[key][-1], **returned, "answer": entry.get("note")})
            elif kind == EventKind.ACKNOWLEDGEMENT:
                acknowledged[key] = _find_day(entry)
    decisions, approved = find_decisions(entries), find_approved_letters(entries)
    latest = _find_latest_letters(letters)
    found = []
    for key, events in letters.items():
        customer, entry = key[0], events[-1]
        delivery = EventKind(get_kind(entry))
        services = tuple(
            _build_service(entry, service, told, _State(delivery, decisions, approved, latest, as_of))
            for service, told in _group_told(entry)
        )
        found.append(NoticeStatus(customer, entry, delivery, acknowledged.get(key), services))
    return tuple(found)


def _find_day(entry: Entry) -> date:
    return parse_day(str(entry.get("day") or entry.get("sent"))) or date.min


class _State(NamedTuple):
    delivery: EventKind
    decisions: Mapping[tuple[str, str], Decision]
    approved: Mapping[tuple[str, str], set[str]]
    latest: Mapping[tuple[str | None, str], str]
    as_of: date

    def find(self, entry: Entry, service: str, told: Iterable[tuple[Mapping[str, Any], str]]) -> State:
        """Return the state of a notice for a service."""
        customer = entry["customer"]
        decision = self.decisions.get((customer, service))
        if self.delivery in _UNCERTAIN:
            return State.NOT_REACHED
        if all(self.latest[customer, topic] != entry["letter"] for _, topic in told):
            return State.REPLACED
        if decision and decision.kind is EventKind.OBJECTION:
            return State.OBJECTION
        is_approved = entry["letter"] in self.approved.get((customer, service), ())
        # The answer of a customer is about services, not about the terms of the list
        is_asked = bool(service) and needs_approval(entry, [change for change, _ in told])
        if is_asked and not is_approved:
            return State.AWAITING_APPROVAL
        if decision and decision.kind is EventKind.APPROVAL and is_approved:
            return State.APPROVED
        object_by = parse_day(entry.get("object_by") or "")
        is_open = object_by is not None and object_by >= self.as_of
        return State.OPEN if is_open else State.CLOSED


def _find_latest_letters(
    letters: Mapping[tuple[str | None, str], list[Entry]],
) -> dict[tuple[str | None, str], str]:
    """Return the last letter that reached a customer about each topic."""
    latest: dict[tuple[str | None, str], str] = {}
    for (customer, letter), events in letters.items():
        if get_kind(events[-1]) not in _UNCERTAIN:
            latest.update({(customer, topic): letter for topic in events[-1]["about"]})
    return latest


def _group_told(entry: Entry) -> Iterator[tuple[str, list[tuple[Mapping[str, Any], str]]]]:
    """Yield the changes of a notice by service, each with its topic; earlier versions recorded no words."""
    told = entry.get("told") or ()
    if len(told) != len(entry["about"]):
        told = [
            {"service": None, "name": None, "kind": "", "level": "notice", "text": ""} for _ in entry["about"]
        ]
    pairs = [pair for pair in zip(told, entry["about"], strict=True) if pair[0]["level"] == Level.NOTICE]
    for service, group in groupby(pairs, key=lambda pair: pair[0]["service"] or ""):
        yield service, list(group)


def _build_service(
    entry: Entry, service: str, told: list[tuple[Mapping[str, Any], str]], state: _State
) -> ServiceStatus:
    changes = [change for change, _ in told]
    return ServiceStatus(
        service,
        changes[0]["name"] or "the list",
        tuple(change["kind"] for change in changes if change["kind"]),
        tuple(change["text"] for change in changes if change["text"]),
        state.find(entry, service, told),
        state.decisions.get((entry["customer"], service)),
    )


def list_unreached(notices: Iterable[NoticeStatus]) -> list[NoticeStatus]:
    """Return the last letters of the customers whose last letter did not reach them."""
    last = {notice.customer: notice for notice in notices}
    return [notice for notice in last.values() if not notice.is_reached]
