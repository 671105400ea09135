"""The ledger of the notices that were issued: one JSON line each, with the hash of the line before it.

A line is the sender's word that a notice goes out; that it arrived, or left at all, no line can say.
"""

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from subproc_cli.errors import ReadError, RefusedError, WriteError
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.field_types import is_version
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day

SCHEMA = "subproc/sent/1"
MAX_BYTES = 256 * 1024 * 1024
"""Largest ledger that is read; half a million letters take about as much."""
INITIAL_HASH = "0" * 64
"""The hash that the first line names as that of the line before."""
CHUNK_SIZE = 1024 * 1024
"""Bytes that are read at once."""

_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)


class ChainError(NamedTuple):
    """A line that is not as it was written, counted from 1, and what is wrong with it."""

    line: int
    message: str


Entries: TypeAlias = tuple[Mapping[str, Any], ...]


class Ledger(NamedTuple):
    """The lines of a ledger that is whole.

    Attributes:
        entries: what was issued, in the order in which it was recorded.
        last_hash: the hash of the last line; anyone who keeps it elsewhere can verify that no line is gone.
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
            return ChainError(number, "the line is not an entry of a ledger")
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
    """Return whether an entry has every field that is read of it, each of the right type."""
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
            are_texts = {*map(type, changes), *map(type, about)} <= {str}
            revision = is_version(version) and parse_day(day) is not None
            return schema == SCHEMA and are_texts and revision and len(changes) == len(about)
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
        ledger: the lines before it.
        notice: what is issued to whom.
        letter: the bytes of its letter.
        recorded: the moment of the record (ISO 8601, UTC).
    """
    customer, changes = notice.customer, (*notice.changes, *notice.informational_changes)
    addresses = [*(customer.address or ())] if customer else []
    entry: dict[str, Any] = {
        "schema": SCHEMA,
        "recorded": recorded,
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
        "previous": ledger.last_hash,
    }
    return _serialize(entry | {"hash": _compute_hash(entry)})


def advance(ledger: Ledger, line: bytes) -> Ledger:
    """Return a ledger after one more line; its entries stay the ones that were read."""
    entry = json.loads(line)
    return Ledger(ledger.entries, entry["hash"])


def build_revision_record(registry: Registry) -> dict[str, str]:
    """Return how a line names a revision of a list."""
    model = registry.model
    return {"version": model.version, "date": model.date.isoformat(), "sha256": registry.sha256}


# The file: locked while a run writes, each line on the disk before the next letter

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present moment."""


class LedgerFile:
    """A ledger that nobody else writes to meanwhile."""

    def __init__(self, path: Path, handle: int, recorded: Ledger, clock: Clock) -> None:
        self._path = path
        self._handle = handle
        self._clock = clock
        self.ledger = recorded

    def record(self, notice: Notice, letter: bytes) -> None:
        """Append that a notice is issued; the line is on the disk when this returns, or not in the file.

        Raises:
            WriteError: the line cannot be written.
        """
        recorded = self._clock().isoformat(timespec="seconds")
        line = build_next_line(self.ledger, notice, letter, recorded)
        end = os.lseek(self._handle, 0, os.SEEK_END)
        try:
            if os.write(self._handle, line) != len(line):
                raise OSError(0, "no space left for a whole line")  # noqa: TRY301
            os.fsync(self._handle)
        except OSError as error:
            os.ftruncate(self._handle, end)
            raise WriteError(f"{self._path}: cannot be written: {error.strerror}") from None
        self.ledger = advance(self.ledger, line)


@contextmanager
def open_ledger(path: Path, clock: Clock, report_wait: Callable[[], None]) -> Iterator[LedgerFile]:
    """Open a ledger for writing, once every other process has finished with it.

    Args:
        path: the file; it is created if there is none.
        clock: returns the moment of a record, in UTC.
        report_wait: is called before this process waits for another one.

    Raises:
        WriteError: the file cannot be opened or locked, or is a pipe or a device, which keep nothing.
        RefusedError: its chain is broken; nothing is written to it.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "r+b", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise WriteError(f"{path}: not a regular file")
        _lock(handle, report_wait)
        _sync_folder(path)
        yield LedgerFile(path, handle, _parse_content(path, _read_all(file)), clock)


def _sync_folder(path: Path) -> None:
    """Let the folder know the file even after the power fails, where a file system can be asked for that."""
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _lock(handle: int, report_wait: Callable[[], None]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report_wait()
        fcntl.flock(handle, fcntl.LOCK_EX)


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a file.

    Raises:
        ReadError: there is no such file.
        RefusedError: its chain is broken.
    """
    try:
        with path.open("rb") as file:
            return _parse_content(path, _read_all(file))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from None


def read_ledger_if_any(path: Path) -> Ledger:
    """Return the ledger of a file, an empty one if there is no such file yet.

    Raises:
        ReadError: the file cannot be read, or is in a folder that cannot be looked into.
        RefusedError: its chain is broken.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return Ledger((), INITIAL_HASH)
    except OSError:
        pass  # it may be there; the error of reading it says more
    return read_ledger(path)


def _read_all(file: IO[bytes]) -> bytes:
    """Return what a file holds, and no more than enough to see that it is too large."""
    chunks, remaining = [], MAX_BYTES + 1
    while remaining and (chunk := file.read(min(remaining, CHUNK_SIZE))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def _parse_content(path: Path, content: bytes) -> Ledger:
    """Return the ledger that some bytes hold.

    Raises:
        RefusedError: its chain is broken, or it is larger than a ledger may be.
    """
    if len(content) > MAX_BYTES:
        message = f"{path}: is larger than {MAX_BYTES >> 20} MiB"
        raise RefusedError(message, "keep it, and record in a new one from the next version on")
    parsed = parse_ledger(content)
    if isinstance(parsed, ChainError):
        hint = "compare it with a copy; nothing was written to it"
        raise RefusedError(f"{path}:{parsed.line}: {parsed.message}", hint)
    return parsed
