"""The file of a ledger: locked while a run writes, each line on the disk before the next letter.

A line that a notice was issued is the sender's word. Names and addresses are in a file next to it.
"""

import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.errors import ReadError, RefusedError, WriteError
from subproc_cli.notice.ledger.chain import (
    INITIAL_HASH,
    ChainError,
    Entries,
    Entry,
    Ledger,
    build_line,
    parse_ledger,
)
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.people import (
    CONTACT,
    NAME,
    SALT_BYTES,
    People,
    build_person,
    find_people_path,
    find_unnamed,
    parse_people,
    resolve_entry,
)
from subproc_cli.registry.source import suggest_file

MAX_BYTES = 256 * 1024 * 1024
"""Largest ledger that is read; half a million letters take about as much."""
CHUNK_SIZE = 1024 * 1024
"""Bytes that are read at once."""

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present moment."""


class Contact(NamedTuple):
    """The addresses that a notice goes to.

    Attributes:
        addresses: those of the customer.
        cc: those that get a copy.
    """

    addresses: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


class _File:
    """A file to which whole lines are appended."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self.handle = handle

    def append(self, line: bytes) -> None:
        """Append a line; it is on the disk when this returns, or not in the file.

        Raises:
            WriteError: the line cannot be written.
        """
        end = os.lseek(self.handle, 0, os.SEEK_END)
        try:
            reason = "" if os.write(self.handle, line) == len(line) else "no space left for a whole line"
            os.fsync(self.handle)
        except OSError as error:
            reason = error.strerror or str(error)
        if reason:
            os.ftruncate(self.handle, end)
            raise WriteError(f"{self.path}: cannot be written: {reason}")


class LedgerFile:
    """A ledger that is locked for writing."""

    def __init__(self, file: _File, recorded: Ledger, people: People, clock: Clock) -> None:
        self.path = file.path
        self._file = file
        self._people_file: _File | None = None
        self._people = people
        self._clock = clock
        self._entries = [*recorded.entries]
        self._last_hash = recorded.last_hash

    @property
    def entries(self) -> Entries:
        """The lines of the ledger, including those recorded since it was opened."""
        return tuple(self._entries)

    def record(
        self, event: Mapping[str, Any], customer: str | None, contact: Contact | None = None, **texts: str
    ) -> Entry:
        """Append what happened; it is on the disk when this returns, or not in the file.

        Args:
            event: the content of the line, without whom it is about.
            customer: the name of the customer; None for a notice to all.
            contact: the addresses; None if there are none to record.
            texts: a note or an answer, which are kept like names.

        Raises:
            WriteError: the line cannot be written.
        """
        digest = None if customer is None else self._register(NAME, customer, "")
        addressed = contact if contact and (contact.addresses or contact.cc) else None
        digests = {
            "customer": digest,
            "contact": addressed
            and self._register(
                CONTACT, {"addresses": [*addressed.addresses], "cc": [*addressed.cc]}, digest or ""
            ),
            **{field: self._register(field, text, digest or "") for field, text in texts.items() if text},
        }
        recorded = self._clock().isoformat(timespec="seconds")
        line, entry = build_line({**event, **digests}, self._last_hash, recorded)
        self._file.append(line)
        resolved = resolve_entry(entry, self._people)
        self._entries.append(resolved)
        self._last_hash = entry["hash"]
        return resolved

    def _register(self, field: str, value: Any, customer: str) -> str:
        """Return the digest of a value, and keep the value in the file next to the ledger."""
        person = self._people.find(field, value, customer)
        if person is None:
            person = build_person(secrets.token_hex(SALT_BYTES), field, value, customer)
            if self._people_file is None:
                self._people_file = _open_people(find_people_path(self.path))
            self._people_file.append(person.to_line())
            self._people.add(person)
        return person.digest

    def erase(self, customer: str, day: str) -> None:
        """Erase the name, the addresses and the notes of a customer; the chain keeps their digests.

        Raises:
            RefusedError: the ledger does not know the customer.
            WriteError: a file cannot be written.
        """
        person = self._people.find(NAME, customer)
        if person is None:
            raise RefusedError(f"{self.path}: has no name {customer!r} that can be erased")
        path = find_people_path(self.path)
        self.record({"event": EventKind.ERASED, "day": day}, customer)
        self.close()
        self._people = self._people.without(person.digest)
        replace_bytes(path, path.read_bytes(), self._people.to_bytes())

    def close(self) -> None:
        """Close the file of names."""
        if self._people_file is not None:
            os.close(self._people_file.handle)
            self._people_file = None


def _open_people(path: Path) -> _File:
    """Open the file of names for appending; a part of a line that a killed run left is removed."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        content = path.read_bytes()
        if not content.endswith(b"\n"):
            os.ftruncate(handle, content.rfind(b"\n") + 1)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror}") from None
    _sync_folder(path)
    return _File(path, handle)


@contextmanager
def open_ledger(path: Path, clock: Clock, report_wait: Callable[[], None]) -> Iterator[LedgerFile]:
    """Open a ledger for writing, once every other process has finished with it.

    Args:
        path: the file; it is created if there is none.
        clock: returns the moment of a record, in UTC.
        report_wait: is called before this process waits for another one.

    Raises:
        WriteError: the file cannot be opened or locked, or is a pipe or a device, which keep nothing.
        RefusedError: its chain is broken, or the file of names lacks some; nothing is written to it.
    """
    with _open_locked(path, report_wait) as file:
        _sync_folder(path)
        recorded, people = _parse_content(path, _read_all(file))
        require_names(path, recorded, people)
        ledger_file = LedgerFile(_File(path, file.fileno()), recorded, people, clock)
        try:
            yield ledger_file
        finally:
            ledger_file.close()


@contextmanager
def _open_locked(path: Path, report_wait: Callable[[], None]) -> Iterator[FileIO]:
    """Lock a file that is written to; one that this run made is removed if the run fails without a line."""
    while True:
        try:
            is_new = not path.exists()
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise WriteError(f"{path}: cannot be written: {error.strerror}") from None
        with FileIO(handle, "r+b") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise WriteError(f"{path}: not a regular file")
            _lock(handle, report_wait)
            if not _is_same_file(path, handle):  # the process that made it has removed it in the meantime
                continue
            try:
                yield file
            except BaseException:
                if is_new and os.fstat(handle).st_size == 0:
                    with suppress(OSError):  # Windows removes no file that is open
                        path.unlink()
                raise
            return


def _is_same_file(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def require_names(path: Path, recorded: Ledger, people: People) -> None:
    """Refuse a ledger whose customers are not known: all of them would be notified again.

    Raises:
        RefusedError: names are missing that were not erased.
    """
    unnamed = find_unnamed(recorded.entries, people)
    if unnamed:
        count = "the name of 1 customer" if len(unnamed) == 1 else f"the names of {len(unnamed)} customers"
        message = f"{find_people_path(path)}: lacks {count}, so it is not known who was notified"
        raise RefusedError(message, "restore the file from a copy, next to the ledger")


def _sync_folder(path: Path) -> None:
    """Let the folder know the file even after the power fails, where a file system can be asked for that."""
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _lock(handle: int, report_wait: Callable[[], None]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report_wait()
        fcntl.flock(handle, fcntl.LOCK_EX)


_NAME_THE_LEDGER = "name the ledger with --record FILE; to create one: subproc notice --record"


def read_ledger(path: Path) -> Ledger:
    """Return a ledger, with the names and addresses from the file of people next to it.

    Raises:
        ReadError: there is no such file.
        RefusedError: its chain is broken.
    """
    try:
        with path.open("rb") as file:
            return _parse_content(path, _read_all(file))[0]
    except FileNotFoundError:
        hint = suggest_file(path) or _NAME_THE_LEDGER
        raise ReadError(f"{path}: no such file", hint) from None
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from None


def read_named_ledger(path: Path, *, must_exist: bool = False) -> Ledger:
    """Return the ledger of a file with all names in it, an empty one if there is no such file yet.

    Raises:
        ReadError: it cannot be read, or does not exist although it must.
        RefusedError: its chain is broken, or names are missing next to it.
    """
    found = read_ledger(path) if must_exist else read_ledger_if_any(path)
    require_names(path, found, read_people(path))
    return found


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
    """Return the content of a file, up to the size that is too large."""
    chunks, remaining = [], MAX_BYTES + 1
    while remaining and (chunk := file.read(min(remaining, CHUNK_SIZE))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def read_people(path: Path) -> People:
    """Return the names and addresses next to a ledger; none if there is no such file.

    Raises:
        RefusedError: a line of it was changed.
        ReadError: it cannot be read.
    """
    people_path = find_people_path(path)
    try:
        return parse_people(people_path, people_path.read_bytes())
    except FileNotFoundError:
        return People()
    except OSError as error:
        raise ReadError(f"{people_path}: cannot be read: {error.strerror}") from None


def _parse_content(path: Path, content: bytes) -> tuple[Ledger, People]:
    """Parse a ledger, with the names from the file next to it.

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
    people = read_people(path)
    return parsed._replace(entries=tuple(resolve_entry(entry, people) for entry in parsed.entries)), people
