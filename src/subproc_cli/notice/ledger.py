"""The ledger of the notices that were issued: one JSON line each, with the hash of the line before it.

A line is the sender's word that a notice goes out; that it arrived, or left at all, no line can say.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.diff.change import Change, numbers
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.field_types import is_version
from subproc_cli.registry.registry import Index
from subproc_cli.text import calendar_day

SCHEMA = "subproc/sent/1"
MAX_BYTES = 256 * 1024 * 1024
"""Largest ledger that is read; half a million letters take about as much."""
FIRST = "0" * 64
"""Stands for the hash of the line before the first one."""


_JSON = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


class Break(NamedTuple):
    """A line that does not stand as it was written, counted from 1, and what is wrong with it."""

    line: int
    message: str


Entries: TypeAlias = tuple[Mapping[str, Any], ...]


class Ledger(NamedTuple):
    """The lines of a ledger that is whole.

    Attributes:
        entries: what was issued, in the order in which it was recorded.
        last: the hash of the last line; whoever keeps it elsewhere can tell that no line is gone.
    """

    entries: Entries
    last: str


_CUT = "the line is cut off: it has no end (if a run was interrupted there, delete it and run again)"


def read(content: bytes) -> Ledger | Break:
    """Return the entries of a ledger, or its first line that breaks the chain."""
    entries: list[Mapping[str, Any]] = []
    last = FIRST
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line and number == content.count(b"\n") + 1:
            return Ledger(tuple(entries), last)
        entry = _entry(line)
        if entry is None:
            if number == content.count(b"\n") + 1:
                return Break(number, _CUT)
            return Break(number, "the line is no entry of a ledger")
        if entry["previous"] != last:
            before = f"line {number - 1}" if number > 1 else "a first line"
            return Break(number, f"the line does not follow {before}: it names another hash")
        if entry["hash"] != _digest(entry):
            return Break(number, "the line was changed after it was written: its hash is another")
        entries.append(entry)
        last = entry["hash"]
    return Break(content.count(b"\n") + 1, _CUT)


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        canonical = _line(found) == line + b"\n"  # no second spelling of the same entry
    except (ValueError, RecursionError):
        return None
    return found if canonical and _is_entry(found) else None


def _is_entry(found: Any) -> bool:
    """Tell whether everything is there that is read of an entry, and is what it has to be."""
    match found:
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
            revision = is_version(version) and calendar_day(day) is not None
            return schema == SCHEMA and digits and revision and len(changes) == len(about)
        case _:
            return False


def _digest(entry: Mapping[str, Any]) -> str:
    given = {key: value for key, value in entry.items() if key != "hash"}
    return sha256(_line(given)).hexdigest()


def _line(entry: Mapping[str, Any]) -> bytes:
    return _JSON.encode(entry).encode() + b"\n"


def following(ledger: Ledger, notice: Notice, letter: bytes, recorded: str) -> bytes:
    """Return the line that says that a notice was issued.

    Args:
        ledger: what stands in the ledger before it.
        notice: what is issued to whom.
        letter: the bytes of its letter.
        recorded: the moment of the record (ISO 8601, UTC).
    """
    customer, told = notice.customer, (*notice.changes, *notice.informed)
    entry: dict[str, Any] = {
        "schema": SCHEMA,
        "recorded": recorded,
        "customer": customer.name if customer else None,
        "address": customer.address if customer else None,
        "language": str(notice.language),
        "sent": notice.sent.isoformat(),
        "effective": notice.effective.isoformat(),
        "object_by": notice.object_by.isoformat() if notice.object_by else None,
        "old": _revision(notice.revisions[0]),
        "new": _revision(notice.revisions[1]),
        "changes": [each.fingerprint for each in told],
        "about": [each.about for each in told],
        "letter": sha256(letter).hexdigest(),
        "previous": ledger.last,
    }
    return _line(entry | {"hash": _digest(entry)})


def with_line(ledger: Ledger, line: bytes) -> Ledger:
    """Return where a ledger stands behind one more line; its entries stay those that were read."""
    entry = json.loads(line)
    return Ledger(ledger.entries, entry["hash"])


def _revision(index: Index) -> dict[str, str]:
    registry = index.registry
    return {"version": registry.version, "date": registry.date.isoformat(), "sha256": index.sha256}


class Memory:
    """Remembers who was told of what.

    A line about a customer without an address told nobody: there was no way to reach it.
    """

    def __init__(self, entries: Entries) -> None:
        self._told: dict[tuple[str | None, str], list[tuple[str, Mapping[str, Any]]]] = {}
        for entry in entries:
            if entry["customer"] is not None and not entry.get("address"):
                continue
            for about, fingerprint in zip(entry["about"], entry["changes"], strict=True):
                self._told.setdefault((entry["customer"], about), []).append((fingerprint, entry))

    def told(self, customer: str | None, change: Change, known: Index) -> bool:
        """Return whether a customer was told of a change already.

        A change that came back after it was told is a new one: what was told of a revision older than the one
        that customers know now, or of that one, does not count. Nor does what a later letter told otherwise.

        Args:
            customer: the name of the customer; None for notices to all.
            change: the change.
            known: the revision that customers know.
        """
        return self.entry(customer, change, known) is not None

    def entry(self, customer: str | None, change: Change, known: Index) -> Mapping[str, Any] | None:
        """Return the line of the notice that told a customer of a change; None if none did."""
        fingerprint, entry = self._last(customer, change, known)
        return entry if fingerprint == change.fingerprint else None

    def before(self, customer: str | None, change: Change, known: Index) -> date | None:
        """Return the day of the last notice that told a customer something else of what a change is about."""
        fingerprint, entry = self._last(customer, change, known)
        differs = entry is not None and fingerprint != change.fingerprint
        return calendar_day(str(entry.get("sent"))) if entry and differs else None

    def _last(
        self, customer: str | None, change: Change, known: Index
    ) -> tuple[str, Mapping[str, Any] | None]:
        now = _revision(known)
        told = self._told.get((customer, change.about), ())
        since = [
            (fingerprint, entry)
            for fingerprint, entry in told
            if _order(entry["new"]) >= _order(now) and entry["new"]["sha256"] != now["sha256"]
        ]
        return since[-1] if since else ("", None)


def _order(revision: Mapping[str, str]) -> tuple[str, tuple[int, ...]]:
    return revision["date"], numbers(revision["version"])
