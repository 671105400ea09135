"""Checks a ledger: its chain, the names next to it, and the letters that it names."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import ReadError, RefusedError
from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.ledger import read_ledger, read_people
from subproc_cli.notice.ledger.manifest import hash_file
from subproc_cli.notice.ledger.people import (
    ANSWER,
    CONTACT,
    NOTE,
    Entry,
    count_missing_rows,
    find_people_path,
    find_unnamed,
)
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line

_ROW_NOUNS = {
    CONTACT: ("set of addresses", "sets of addresses"),
    NOTE: ("note", "notes"),
    ANSWER: ("answer of a mail server", "answers of mail servers"),
}


class VerifiedLedger(NamedTuple):
    """A ledger that is as it was written.

    Attributes:
        name: the file.
        line_count: how many lines it has.
        last_hash: the hash of the last one.
        warnings: what is missing next to it.
        file_count: how many files of letters and mails were found; None if no folder was named.
        is_anchored: whether a hash that was kept elsewhere was found in it.
    """

    name: str
    line_count: int
    last_hash: str
    warnings: tuple[str, ...]
    file_count: int | None
    is_anchored: bool

    def iter_lines(self) -> Iterator[str]:
        """Yield what is reported about it."""
        yield f"{self.name}: {format_count(self.line_count, 'line')}, chain intact"
        if self.file_count is not None:
            yield f"{format_count(self.file_count, 'file')} found, each with the hash in the ledger"
        yield f"last hash: {self.last_hash}"
        if not self.is_anchored:
            yield "not verified: whether lines are missing at the end (add --expect HASH)"


def verify_ledger(name: str, letters: str | None, expected_hash: str | None) -> VerifiedLedger:
    """Return a ledger that is as it was written.

    Args:
        name: the file.
        letters: a folder with the letters, at any depth; None if they are not to be checked.
        expected_hash: the hash that was kept elsewhere: of the last line, or of an earlier one.

    Raises:
        RefusedError: its chain is broken, a letter is missing or changed, or the expected line is missing.
        ReadError: the file or the folder cannot be read.
    """
    path = Path(name)
    ledger = read_ledger(path)
    hashes = [entry["hash"] for entry in ledger.entries]
    if expected_hash and expected_hash.strip().lower() not in hashes:
        message = (
            f"{name}: has no line with the hash {expected_hash}: lines were removed, or it is another ledger"
        )
        raise RefusedError(message, "compare it with a copy")
    warnings = [*_iter_clock_changes(name, ledger.entries), *_iter_missing_rows(path, ledger.entries)]
    count = None if letters is None else _verify_letters(Path(letters), ledger.entries)
    return VerifiedLedger(
        name, len(ledger.entries), ledger.last_hash, tuple(warnings), count, bool(expected_hash)
    )


def _iter_clock_changes(name: str, entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the lines that state an earlier time of recording than the line before."""
    times = [entry.get("recorded") or "" for entry in entries]
    for number, (before, recorded) in enumerate(pairwise(times), 2):
        if recorded and recorded < before:
            yield (
                f"{name}:{number}: recorded at {recorded}, before line {number - 1} ({before}): "
                "the clock was set back, or another computer recorded it"
            )


def _iter_missing_rows(path: Path, entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield what the file next to a ledger lacks, apart from what was erased."""
    people_path, people = find_people_path(path), read_people(path)
    unnamed = find_unnamed(entries, people)
    if unnamed:
        yield f"{people_path}: {format_count(len(unnamed), 'name')} of the ledger not found"
    for field, count in count_missing_rows(entries, people).items():
        yield f"{people_path}: {format_count(count, *_ROW_NOUNS[field])} of the ledger not found"


def _verify_letters(folder: Path, entries: tuple[Entry, ...]) -> int:
    """Return how many letters of a ledger are in a folder, each with its hash.

    Raises:
        RefusedError: some are missing or were changed.
    """
    if not folder.is_dir():
        raise ReadError(f"{folder}: no such folder", "name the folder of the letters: --letters DIR")
    found = {hash_file(path) for path in folder.rglob("*") if path.is_file()}
    missing: dict[str, str] = {}
    checked = set()
    for number, entry in enumerate(entries, 1):
        for label, digest in _iter_hashes(entry):
            checked.add(digest)
            if digest not in found:
                customer = entry["customer"] or "all customers"
                missing.setdefault(digest, sanitize_line(f"line {number}: {label} to {customer}: {digest}"))
    if missing:
        count = format_count(len(missing), "letter")
        message = f"{count} of the ledger not found in {folder} with the recorded hash"
        raise RefusedError(message, "restore them from a copy", tuple(missing.values()))
    return len(checked)


def _iter_hashes(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the files that a line names, each with its hash."""
    if get_kind(entry) == EventKind.WRITTEN:
        return
    letters = entry.get("letters")
    if letters:
        yield from ((f"the letter ({suffix})", digest) for suffix, digest in letters.items())
    elif entry.get("letter"):
        yield "the letter", entry["letter"]
    if entry.get("message"):
        yield "the mail", entry["message"]
