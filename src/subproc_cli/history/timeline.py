"""The history of a list: the changes of each revision, and what happened to its file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.history.git import FileCommit, Repository, iter_file_commits
from subproc_cli.registry import source
from subproc_cli.registry.header import read_header
from subproc_cli.registry.incremental import IncrementalLoader
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source


class Event(StrEnum):
    """What happened to the file of a list.

    `first` is the first revision of all; `oldest` is the oldest that a shallow clone has.
    """

    FIRST = "first"
    OLDEST = "oldest"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"
    RESTORED = "restored"
    UNREADABLE = "unreadable"


class Snapshot(NamedTuple):
    """A revision to be read: where it comes from, and its bytes; None if the file was deleted."""

    file_commit: FileCommit
    content: bytes | None


class HistoryEntry(NamedTuple):
    """One revision and its changes.

    Attributes:
        file_commit: the commit, or the file of a folder.
        event: what happened to the file.
        old: the revision before that could be read; None for the first.
        new: this revision; None if it is deleted or cannot be read.
        changes: the changes from `old` to `new`.
        problems: the number of errors because of which it cannot be read.
        same_version: the last earlier commit with the same version and other content; None if there is none.
    """

    file_commit: FileCommit
    event: Event
    old: Registry | None
    new: Registry | None
    changes: tuple[Change, ...]
    problems: int = 0
    same_version: FileCommit | None = None


def iter_git_snapshots(repository: Repository, path: str) -> Iterator[Snapshot]:
    """Yield the revisions of a list in git, oldest first, by one log and one batch of blobs."""
    if repository.resolve_object("HEAD") is None:
        return
    found = list(iter_file_commits(repository, path))[::-1]
    waiting = Counter(file_commit.blob for file_commit in found if file_commit.blob)
    contents = repository.read_contents(waiting)
    held: dict[str, bytes] = {}  # until no later revision has the same bytes
    for file_commit in found:
        if file_commit.blob and file_commit.blob not in held:
            held.update([next(contents)])
        yield Snapshot(file_commit, held[file_commit.blob] if file_commit.blob else None)
        waiting.subtract([file_commit.blob] if file_commit.blob else [])
        if file_commit.blob and not waiting[file_commit.blob]:
            del held[file_commit.blob]


def iter_folder_snapshots(folder: Path) -> Iterator[Snapshot]:
    """Yield the revisions that lie in a folder, by the date that each states, then by name."""
    files = [source.read(str(path)) for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".yml"}]
    for file in sorted(files, key=lambda file: read_header(file).get("date", "")):
        day = read_header(file).get("date", "")
        yield Snapshot(FileCommit("", day, Path(file.name).name, "", ""), file.content)


def iter_history(
    snapshots: Iterable[Snapshot], *, is_cut_off: bool = False, since: str = ""
) -> Iterator[HistoryEntry]:
    """Yield what each revision did, in the order given.

    A revision that is deleted or cannot be read is reported, and the next one is compared with the
    last that could.

    Args:
        snapshots: the revisions.
        is_cut_off: whether there may have been older ones.
        since: a day, YYYY-MM-DD. Older revisions at the beginning are not reported, and read only where a
            later one is compared with them; empty for all.
    """
    earlier, later = _split_at(snapshots, since)
    succession = IncrementalLoader()
    last, missing = _load_latest(earlier, succession)
    versions: dict[str, tuple[FileCommit, Registry]] = {}
    for file_commit, content in later:
        if content is None:
            yield HistoryEntry(file_commit, Event.DELETED, last, None, ())
            missing = True
            continue
        read = succession.load(_build_source(file_commit, content))
        if not isinstance(read, Registry):
            yield HistoryEntry(file_commit, Event.UNREADABLE, last, None, (), len(read))
            continue
        changes = diff(last, read) if last else ()
        event = _find_event(file_commit, last, missing=missing, is_cut_off=is_cut_off)
        version = read.model.version
        known = versions.get(version) or _find_version(earlier, version)
        same_version = known[0] if known and (changes if known[1] is last else diff(known[1], read)) else None
        yield HistoryEntry(file_commit, event, last, read, changes, same_version=same_version)
        versions[version] = file_commit, read
        last, missing = read, False


def _split_at(
    snapshots: Iterable[Snapshot], since: str
) -> tuple[list[tuple[str, Snapshot]], Iterable[Snapshot]]:
    """Return the revisions before the first one of a day or later, each with the version that it states.

    The others are returned as they come. A revision that states no date may be of any day.
    """
    earlier: list[tuple[str, Snapshot]] = []
    later = iter(snapshots)
    for snapshot in later if since else ():
        file_commit, content = snapshot
        header = {"date": ""} if content is None else read_header(_build_source(file_commit, content))
        if max(file_commit.day, header.get("date", since)) >= since:
            return earlier, chain((snapshot,), later)
        earlier.append((header.get("version", ""), snapshot))
    return earlier, later


def _load_latest(
    earlier: list[tuple[str, Snapshot]], succession: IncrementalLoader
) -> tuple[Registry | None, bool]:
    """Return the latest revision that can be read, and whether the file was deleted after it."""
    missing = False
    for _, (file_commit, content) in reversed(earlier):
        read = succession.load(_build_source(file_commit, content)) if content is not None else None
        if isinstance(read, Registry):
            return read, missing
        missing = missing or content is None
    return None, missing


def _find_version(earlier: list[tuple[str, Snapshot]], version: str) -> tuple[FileCommit, Registry] | None:
    """Return the latest revision of a version that can be read."""
    for stated, (file_commit, content) in reversed(earlier):
        read = load_registry(_build_source(file_commit, content)) if stated == version and content else None
        if isinstance(read, Registry):
            return file_commit, read
    return None


def _build_source(file_commit: FileCommit, content: bytes) -> Source:
    name = f"{file_commit.commit[:12]}:{file_commit.path}" if file_commit.commit else file_commit.path
    return Source(name, content, file_commit.commit)


def _find_event(file_commit: FileCommit, last: Registry | None, *, missing: bool, is_cut_off: bool) -> Event:
    if last is None:
        return Event.OLDEST if is_cut_off else Event.FIRST
    if missing:
        return Event.RESTORED
    return Event.RENAMED if file_commit.renamed_from else Event.CHANGED
