"""The ledger file: locked while a run writes, each line safe on the disk before the next letter."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from subproc_cli.cli.console import print_stderr
from subproc_cli.errors import ReadError, RefusedError, WriteError
from subproc_cli.notice import ledger
from subproc_cli.notice.ledger import ChainError, Ledger
from subproc_cli.notice.plan import Notice

CHUNK_SIZE = 1024 * 1024
"""Bytes that are read at once."""


class LedgerFile:
    """A ledger that nobody else writes to meanwhile."""

    def __init__(self, path: Path, handle: int, recorded: Ledger) -> None:
        self._path = path
        self._handle = handle
        self.ledger = recorded

    def record(self, notice: Notice, letter: bytes) -> None:
        """Append that a notice is issued; the line is on the disk when this returns, or not in the file.

        Raises:
            WriteError: the line cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = ledger.build_next_line(self.ledger, notice, letter, now)
        end = os.lseek(self._handle, 0, os.SEEK_END)
        try:
            if os.write(self._handle, line) != len(line):
                raise OSError(0, "no space left for a whole line")  # noqa: TRY301
            os.fsync(self._handle)
        except OSError as error:
            os.ftruncate(self._handle, end)
            raise WriteError(f"{self._path}: cannot be written: {error.strerror}") from None
        self.ledger = ledger.advance(self.ledger, line)


@contextmanager
def open_ledger(path: Path) -> Iterator[LedgerFile]:
    """Open a ledger for writing, once every other process has finished with it.

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
        _lock(handle, path)
        _sync_folder(path)
        yield LedgerFile(path, handle, parse_ledger(path, _read_all(file)))


def _sync_folder(path: Path) -> None:
    """Let the folder know the file even after the power fails, where a file system can be asked for that."""
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _lock(handle: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print_stderr(f"subproc: waiting for another process that writes to {path}")
        fcntl.flock(handle, fcntl.LOCK_EX)


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a file.

    Raises:
        ReadError: there is no such file.
        RefusedError: its chain is broken.
    """
    try:
        with path.open("rb") as file:
            return parse_ledger(path, _read_all(file))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from None


def _read_all(file: IO[bytes]) -> bytes:
    """Return what a file holds, and no more than enough to see that it is too large."""
    chunks, remaining = [], ledger.MAX_BYTES + 1
    while remaining and (chunk := file.read(min(remaining, CHUNK_SIZE))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def parse_ledger(path: Path, content: bytes) -> Ledger:
    """Return the ledger that some bytes hold.

    Raises:
        RefusedError: its chain is broken, or it is larger than a ledger may be.
    """
    if len(content) > ledger.MAX_BYTES:
        message = f"{path}: is larger than {ledger.MAX_BYTES >> 20} MiB"
        raise RefusedError(message, "keep it, and use a new ledger from the next version on")
    parsed = ledger.parse_ledger(content)
    if isinstance(parsed, ChainError):
        hint = "compare it with a copy; nothing was written to it"
        raise RefusedError(f"{path}:{parsed.line}: {parsed.message}", hint)
    return parsed
