"""The manifest of a run: its files with their hashes, and the input that they were made from."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from subproc_cli.atomic_write import write_into
from subproc_cli.errors import ReadError, WriteError
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.notice.ledger.events import LETTER_FIELDS, build_revision_record
from subproc_cli.output import json as json_output
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day
from subproc_cli.version import __version__

SCHEMA = "subproc/run/1"
MANIFEST_FILE = "manifest.json"
OLD_FILE, NEW_FILE = "old.yaml", "new.yaml"
"""The copies of the two revisions of a run."""
WRITING, COMPLETE = "writing", "complete"
"""Whether all letters of a run are there. A run that was interrupted stays `writing` until it is repeated."""

Manifest: TypeAlias = Mapping[str, Any]


def build_manifest(
    revisions: tuple[Registry, Registry],
    copies: Mapping[str, str],
    letters: list[dict[str, Any]],
    *,
    customers: tuple[str, str] | None,
    is_complete: bool,
) -> dict[str, Any]:
    """Return `subproc/run/1`.

    Args:
        revisions: the list that customers know, and the coming one.
        copies: the names of the copies of all revisions, by their hash.
        letters: one record for each letter.
        customers: the name and the hash of the file of customers.
        is_complete: whether all files are there.
    """
    old, new = ({**build_revision_record(each), "file": copies[each.sha256]} for each in revisions)
    return {
        "schema": SCHEMA,
        "program": f"subproc {__version__}",
        "status": COMPLETE if is_complete else WRITING,
        "publisher": revisions[1].model.publisher,
        "contact": revisions[1].model.notice.contact,
        "old": old,
        "new": new,
        "copies": [{"file": name, "sha256": digest} for digest, name in copies.items()],
        "customers": {"file": customers[0], "sha256": customers[1]} if customers else None,
        "letters": letters,
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a run.

    Raises:
        WriteError: it cannot be written.
    """
    write_into(folder, MANIFEST_FILE, json_output.render(manifest), is_private=True)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder; None if there is none that can be read, or one that no run writes."""
    try:
        found = json.loads((folder / MANIFEST_FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    match found:
        case {"schema": schema, "publisher": str(), "letters": [*letters]} if schema == SCHEMA:
            return found if all(map(_is_letter, letters)) else None
        case _:
            return None


def _is_letter(value: Any) -> bool:
    """Return whether a letter of a manifest has every field that is read of it, each of the right type."""
    match value:
        case {
            "customer": str() | None,
            "addresses": [*addresses],
            "cc": [*cc],
            "files": [*files],
            "sent": str(sent),
            "effective": str(effective),
            "new": dict(),
            "changes": [*changes],
            "about": [*about],
            "told": [*_] | None,
        }:
            return (
                {*map(type, (*addresses, *cc, *changes, *about))} <= {str}
                and not any(find_address_error(address) for address in (*addresses, *cc))
                and len(changes) == len(about)
                and parse_day(sent) is not None
                and parse_day(effective) is not None
                and value.keys() >= {*LETTER_FIELDS}
                and all(map(_is_letter_file, files))
            )
        case _:
            return False


def _is_letter_file(value: Any) -> bool:
    """Return whether a file of a letter has a hash, and a name that does not lead out of the folder."""
    match value:
        case {"name": str(name), "sha256": str() | None}:
            return name not in {"", ".", ".."} and not {*name} & {"/", "\\", ":", "\0"}
        case _:
            return False


def require_manifest(folder: Path) -> Manifest:
    """Return the manifest of a run that is complete.

    Raises:
        ReadError: the folder has none, or the run was interrupted.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        runs = [path.parent.name for path in sorted(folder.glob(f"*/{MANIFEST_FILE}"))]
        hint = f"name one of its runs: {folder / runs[-1]}" if runs else "write one with subproc notice --out"
        reason = f"it has no {MANIFEST_FILE}"
        if (folder / MANIFEST_FILE).exists():
            reason = f"its {MANIFEST_FILE} is not as a run writes it"
        raise ReadError(f"{folder}: not a run of subproc notice, because {reason}", hint)
    if manifest.get("status") != COMPLETE:
        raise ReadError(f"{folder}: the run was interrupted", "repeat its subproc notice command first")
    return manifest


def is_interrupted(folder: Path) -> bool:
    """Return whether a folder contains a run that was interrupted."""
    manifest = read_manifest(folder)
    return manifest is not None and manifest.get("status") == WRITING


def copy_revisions(folder: Path, revisions: Iterator[tuple[str, Registry]]) -> dict[str, str]:
    """Write copies of revisions next to the letters, and return their names by their hash.

    A copy that is there already stays.

    Raises:
        WriteError: a copy cannot be written, or another file has its name.
    """
    copies: dict[str, str] = {}
    for name, registry in revisions:
        path = folder / name
        if registry.sha256 in copies:
            continue
        if not path.is_file():
            write_into(folder, name, registry.content, is_private=True)
        elif hash_file(path) != registry.sha256:
            raise WriteError(f"{path}: is another revision of the list", "name another folder: --out DIR")
        copies[registry.sha256] = name
    return copies


def hash_file(path: Path) -> str:
    """Return the SHA-256 hash of a file; empty if it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def find_copy(folders: list[Path], digest: str) -> Path | None:
    """Return the copy of a revision in the runs in some folders or directly below them."""
    for folder in dict.fromkeys(folders):
        for path in (*sorted(folder.glob("*.yaml")), *sorted(folder.glob("*/*.yaml"))):
            is_run = (path.parent / MANIFEST_FILE).is_file()
            if is_run and hash_file(path) == digest:
                return path
    return None
