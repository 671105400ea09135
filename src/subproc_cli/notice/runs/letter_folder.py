"""The folder of the letters of a run: no run replaces the letters of another, or the index of them."""

import os
from collections.abc import Callable, Mapping, Sequence
from csv import DictReader, Error
from io import StringIO
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.atomic_write import refuse_source
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.ledger.manifest import hash_file, is_interrupted
from subproc_cli.notice.ledger.sent_index import RecordedEntries
from subproc_cli.notice.report import INDEX_FILE


class IssuedLetter(NamedTuple):
    """A letter of an earlier run.

    Attributes:
        entry: its line in the ledger.
        files: where it is, in each format that is there; empty if it is not found.
    """

    entry: Mapping[str, Any]
    files: tuple[Path, ...]


class LetterDraft(NamedTuple):
    """A letter that is to be written.

    Attributes:
        files: the names of its files.
        render: returns what the files are to hold.
    """

    files: tuple[str, ...]
    render: Callable[[], list[bytes]]


class LetterFolder(NamedTuple):
    """A folder for letters.

    Attributes:
        path: the folder.
        finished_files: the files of the letters that are in it already, as they are to be.
    """

    path: Path
    finished_files: frozenset[tuple[str, ...]]


def find_issued_letters(
    out: Path, names_by_customer: Mapping[Customer | None, tuple[str, ...]], recorded: RecordedEntries
) -> dict[Customer | None, tuple[IssuedLetter, ...]]:
    """Return the letters of earlier runs in a folder or one directly below it.

    A file is the letter of a line if it is named like the letters of the customer and has the hash of the
    line; what has the same name in another format belongs to it.
    """
    if not recorded:
        return {}
    folders = [out, *_list_subfolders(out)]
    return {
        customer: tuple(
            IssuedLetter(entry, _find_letter_files(folders, names_by_customer[customer], entry["letter"]))
            for entry in entries
        )
        for customer, entries in recorded.items()
    }


def _find_letter_files(folders: list[Path], names: tuple[str, ...], digest: str) -> tuple[Path, ...]:
    for folder in folders:
        paths = tuple(folder / name for name in names if (folder / name).is_file())
        if any(hash_file(path) == digest for path in paths):
            return paths
    return ()


def _list_subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []


def _read_content(path: Path) -> bytes | None:
    """Return the content of a file; None if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def choose_folder(
    out: Path,
    name: str,
    drafts: Sequence[LetterDraft],
    issued: Sequence[Path],
    copies: Mapping[str, str],
) -> LetterFolder:
    """Return the folder for letters: where earlier ones of the same run are, the given one, or one below it.

    A folder is passed over if a file in it has the name of one of the letters and holds something else, or if
    its index names letters that an index of this run would not name.

    Args:
        out: the folder that was asked for.
        name: the name of one below it.
        drafts: the letters.
        issued: the files of letters of earlier runs, which the index names as well.
        copies: the hashes of the copies of revisions that are to be in the folder, by their names.

    Raises:
        WriteError: one of the files is a list or a ledger.
    """
    existing = sorted(dict.fromkeys((*(path.parent for path in issued), out)), key=_has_no_index)
    new_folders = (out / (name if number == 1 else f"{name}-{number}") for number in count(1))
    candidates = (
        _try_folder(folder, drafts, issued)
        for folder in chain(existing, new_folders)
        if not any(hash_file(folder / file) not in {"", digest} for file, digest in copies.items())
    )
    return next(candidate for candidate in candidates if candidate)


def _has_no_index(folder: Path) -> bool:
    return not (folder / INDEX_FILE).is_file()


def _try_folder(folder: Path, drafts: Sequence[LetterDraft], issued: Sequence[Path]) -> LetterFolder | None:
    """Return a folder with its finished files; None if a file in it would be lost."""
    if _would_lose_letters(folder, {*(folder / name for draft in drafts for name in draft.files), *issued}):
        return None
    finished = set()
    for draft in drafts:
        existing_names = [name for name in draft.files if (folder / name).is_file()]
        for name in existing_names:
            refuse_source(folder / name)
        contents = dict(zip(draft.files, draft.render(), strict=True)) if existing_names else {}
        if any(_read_content(folder / name) != contents[name] for name in existing_names):
            return None
        if len(existing_names) == len(draft.files):
            finished.add(draft.files)
    return LetterFolder(folder, frozenset(finished))


def _would_lose_letters(folder: Path, kept_paths: set[Path]) -> bool:
    """Return whether a new index would drop a letter that the one of a folder names and that is there."""
    refuse_source(folder / INDEX_FILE)
    owners = read_index(folder)
    indexed_paths = {_normalize(folder / name) for name in owners or ()}
    return owners is None or any(path.exists() for path in indexed_paths - {*map(_normalize, kept_paths)})


def list_indexed_files(out: Path) -> set[Path]:
    """Return the files that the indexes in a folder and directly below it name.

    The index of a run that was interrupted does not count: it names letters that may be missing.
    """
    folders = [folder for folder in (out, *_list_subfolders(out)) if not is_interrupted(folder)]
    return {_normalize(folder / name) for folder in folders for name in read_index(folder) or ()}


def is_indexed(path: Path, indexed: set[Path]) -> bool:
    """Return whether a file is among those that indexes name."""
    return _normalize(path) in indexed


def _normalize(path: Path) -> Path:
    """Return a path without `..`: an index names a letter in the folder above by `../`."""
    return Path(os.path.normpath(path))


def read_index(folder: Path) -> dict[str, str] | None:
    """Return for each file that the index of a folder names the customer whose letter it is.

    None if there is an `index.csv` that does not list letters.
    """
    try:
        rows = DictReader(StringIO((folder / INDEX_FILE).read_text(encoding="utf-8")))
        if not {"customer", "files"} <= {*(rows.fieldnames or ())}:
            return None
        return {
            file: row["customer"] or "" for row in rows for file in (row["files"] or "").split("; ") if file
        }
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, Error):
        return None
