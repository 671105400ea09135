"""The ledger of the notices that were issued: one JSON line each, with the hash of the line before it.

A line is the sender's word that a notice goes out; that it arrived, or left at all, no line can say.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.diff.change import Change, parse_version
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.field_types import is_version
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day

SCHEMA = "subproc/sent/1"
MAX_BYTES = 256 * 1024 * 1024
"""Largest ledger that is read; half a million letters take about as much."""
INITIAL_HASH = "0" * 64
"""Stands for the hash of the line before the first one."""


_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


class ChainError(NamedTuple):
    """A line that does not stand as it was written, counted from 1, and what is wrong with it."""

    line: int
    message: str


Entries: TypeAlias = tuple[Mapping[str, Any], ...]


class Ledger(NamedTuple):
    """The lines of a ledger that is whole.

    Attributes:
        entries: what was issued, in the order in which it was recorded.
        last_hash: the hash of the last line; whoever keeps it elsewhere can tell that no line is gone.
    """

    entries: Entries
    last_hash: str


_TRUNCATED = "the line is cut off: it has no end (if a run was interrupted there, delete it and run again)"


def parse_ledger(content: bytes) -> Ledger | ChainError:
    """Return the entries of a ledger, or its first line that breaks the chain."""
    entries: list[Mapping[str, Any]] = []
    last = INITIAL_HASH
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line and number == content.count(b"\n") + 1:
            return Ledger(tuple(entries), last)
        entry = _parse_entry(line)
        if entry is None:
            if number == content.count(b"\n") + 1:
                return ChainError(number, _TRUNCATED)
            return ChainError(number, "the line is no entry of a ledger")
        if entry["previous"] != last:
            before = f"line {number - 1}" if number > 1 else "a first line"
            return ChainError(number, f"the line does not follow {before}: it names another hash")
        if entry["hash"] != _compute_hash(entry):
            return ChainError(number, "the line was changed after it was written: its hash is another")
        entries.append(entry)
        last = entry["hash"]
    return ChainError(content.count(b"\n") + 1, _TRUNCATED)


def _parse_entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        canonical = _serialize(found) == line + b"\n"  # no second spelling of the same entry
    except (ValueError, RecursionError):
        return None
    return found if canonical and _is_entry(found) else None


def _is_entry(value: Any) -> bool:
    """Tell whether everything is there that is read of an entry, and is what it has to be."""
    match value:
        case {
            "schema": schema,
            "customer": str() | None,
            "changes": [*changes],
            "about": [*about],
            "new": {"version": str(version), "date": str(day), "sha256": str()},
            "previous": str(),
            "hash": str(),
        }:
            digits = {*map(type, changes), *map(type, about)} <= {str}
            revision = is_version(version) and parse_day(day) is not None
            return schema == SCHEMA and digits and revision and len(changes) == len(about)
        case _:
            return False


def _compute_hash(entry: Mapping[str, Any]) -> str:
    content = {key: value for key, value in entry.items() if key != "hash"}
    return sha256(_serialize(content)).hexdigest()


def _serialize(entry: Mapping[str, Any]) -> bytes:
    return _ENCODER.encode(entry).encode() + b"\n"


def build_next_line(ledger: Ledger, notice: Notice, letter: bytes, recorded: str) -> bytes:
    """Return the line that says that a notice was issued.

    Args:
        ledger: what stands in the ledger before it.
        notice: what is issued to whom.
        letter: the bytes of its letter.
        recorded: the moment of the record (ISO 8601, UTC).
    """
    customer, changes = notice.customer, (*notice.changes, *notice.informational_changes)
    entry: dict[str, Any] = {
        "schema": SCHEMA,
        "recorded": recorded,
        "customer": customer.name if customer else None,
        "address": customer.address if customer else None,
        "language": str(notice.language),
        "sent": notice.sent.isoformat(),
        "effective": notice.effective.isoformat(),
        "object_by": notice.object_by.isoformat() if notice.object_by else None,
        "old": _build_revision_record(notice.revisions[0]),
        "new": _build_revision_record(notice.revisions[1]),
        "changes": [each.fingerprint for each in changes],
        "about": [each.topic_key for each in changes],
        "letter": sha256(letter).hexdigest(),
        "previous": ledger.last_hash,
    }
    return _serialize(entry | {"hash": _compute_hash(entry)})


def advance(ledger: Ledger, line: bytes) -> Ledger:
    """Return where a ledger stands behind one more line; its entries stay those that were read."""
    entry = json.loads(line)
    return Ledger(ledger.entries, entry["hash"])


def _build_revision_record(registry: Registry) -> dict[str, str]:
    model = registry.model
    return {"version": model.version, "date": model.date.isoformat(), "sha256": registry.sha256}


class SentIndex:
    """Remembers who was told of what.

    A line about a customer without an address told nobody: there was no way to reach it.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries_by_topic: dict[tuple[str | None, str], list[tuple[str, Mapping[str, Any]]]] = {}
        for entry in entries:
            if entry["customer"] is not None and not entry.get("address"):
                continue
            for topic_key, fingerprint in zip(entry["about"], entry["changes"], strict=True):
                self._entries_by_topic.setdefault((entry["customer"], topic_key), []).append(
                    (fingerprint, entry)
                )

    def is_notified(self, customer: str | None, change: Change, known: Registry) -> bool:
        """Return whether a customer was told of a change already.

        A change that came back after it was told is a new one: what was told of a revision older than the one
        that customers know now, or of that one, does not count. Nor does what a later letter told otherwise.

        Args:
            customer: the name of the customer; None for notices to all.
            change: the change.
            known: the revision that customers know.
        """
        return self.find_entry(customer, change, known) is not None

    def find_entry(self, customer: str | None, change: Change, known: Registry) -> Mapping[str, Any] | None:
        """Return the line of the notice that told a customer of a change; None if none did."""
        fingerprint, entry = self._find_last(customer, change, known)
        return entry if fingerprint == change.fingerprint else None

    def find_earlier_notice(self, customer: str | None, change: Change, known: Registry) -> date | None:
        """Return the day of the last notice that told a customer something else of what a change is about."""
        fingerprint, entry = self._find_last(customer, change, known)
        differs = entry is not None and fingerprint != change.fingerprint
        return parse_day(str(entry.get("sent"))) if entry and differs else None

    def _find_last(
        self, customer: str | None, change: Change, known: Registry
    ) -> tuple[str, Mapping[str, Any] | None]:
        now = _build_revision_record(known)
        told = self._entries_by_topic.get((customer, change.topic_key), ())
        since = [
            (fingerprint, entry)
            for fingerprint, entry in told
            if _sort_key(entry["new"]) >= _sort_key(now) and entry["new"]["sha256"] != now["sha256"]
        ]
        return since[-1] if since else ("", None)


def _sort_key(revision: Mapping[str, str]) -> tuple[str, tuple[int, ...]]:
    return revision["date"], parse_version(revision["version"])
