"""Ledgers for tests: lines as earlier versions wrote them, and the names next to a ledger."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from subproc_cli.notice.ledger import ledger
from subproc_cli.notice.ledger.events import build_revision_record
from subproc_cli.notice.plan import Notice

INITIAL_HASH = "0" * 64


def as_line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def with_hash(entry: dict[str, Any]) -> bytes:
    """Return a line with the hash of what it states."""
    content = {key: value for key, value in entry.items() if key != "hash"}
    return as_line(content | {"hash": sha256(as_line(content)).hexdigest()})


def build_old_line(notice: Notice, letter: bytes, previous: str) -> bytes:
    """Return a line of `subproc/sent/1`, which versions before 1.0 wrote."""
    customer, changes = notice.customer, (*notice.changes, *notice.informational_changes)
    addresses = [*(customer.address or ())] if customer else []
    return with_hash(
        {
            "schema": "subproc/sent/1",
            "recorded": "2024-02-01T12:00:00+00:00",
            "customer": customer.name if customer else None,
            "address": addresses[0] if addresses else None,
            "addresses": addresses,
            "cc": [*(customer.cc or ())] if customer else [],
            "language": str(notice.language),
            "sent": notice.sent.isoformat(),
            "effective": notice.effective.isoformat(),
            "object_by": notice.object_by.isoformat() if notice.object_by else None,
            "old": build_revision_record(notice.revisions[0]),
            "new": build_revision_record(notice.revisions[1]),
            "changes": [change.fingerprint for change in changes],
            "about": [change.topic_key for change in changes],
            "letter": sha256(letter).hexdigest(),
            "previous": previous,
        }
    )


def list_events(path: Path, *kinds: str) -> list[tuple[str | None, str]]:
    """Return the customer and the kind of each line of a ledger, of some kinds only if they are named."""
    entries = ledger.read_ledger(path).entries
    found = [(entry["customer"], entry.get("event", "issued")) for entry in entries]
    return [row for row in found if not kinds or row[1] in kinds]
