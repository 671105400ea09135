"""The chain of a ledger: one JSON line for each event, with the hash of the previous line."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.line_fields import has_valid_fields
from subproc_cli.registry.field_types import is_version
from subproc_cli.text import parse_day

NOTICE_SCHEMA = "subproc/sent/1"
"""The lines of earlier versions: each is a notice that was issued, with names and addresses in the line."""
EVENT_SCHEMA = "subproc/event/1"
INITIAL_HASH = "0" * 64
"""The hash that the first line names as the hash of the previous line."""

_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)

Entry: TypeAlias = Mapping[str, Any]
Entries: TypeAlias = tuple[Entry, ...]


class ChainError(NamedTuple):
    """A line that was changed, counted from 1, and what is wrong with it."""

    line: int
    message: str


class Ledger(NamedTuple):
    """The lines of a ledger that is whole.

    Attributes:
        entries: what happened, in the order in which it was recorded.
        last_hash: the hash of the last line; anyone who keeps it elsewhere can verify that no line is gone.
    """

    entries: Entries
    last_hash: str


_TRUNCATED = "the line is cut off: it has no end (if a run was interrupted there, delete it and run again)"


def parse_ledger(content: bytes) -> Ledger | ChainError:
    """Return the entries of a ledger, or its first line that breaks the chain."""
    entries: list[Entry] = []
    last, line_numbers = INITIAL_HASH, {INITIAL_HASH: 0}
    lines = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line and number == len(lines):
            return Ledger(tuple(entries), last)
        entry = _parse_entry(line)
        if entry is None:
            if number == len(lines):
                return ChainError(number, _TRUNCATED)
            return ChainError(number, "the line is not an entry of a ledger")
        if entry["previous"] != last:
            return ChainError(number, _describe_wrong_order(entry, number, line_numbers))
        if entry["hash"] != _compute_hash(entry):
            return ChainError(number, "the line was changed after it was written: its hash is another")
        entries.append(entry)
        last = entry["hash"]
        line_numbers[last] = number
    return ChainError(len(lines), _TRUNCATED)


def _describe_wrong_order(entry: Entry, number: int, line_numbers: Mapping[str, int]) -> str:
    """Return what is wrong with a whole line that does not follow the line before it."""
    if entry["hash"] in line_numbers:
        return f"the line is line {line_numbers[entry['hash']]} again"
    follows = line_numbers.get(entry["previous"])
    if follows is not None:
        is_first = "is a first line as well"
        origin = f"follows line {follows}, as line {follows + 1} does" if follows else is_first
        return f"the line {origin}: two copies of a ledger were continued and then merged"
    before = f"line {number - 1}" if number > 1 else "a first line"
    return f"the line does not follow {before}: it names another hash"


def _parse_entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        canonical = _serialize(found) == line + b"\n"  # no second spelling of the same entry
    except (ValueError, RecursionError):
        return None
    return found if canonical and _is_entry(found) else None


def _is_entry(value: Any) -> bool:
    """Return whether an entry has every field that is read of it, each of the right type."""
    match value:
        case {"schema": schema, "customer": str() | None, "previous": str(), "hash": str()}:
            is_line = schema == NOTICE_SCHEMA and "event" not in value and _has_notice(value)
            is_line = is_line or (schema == EVENT_SCHEMA and _is_event(value))
            return is_line and has_valid_fields(value)
        case _:
            return False


def _is_event(value: Mapping[str, Any]) -> bool:
    match value:
        case {"event": str(kind), "day": str(day), "recorded": str()}:
            known = kind in {*EventKind}
            return parse_day(day) is not None and (
                not known or not EventKind(kind).is_about_letter or _has_notice(value)
            )
        case _:
            return False


def _has_notice(value: Mapping[str, Any]) -> bool:
    """Return whether a line has the fields of a notice."""
    match value:
        case {
            "changes": [*changes],
            "about": [*about],
            "new": {"version": str(version), "date": str(day), "sha256": str()},
        }:
            are_texts = {*map(type, changes), *map(type, about)} <= {str}
            revision = is_version(version) and parse_day(day) is not None
            return are_texts and revision and len(changes) == len(about)
        case _:
            return False


def _compute_hash(entry: Entry) -> str:
    content = {key: value for key, value in entry.items() if key != "hash"}
    return sha256(_serialize(content)).hexdigest()


def _serialize(entry: Entry) -> bytes:
    return _ENCODER.encode(entry).encode() + b"\n"


def build_line(event: Entry, previous: str, recorded: str) -> tuple[bytes, Entry]:
    """Return the line that follows a chain, and its content.

    Args:
        event: what happened.
        previous: the hash of the previous line.
        recorded: the moment of the record (ISO 8601, UTC).
    """
    entry = {"schema": EVENT_SCHEMA, **event, "recorded": recorded, "previous": previous}
    entry["hash"] = _compute_hash(entry)
    return _serialize(entry), entry
