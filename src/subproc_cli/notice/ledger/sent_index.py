"""Which changes each customer was notified of, from the lines of a ledger."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.diff.change import Change, parse_version
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.recipients import ExclusionReason
from subproc_cli.notice.ledger.chain import Entries, Entry
from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.events import build_revision_record
from subproc_cli.notice.plan import Plan
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day

RecordedEntries: TypeAlias = Mapping[Customer | None, Sequence[Mapping[str, Any]]]
"""The ledger lines on earlier notices, for each customer without a notice now."""


Revision: TypeAlias = Mapping[str, str]
"""How a line names a revision of a list."""


class SentIndex:
    """Records which customers were notified of which changes.

    A customer counts as notified from the event `issued` or `sent` on, until the letter bounces or the mail
    server refuses it. A line about a customer without an address does not count, since there was no way to
    reach it, unless it states how the letter was sent.
    """

    def __init__(self, entries: Entries) -> None:
        self._notices: dict[str | None, list[Entry]] = {}
        self._returned: dict[str | None, list[Entry]] = {}
        self._last_returned: dict[str | None, Entry] = {}
        self.entries = entries
        for entry in entries:
            self._add(entry)
        self._entries_by_topic: dict[tuple[str | None, str], list[tuple[str, Entry]]] = {}
        for customer, notices in self._notices.items():
            for entry in notices:
                for topic_key, fingerprint in zip(entry["about"], entry["changes"], strict=True):
                    found = self._entries_by_topic.setdefault((customer, topic_key), [])
                    found.append((fingerprint, entry))

    def _add(self, entry: Entry) -> None:
        customer, kind = entry["customer"], get_kind(entry)
        notices = self._notices.setdefault(customer, [])
        if kind == EventKind.SENT or (
            kind == EventKind.ISSUED and (customer is None or entry.get("address"))
        ):
            notices.append(entry)
            if kind == EventKind.SENT and entry.get("channel") == "mail":
                self._last_returned.pop(customer, None)  # a later mail was accepted
        elif kind in {EventKind.BOUNCED, EventKind.REFUSED}:
            hashes = {*entry.get("notices", ())}
            letters = {each["letter"] for each in notices if each["hash"] in hashes} | {entry.get("letter")}
            returned = [each for each in notices if each["letter"] in letters]
            self._returned.setdefault(customer, []).extend(returned)
            if returned:
                self._last_returned[customer] = returned[-1]
            self._notices[customer] = [each for each in notices if each["letter"] not in letters]

    def list_notices(self, customer: str | None) -> Sequence[Entry]:
        """Return the lines of the notices that reached a customer, or everybody, as far as is known."""
        return self._notices.get(customer, ())

    def find_returned_notice(self, customer: Customer) -> Entry | None:
        """Return the last notice that came back, if the customer still has its address.

        A notice that came back does not count after the mail server has accepted a later one.
        """
        returned = self._last_returned.get(customer.name)
        if returned and {*(customer.address or ())} & {*returned.get("addresses", ())}:
            return returned
        return None

    def find_known_revision(self, customer: str) -> Revision | None:
        """Return the last revision that a customer was notified of; None if it never was.

        A customer whose only notice came back knows the revision that the notice starts from.
        """
        told: list[Revision] = [
            entry["new"] for name in (customer, None) for entry in self.list_notices(name)
        ]
        if told:
            return max(told, key=sort_revision)
        returned: list[Revision] = [
            entry["old"] for entry in self._returned.get(customer, ()) if entry.get("old")
        ]
        return min(returned, key=sort_revision) if returned else None

    def is_notified(self, customer: str | None, change: Change, known: Registry) -> bool:
        """Return whether a customer was notified of a change already.

        A change that is undone and made again is a new one, so only notices about revisions after the one
        that customers know now count. A notice that a later letter corrects does not count.

        Args:
            customer: the name of the customer; None for notices to all.
            change: the change.
            known: the revision that customers know.
        """
        return self.find_entry(customer, change, known) is not None

    def find_entry(self, customer: str | None, change: Change, known: Registry) -> Mapping[str, Any] | None:
        """Return the line of the notice that informed a customer of a change; None if none did."""
        fingerprint, entry = self._find_last(customer, change, known)
        return entry if fingerprint == change.fingerprint else None

    def find_earlier_notice(self, customer: str | None, change: Change, known: Registry) -> date | None:
        """Return the day of the last notice that informed a customer otherwise of what a change is about."""
        entry = self.find_earlier_entry(customer, change, known)
        return parse_day(str(entry.get("sent"))) if entry else None

    def find_earlier_entry(
        self, customer: str | None, change: Change, known: Registry
    ) -> Mapping[str, Any] | None:
        """Return the line of the last notice that stated otherwise what a change is about."""
        fingerprint, entry = self._find_last(customer, change, known)
        return entry if entry is not None and fingerprint != change.fingerprint else None

    def _find_last(
        self, customer: str | None, change: Change, known: Registry
    ) -> tuple[str, Mapping[str, Any] | None]:
        now = build_revision_record(known)
        notices = self._entries_by_topic.get((customer, change.topic_key), ())
        since = [
            (fingerprint, entry)
            for fingerprint, entry in notices
            if sort_revision(entry["new"]) >= sort_revision(now) and entry["new"]["sha256"] != now["sha256"]
        ]
        return since[-1] if since else ("", None)


def sort_revision(revision: Mapping[str, str]) -> tuple[str, tuple[int, ...]]:
    """Return the sort key of revisions: their day, then their version."""
    return revision["date"], parse_version(revision["version"])


class RecordedHistory(NamedTuple):
    """What a ledger has as issued since the revision that customers know; the history of a plan.

    Attributes:
        sent_index: what the ledger holds.
        known: the revision that customers know.
        notifies_again: whether customers are notified again of what they were notified of already.
        load_revision: returns a revision that the ledger names; None if no copy of it is found.
    """

    sent_index: SentIndex
    known: Registry
    notifies_again: bool = False
    load_revision: Callable[[Revision], Registry | None] = lambda _: None

    def is_notified(self, customer: Customer | None, change: Change) -> bool:
        """Return whether a customer need not be notified of a change again."""
        name = customer.name if customer else None
        return not self.notifies_again and self.sent_index.is_notified(name, change, self.known)

    def find_earlier_notice(self, customer: Customer | None, change: Change) -> date | None:
        """Return the day of the last notice that informed a customer otherwise of a change."""
        return self.sent_index.find_earlier_notice(customer.name if customer else None, change, self.known)

    def load_earlier_list(self, customer: Customer | None, change: Change) -> Registry | None:
        """Return the list from which the last notice stated a change differently; None without a copy."""
        name = customer.name if customer else None
        entry = self.sent_index.find_earlier_entry(name, change, self.known)
        return self.load_revision(entry["new"]) if entry else None


def find_recorded_entries(
    plan: Plan, sent_index: SentIndex, revisions: tuple[Registry, Registry]
) -> RecordedEntries:
    """Return the ledger lines on earlier notices to customers without a notice now.

    These are the notices of the changes of which they were notified already, and any of the coming list: a
    customer who was caught up may have been notified of nothing else.

    Args:
        plan: the notices.
        sent_index: what the ledger holds.
        revisions: the list that customers know, and the coming one.
    """
    known, new = revisions
    recorded = {}
    for customer, excluded in plan.skipped:
        name = customer.name if customer else None
        entries = [
            sent_index.find_entry(name, exclusion.change, known)
            for exclusion in excluded
            if exclusion.reason is ExclusionReason.ALREADY_NOTIFIED
        ]
        entries += [entry for entry in sent_index.list_notices(name) if entry["new"]["sha256"] == new.sha256]
        by_hash = {str(entry["hash"]): entry for entry in entries if entry}
        if by_hash:
            recorded[customer] = tuple(by_hash.values())
    return recorded
