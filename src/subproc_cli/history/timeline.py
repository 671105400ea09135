"""The history of a list: the changes of each revision, and what happened to its file."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.history.git import FileCommit, Repository, iter_file_commits
from subproc_cli.registry import source
from subproc_cli.registry.header import read_header
from subproc_cli.registry.incremental import IncrementalLoader
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

_BATCH_BYTES = 4_000_000
"""Size of the revisions that are in memory at the same time, so that a long history needs no more."""


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


class Snapshots(Protocol):
    """The revisions of a list, oldest first. A number reads one of them again."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Snapshot]: ...

    def __getitem__(self, number: int, /) -> Snapshot: ...


class GitSnapshots:
    """The revisions of a list in git, found by one log and read a few megabytes at a time."""

    def __init__(self, repository: Repository, path: str) -> None:
        has_commits = repository.resolve_object("HEAD") is not None
        self._repository = repository
        self._file_commits = [*iter_file_commits(repository, path)][::-1] if has_commits else []

    def __len__(self) -> int:
        return len(self._file_commits)

    def __iter__(self) -> Iterator[Snapshot]:
        contents = self._repository.read_contents(self._blobs, _BATCH_BYTES)
        for file_commit in self._file_commits:
            yield Snapshot(file_commit, next(contents)[1] if file_commit.blob else None)

    def __getitem__(self, number: int, /) -> Snapshot:
        file_commit = self._file_commits[number]
        blobs = [file_commit.blob] if file_commit.blob else []
        contents = [content for _, content in self._repository.read_contents(blobs)]
        return Snapshot(file_commit, contents[0] if contents else None)

    @property
    def _blobs(self) -> list[str]:
        return [file_commit.blob for file_commit in self._file_commits if file_commit.blob]

    @property
    def has_repeated_content(self) -> bool:
        """Whether a revision has the bytes of an earlier one."""
        return len(set(self._blobs)) < len(self._blobs)


def list_folder_snapshots(folder: Path) -> list[Snapshot]:
    """Return the revisions that lie in a folder, by the date that each states, then by name."""
    files = [source.read(str(path)) for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".yml"}]
    dated = sorted(((read_header(file).get("date", ""), file) for file in files), key=lambda pair: pair[0])
    return [Snapshot(FileCommit("", day, Path(file.name).name, "", ""), file.content) for day, file in dated]


def load_newest(snapshots: Snapshots) -> Registry | None:
    """Return the newest revision that can be read; None if there is none."""
    return _load_latest(snapshots, len(snapshots), IncrementalLoader())[0]


def iter_history(
    snapshots: Snapshots, *, is_cut_off: bool = False, since: str = ""
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
    last, missing = _load_latest(snapshots, len(earlier), succession)
    last_commit: FileCommit | None = None
    reported: dict[str, int] = {}  # of each version, the number of its latest revision that could be read
    last_number = -1
    for number, (file_commit, content) in enumerate(later, len(earlier)):
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
        known = [reported[version]] if version in reported else _find_version(earlier, version)
        if known == [last_number]:
            same_version = last_commit if changes else None
        else:
            same_version = _find_differing(snapshots, known, read)
        yield HistoryEntry(file_commit, event, last, read, changes, same_version=same_version)
        reported[version] = last_number = number
        last, last_commit, missing = read, file_commit, False


def _split_at(snapshots: Snapshots, since: str) -> tuple[list[str], Iterator[Snapshot]]:
    """Return the versions that the revisions before the first one of a day or later state, and the others.

    A revision that states no date may be of any day.
    """
    earlier: list[str] = []
    later = iter(snapshots)
    for snapshot in later if since else ():
        file_commit, content = snapshot
        header = {"date": ""} if content is None else read_header(_build_source(file_commit, content))
        if max(file_commit.day, header.get("date", since)) >= since:
            return earlier, chain((snapshot,), later)
        earlier.append(header.get("version", ""))
    return earlier, later


def _load_latest(
    snapshots: Snapshots, count: int, succession: IncrementalLoader
) -> tuple[Registry | None, bool]:
    """Return the latest of some revisions that can be read, and whether the file was deleted after it."""
    missing = False
    for number in reversed(range(count)):
        file_commit, content = snapshots[number]
        read = succession.load(_build_source(file_commit, content)) if content is not None else None
        if isinstance(read, Registry):
            return read, missing
        missing = missing or content is None
    return None, missing


def _find_version(earlier: list[str], version: str) -> list[int]:
    """Return the numbers of the revisions that state a version, the latest first."""
    return [number for number, stated in enumerate(earlier) if stated == version][::-1]


def _find_differing(snapshots: Snapshots, numbers: list[int], read: Registry) -> FileCommit | None:
    """Return the first of some revisions that can be read, if its content differs from that of a list."""
    for file_commit, content in map(snapshots.__getitem__, numbers):
        known = load_registry(_build_source(file_commit, content)) if content else None
        if isinstance(known, Registry):
            return file_commit if diff(known, read) else None
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
