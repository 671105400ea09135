"""The report of all notices of a ledger: `subproc status`."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.notice.customers.customers import ALL_CUSTOMERS
from subproc_cli.notice.ledger.chain import Ledger
from subproc_cli.notice.ledger.customer_history import iter_history
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.responses import Decision
from subproc_cli.notice.ledger.status import NoticeStatus, ServiceStatus, State, list_unreached
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Paragraph,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.text import join_first_words, join_words

REASONS = {
    EventKind.WRITTEN: "no address",
    EventKind.ATTEMPTED: "handed over to the mail server, whose answer is not known",
    EventKind.DEFERRED: "the mail server did not accept the mail yet",
    EventKind.REFUSED: "the mail server refused the mail",
    EventKind.BOUNCED: "the notice came back",
}

_LEGEND = (
    "Issued: you stated that you send the notice yourself. Sent: a mail server accepted the mail, or you "
    "recorded how the notice was sent. Neither proves receipt. Missed: no address, not accepted, returned, "
    "or the answer of the mail server is not known."
)
_COLUMNS = (
    "customer", "addresses", "sent", "delivery", "channel", "old", "new", "service", "name", "kinds",
    "effective", "object_by", "state", "decision", "decided", "note", "acknowledged",
    "delivery_day", "delivery_recorded", "answer", "decision_recorded",
)  # fmt: skip


class StatusReport(NamedTuple):
    """The notices of a ledger on a day.

    Attributes:
        ledger: the ledger.
        notices: the notices that are shown.
        as_of: the day.
        customer: the only customer that is shown; None if all are.
    """

    ledger: Ledger
    notices: tuple[NoticeStatus, ...]
    as_of: date
    customer: str | None = None

    def to_document(self) -> Page:
        """Return the notices by run, and what is open."""
        customers = {notice.customer for notice in self.notices}
        head = (
            f"{format_count(len(self.notices), 'notice')} for {format_count(len(customers), 'customer')}, "
            f"as of {self.as_of}"
        )
        blocks: list[Any] = [Heading(make_line(emphasize(head)), 1)]
        if self.notices:
            heads = (
                "dated",
                "versions",
                "issued",
                "sent",
                "missed",
                "open until",
                "objections",
                "effective",
            )
            blocks += [Table(heads, tuple(self._iter_run_rows())), Paragraph(make_line(dim(_LEGEND)))]
        parts = {
            "Objections": self._iter_objections(),
            "Objections withdrawn": self._iter_withdrawn_objections(),
            "Authorisation missing": self._iter_missing_approvals(),
            "Authorisation given": self._iter_given_approvals(),
            "Open periods": self._iter_open_periods(),
            "Receipt confirmed": self._iter_acknowledged(),
            "Last notice missed": self._iter_unreached(),
            "History": self._iter_history(),
        }
        for title, lines in parts.items():
            items = tuple(lines)
            blocks += [Heading(make_line(title)), Bullets(items)] if items else []
        return tuple(blocks)

    def _iter_history(self) -> Iterator[Line]:
        if self.customer is not None:
            yield from iter_history(self.ledger.entries, self.customer, self.as_of)

    def _iter_run_rows(self) -> Iterator[tuple[Line, ...]]:
        groups: dict[tuple[str, str], list[NoticeStatus]] = {}
        for notice in self.notices:
            versions = f"{notice.entry['old']['version']} to {notice.entry['new']['version']}"
            groups.setdefault((notice.entry["sent"], versions), []).append(notice)
        for (sent, versions), group in groups.items():
            reached = [notice for notice in group if notice.is_reached]
            until = [notice.object_by for notice in reached if notice.has(State.OPEN) and notice.object_by]
            objections = sum(
                service.state is State.OBJECTION for notice in group for service in notice.services
            )
            cells = (
                sent,
                versions,
                str(sum(notice.delivery is EventKind.ISSUED for notice in reached)),
                str(sum(notice.delivery is EventKind.SENT for notice in reached)),
                str(len(group) - len(reached)),
                max(until).isoformat() if until else "",
                str(objections),
                _format_effective(group),
            )
            yield tuple(make_line(cell) for cell in cells)

    def _iter_services(self, state: State) -> Iterator[tuple[NoticeStatus, ServiceStatus]]:
        for notice in self.notices:
            for service in notice.services:
                if service.state is state:
                    yield notice, service

    def _iter_objections(self) -> Iterator[Line]:
        for notice, service in self._iter_services(State.OBJECTION):
            decision = service.decision
            if decision is None:
                continue
            late = notice.object_by and decision.day > notice.object_by
            detail = f": {service.name}, {decision.day}" + (" (after the last day to object)" if late else "")
            settle = "to settle" if self.as_of < notice.effective else "not settled"
            yield make_line(
                emphasize(notice.customer or ALL_CUSTOMERS),
                f"{detail}; {settle} before {notice.effective}{_format_note(decision)}",
            )

    def _iter_withdrawn_objections(self) -> Iterator[Line]:
        """Yield each withdrawn objection once: a later notice of the same service does not repeat it."""
        answered: dict[tuple[str | None, str], list[tuple[NoticeStatus, ServiceStatus]]] = {}
        for notice in self.notices:
            for service in notice.services:
                if service.state in {State.OPEN, State.CLOSED}:
                    answered.setdefault((notice.customer, service.key), []).append((notice, service))
        for (customer, _), pairs in answered.items():
            service = pairs[-1][1]
            decision = service.decision
            objection = decision.before if decision else None
            if decision and objection and objection.kind is EventKind.OBJECTION:
                letters = self._find_letters(objection.notices)
                notices = [notice for notice, _ in pairs]
                notice = next((each for each in notices if each.entry["letter"] in letters), notices[-1])
                detail = f": {service.name}, {objection.day}{_format_note(objection)}"
                late = _format_late_decision(decision, notice)
                withdrawn = f"; withdrawn {decision.day}{late}{_format_note(decision)}"
                yield make_line(emphasize(customer or ALL_CUSTOMERS), detail + withdrawn)

    def _find_letters(self, hashes: Iterable[str]) -> set[str]:
        """Return the letters of some lines of the ledger."""
        wanted = {*hashes}
        return {
            entry["letter"] for entry in self.ledger.entries if entry["hash"] in wanted and "letter" in entry
        }

    def _iter_missing_approvals(self) -> Iterator[Line]:
        for notice in self.notices:
            names = [each.name for each in notice.services if each.state is State.AWAITING_APPROVAL]
            if names:
                detail = (
                    f": {join_words(names)} (notice of {notice.entry['sent']}); not before its authorisation"
                )
                yield make_line(emphasize(notice.customer or ALL_CUSTOMERS), detail)

    def _iter_given_approvals(self) -> Iterator[Line]:
        for notice, service in self._iter_services(State.APPROVED):
            if service.decision:
                late = _format_late_decision(service.decision, notice)
                detail = f": {service.name}, {service.decision.day}{late} (notice of {notice.entry['sent']})"
                yield make_line(emphasize(notice.customer or ALL_CUSTOMERS), detail)

    def _iter_open_periods(self) -> Iterator[Line]:
        days: dict[date, list[str]] = {}
        for notice in self.notices:
            if notice.has(State.OPEN) and notice.object_by:
                days.setdefault(notice.object_by, []).append(notice.customer or ALL_CUSTOMERS)
        for day, names in sorted(days.items()):
            yield make_line(emphasize(f"until {day}"), f": {join_first_words(names)}")

    def _iter_acknowledged(self) -> Iterator[Line]:
        for notice in self.notices:
            if notice.acknowledged:
                detail = f": {notice.acknowledged} (notice of {notice.entry['sent']})"
                yield make_line(emphasize(notice.customer or ALL_CUSTOMERS), detail)

    def _iter_unreached(self) -> Iterator[Line]:
        for notice in list_unreached(self.notices):
            day = f" on {notice.delivery_day}" if notice.delivery is EventKind.BOUNCED else ""
            reason = REASONS[notice.delivery] + day
            name = notice.customer or ALL_CUSTOMERS
            yield make_line(emphasize(name), f": {reason} (notice of {notice.entry['sent']})")

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/status/1`."""
        return {
            "schema": "subproc/status/1",
            "at": self.as_of.isoformat(),
            "lines": len(self.ledger.entries),
            "last_hash": self.ledger.last_hash,
            "notices": [_build_notice_record(notice) for notice in self.notices],
            "not_reached": [
                {
                    "customer": notice.customer,
                    "delivery": str(notice.delivery),
                    "sent": notice.entry["sent"],
                    "reason": REASONS[notice.delivery],
                }
                for notice in list_unreached(self.notices)
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service of each notice."""
        yield _COLUMNS
        for notice in self.notices:
            entry = notice.entry
            for service in notice.services:
                decision = service.decision
                yield (
                    notice.customer or "",
                    "; ".join(entry.get("addresses", ())),
                    entry["sent"],
                    str(notice.delivery),
                    entry.get("channel") or "",
                    entry["old"]["version"],
                    entry["new"]["version"],
                    service.key,
                    service.name,
                    "; ".join(service.kinds),
                    entry["effective"],
                    entry.get("object_by") or "",
                    str(service.state),
                    str(decision.kind) if decision else "",
                    decision.day.isoformat() if decision else "",
                    decision.note if decision else "",
                    notice.acknowledged.isoformat() if notice.acknowledged else "",
                    notice.delivery_day.isoformat(),
                    entry.get("recorded") or "",
                    entry.get("answer") or "",
                    decision.recorded if decision else "",
                )


def _format_effective(notices: Iterable[NoticeStatus]) -> str:
    days = {notice.effective for notice in notices}
    return f"from {min(days)}" if len(days) > 1 else min(days).isoformat()


def _format_late_decision(decision: Decision, notice: NoticeStatus) -> str:
    is_late = decision.day >= notice.effective
    return f" (not before the effective date, {notice.effective})" if is_late else ""


def _format_note(decision: Decision) -> str:
    return f"; {decision.note}" if decision.note else ""


def _build_notice_record(notice: NoticeStatus) -> dict[str, Any]:
    entry = notice.entry
    return {
        "customer": notice.customer,
        "addresses": [*entry.get("addresses", ())],
        "sent": entry["sent"],
        "delivery": str(notice.delivery),
        "channel": entry.get("channel"),
        "delivery_day": notice.delivery_day.isoformat(),
        "delivery_recorded": entry.get("recorded"),
        "answer": entry.get("answer"),
        "old": entry["old"],
        "new": entry["new"],
        "effective": entry["effective"],
        "object_by": entry.get("object_by"),
        "authorisation": entry.get("authorisation"),
        "acknowledged": notice.acknowledged.isoformat() if notice.acknowledged else None,
        "letter": entry["letter"],
        "services": [
            {
                "service": service.key or None,
                "name": service.name,
                "kinds": [*service.kinds],
                "texts": [*service.sentences],
                "state": str(service.state),
                "decision": str(service.decision.kind) if service.decision else None,
                "decided": service.decision.day.isoformat() if service.decision else None,
                "decision_recorded": (service.decision and service.decision.recorded) or None,
                "note": (service.decision and service.decision.note) or None,
            }
            for service in notice.services
        ],
    }
