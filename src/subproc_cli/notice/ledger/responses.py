"""What customers answer to notices: which notice an answer is about, and whether it can be right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS
from subproc_cli.enums import Level
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers.customers import Authorisation
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.events import build_response_event
from subproc_cli.notice.ledger.people import Entry
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.suggest import suggest
from subproc_cli.text import fold, join_words, parse_day, slugify

RESPONSES = {
    "objection": EventKind.OBJECTION,
    "acknowledgement": EventKind.ACKNOWLEDGEMENT,
    "approval": EventKind.APPROVAL,
    "bounce": EventKind.BOUNCED,
    "withdrawal": EventKind.WITHDRAWAL,
}
"""The answers that can be recorded, by the word that is typed."""
_DECISIONS = frozenset((EventKind.OBJECTION, EventKind.APPROVAL, EventKind.WITHDRAWAL))


class Response(NamedTuple):
    """An answer that can be recorded.

    Attributes:
        event: the line of the ledger, without whom it is about.
        customer: the name of the customer, as the ledger writes it.
        summary: what is recorded, as a sentence without its full stop.
        remark: what is unusual about it; mostly nothing.
    """

    event: dict[str, Any]
    customer: str
    summary: str
    remark: str


class Decision(NamedTuple):
    """The last word of a customer on a service.

    Attributes:
        kind: objection, approval or withdrawal.
        day: the day of the answer.
        note: what was noted with it; empty without a note.
        notices: the hashes of the lines of the notices that it is about.
        before: of a withdrawal, the decision that is withdrawn; None if the ledger has none.
        recorded: the moment of the record (ISO 8601, UTC); empty if it is not known.
    """

    kind: EventKind
    day: date
    note: str
    notices: tuple[str, ...]
    before: "Decision | None" = None
    recorded: str = ""


def find_decisions(entries: Iterable[Entry]) -> dict[tuple[str, str], Decision]:
    """Return the last decision of each customer on each service, by the name and the id."""
    decisions: dict[tuple[str, str], Decision] = {}
    for entry in entries:
        kind = get_kind(entry)
        if kind in _DECISIONS:
            day = parse_day(entry["day"]) or date.min
            note, notices = entry.get("note") or "", tuple(entry.get("notices", ()))
            decision = Decision(EventKind(kind), day, note, notices, recorded=entry.get("recorded") or "")
            for service in entry.get("services", ()):
                key = entry["customer"], service
                before = decisions.get(key) if kind == EventKind.WITHDRAWAL else None
                decisions[key] = decision._replace(before=before)
    return decisions


def list_told_services(entry: Entry) -> dict[str, str]:
    """Return the names of the services whose changes a notice is about, by their ids."""
    return {
        told["service"]: told["name"] or told["service"]
        for told in entry.get("told") or ()
        if told["service"] and told["level"] == Level.NOTICE
    }


class Answered(NamedTuple):
    """An answer, as it is typed.

    Attributes:
        customer: the name of the customer.
        word: the word for the answer.
        services: the ids or names of the services that it is about; empty for those of the last notice.
        day: the day of the answer.
        channel: how it came.
    """

    customer: str
    word: str
    services: tuple[str, ...]
    day: date
    channel: str | None


def build_response(entries: Entries, answered: Answered) -> Response:
    """Return an answer of a customer that can be recorded.

    Raises:
        UsageError: the ledger knows no such customer, notice or service, or nothing that can be withdrawn.
    """
    customer, word, services, day, channel = answered
    kind, name = RESPONSES[word], _find_customer(entries, customer)
    notices = [entry for entry in entries if _is_notice_to(entry, name)]
    if not notices:
        raise UsageError(f"the ledger has no notice to {name}", "to see all notices: subproc status")
    keys = _find_services(notices, services, name) or _find_default_services(entries, notices, kind, name)
    if kind is EventKind.WITHDRAWAL:
        _require_decisions(entries, name, keys)
    about = _find_last_notices(notices, keys)
    first_day = min(parse_day(entry["sent"]) or day for entry in about)
    if day < first_day:
        message = f"--on {day} is before {first_day}, the day of the notice"
        raise UsageError(message, "name the day of the answer")
    event = build_response_event(kind, day.isoformat(), about, keys, channel)
    names = {key: text for entry in about for key, text in list_told_services(entry).items()}
    objects = join_words([names.get(key, key) for key in keys]) or "the notice"
    return Response(event, name, f"{word} of {name}: {objects}", _describe_late_answer(kind, about, day))


def _describe_late_answer(kind: EventKind, about: Iterable[Entry], day: date) -> str:
    deadlines = [deadline for entry in about if (deadline := parse_day(entry.get("object_by") or ""))]
    if kind is EventKind.OBJECTION and deadlines and day > max(deadlines):
        return f"the last day to object was {max(deadlines)}"
    return ""


def _is_notice_to(entry: Entry, customer: str) -> bool:
    kind = get_kind(entry)
    is_notice = kind in {EventKind.ISSUED, EventKind.SENT, EventKind.WRITTEN, EventKind.ATTEMPTED}
    return is_notice and entry["customer"] in {customer, None}


def _find_customer(entries: Entries, customer: str) -> str:
    """Return the name of a customer as the ledger writes it.

    Raises:
        UsageError: there is no such customer.
    """
    names: dict[str, None] = dict.fromkeys(entry["customer"] for entry in entries if entry["customer"])
    folded = {fold(name): name for name in names}
    if fold(customer) in folded:
        return folded[fold(customer)]
    if any(entry["customer"] is None for entry in entries):
        return customer  # a notice to all went to this one as well
    hint = suggest(customer, names) or "to see all customers: subproc status"
    raise UsageError(f"the ledger has no customer {customer!r}", hint)


def _find_services(notices: Sequence[Entry], services: Sequence[str], customer: str) -> list[str]:
    """Return the ids of services that a customer was notified of.

    Raises:
        UsageError: the customer was not notified of one of them.
    """
    known = {key: name for entry in notices for key, name in list_told_services(entry).items()}
    by_word = {slugify(word): key for key, name in known.items() for word in (name, key)}
    for service in services:
        if slugify(service) not in by_word:
            hint = suggest(service, [*known, *known.values()]) or f"notified of: {join_words(known)}"
            raise UsageError(f"{customer} was not notified of {service!r}", hint)
    return [*dict.fromkeys(by_word[slugify(service)] for service in services)]


def _find_default_services(
    entries: Entries, notices: Sequence[Entry], kind: EventKind, customer: str
) -> list[str]:
    """Return the services of the last notice; of a withdrawal, those with a decision that can be withdrawn.

    Raises:
        UsageError: there is nothing to withdraw.
    """
    if kind is not EventKind.WITHDRAWAL:
        return [*list_told_services(notices[-1])]
    decided = [
        service
        for (name, service), decision in find_decisions(entries).items()
        if name == customer and decision.kind is not EventKind.WITHDRAWAL
    ]
    if not decided:
        raise UsageError(f"{customer} has neither objected nor approved", "to see all: subproc status")
    return decided


def _require_decisions(entries: Entries, customer: str, services: Sequence[str]) -> None:
    """Refuse the withdrawal of an answer that the ledger does not have.

    Raises:
        UsageError: the customer neither objected to a service nor approved it, or withdrew its answer.
    """
    decisions = find_decisions(entries)
    for service in services:
        decision = decisions.get((customer, service))
        if decision is None or decision.kind is EventKind.WITHDRAWAL:
            raise UsageError(
                f"{customer} has no objection or approval of {service!r} to withdraw",
                "to see all: subproc status",
            )


def _find_last_notices(notices: Sequence[Entry], services: Sequence[str]) -> list[Entry]:
    """Return the last notice of each service, the first one first; without services, the last notice."""
    found: dict[str, Entry] = {}
    for service in services:
        for entry in notices:
            if service in list_told_services(entry):
                found[service] = entry
    hashes = {entry["hash"] for entry in found.values()}
    return [entry for entry in notices if entry["hash"] in hashes] or [notices[-1]]


def iter_open_objections(entries: Iterable[Entry]) -> Iterator[tuple[str, str, Decision]]:
    """Yield the objections that were not withdrawn: customer, id of the service, and objection."""
    for (customer, service), decision in find_decisions(entries).items():
        if decision.kind is EventKind.OBJECTION:
            yield customer, service, decision


def find_missing_approvals(entries: Sequence[Entry]) -> Mapping[tuple[str, str], Entry]:
    """Return the services whose use customers with a specific authorisation have not authorised.

    An approval covers the letter that it answers. It does not cover a later letter that amends what was
    approved: the authorisation under Art. 28(2) GDPR is for a service with the facts that were stated.

    Returns:
        The last notice that a service begins, by the name of the customer and the id of the service.
    """
    asked = {
        (entry["customer"], told["service"] or ""): entry
        for entry in entries
        if get_kind(entry) in {EventKind.ISSUED, EventKind.SENT} and _is_specific(entry)
        for told in entry.get("told") or ()
        if told["kind"] in FULL_CONTENT_KINDS
    }
    approved = find_approved_letters(entries)
    return {
        key: entry for key, entry in asked.items() if entry.get("letter", "") not in approved.get(key, ())
    }


def needs_approval(entry: Entry, told: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a letter asks its customer to authorise one of its changes."""
    return _is_specific(entry) and any(map(_is_asked, told))


def _is_asked(told: Mapping[str, Any]) -> bool:
    """Return whether a letter asks to authorise a change; earlier versions recorded its kind only."""
    kind = KINDS_BY_NAME.get(told["kind"])
    return bool(told.get("asked", kind and kind.can_widen))


def _is_specific(entry: Entry) -> bool:
    return entry.get("authorisation") == Authorisation.SPECIFIC


def find_approved_letters(entries: Sequence[Entry]) -> Mapping[tuple[str, str], set[str]]:
    """Return the letters that each customer approved for each service, and did not object to afterwards."""
    letters = {entry["hash"]: entry["letter"] for entry in entries if "letter" in entry}
    last: dict[str, str] = {}
    approved: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        kind = get_kind(entry)
        if kind in {EventKind.ISSUED, EventKind.SENT} and _is_specific(entry):
            last[entry["customer"]] = entry.get("letter", "")
        elif kind in _DECISIONS:
            answered = {letters[each] for each in entry.get("notices", ()) if each in letters}
            for key in ((entry["customer"], service) for service in entry.get("services", ())):
                known = approved.setdefault(key, set())
                if kind == EventKind.APPROVAL:
                    known |= answered or {last.get(entry["customer"], "")}
                else:
                    known -= answered or {*known}
    return approved
