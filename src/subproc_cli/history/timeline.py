"""The life of a list: what each revision changed, and what happened to its file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.history.git import Repository, Step, steps
from subproc_cli.registry import source
from subproc_cli.registry.header import head
from subproc_cli.registry.incremental import Succession
from subproc_cli.registry.registry import Index
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


class Stand(NamedTuple):
    """A revision to be read: where it comes from, and its bytes; None if the file was deleted."""

    step: Step
    content: bytes | None


class Moment(NamedTuple):
    """One revision, and what it did.

    Attributes:
        step: the commit, or the file of a folder.
        event: what happened to the file.
        old: the revision before that could be read; None for the first.
        new: this revision; None if it is deleted or cannot be read.
        changes: from the one to the other.
        problems: how many problems keep it from being read.
        again: the last step before it that left the same version with another content; None if none did.
    """

    step: Step
    event: Event
    old: Index | None
    new: Index | None
    changes: tuple[Change, ...]
    problems: int = 0
    again: Step | None = None


def from_git(repository: Repository, path: str) -> Iterator[Stand]:
    """Yield the revisions of a list in git, oldest first, by one log and one batch of blobs."""
    if repository.object("HEAD") is None:
        return
    found = list(steps(repository, path))[::-1]
    waiting = Counter(step.blob for step in found if step.blob)
    contents = repository.contents(waiting)
    held: dict[str, bytes] = {}  # until no later revision has the same bytes
    for step in found:
        if step.blob and step.blob not in held:
            held.update([next(contents)])
        yield Stand(step, held[step.blob] if step.blob else None)
        waiting.subtract([step.blob] if step.blob else [])
        if step.blob and not waiting[step.blob]:
            del held[step.blob]


def from_folder(folder: Path) -> Iterator[Stand]:
    """Yield the revisions that lie in a folder, by the date that each states, then by name."""
    files = [source.read(str(path)) for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".yml"}]
    for file in sorted(files, key=lambda file: head(file).get("date", "")):
        day = head(file).get("date", "")
        yield Stand(Step("", day, Path(file.name).name, "", ""), file.content)


def life(stands: Iterable[Stand], *, is_cut_off: bool = False) -> Iterator[Moment]:
    """Yield what each revision did, in the order given.

    A revision that is deleted or cannot be read is reported, and the next one is compared with the
    last that could.

    Args:
        stands: the revisions.
        is_cut_off: whether there may have been older ones.
    """
    succession = Succession()
    versions: dict[str, tuple[Step, Index]] = {}
    last: Index | None = None
    missing = False
    for step, content in stands:
        if content is None:
            yield Moment(step, Event.DELETED, last, None, ())
            missing = True
            continue
        name = f"{step.commit[:12]}:{step.path}" if step.commit else step.path
        read = succession.read(Source(name, content, step.commit))
        if not isinstance(read, Index):
            yield Moment(step, Event.UNREADABLE, last, None, (), len(read))
            continue
        changes = diff(last, read) if last else ()
        event = _event(step, last, missing=missing, is_cut_off=is_cut_off)
        known = versions.get(read.registry.version)
        again = known[0] if known and (changes if known[1] is last else diff(known[1], read)) else None
        yield Moment(step, event, last, read, changes, again=again)
        versions[read.registry.version] = step, read
        last, missing = read, False


def _event(step: Step, last: Index | None, *, missing: bool, is_cut_off: bool) -> Event:
    if last is None:
        return Event.OLDEST if is_cut_off else Event.FIRST
    if missing:
        return Event.RESTORED
    return Event.RENAMED if step.renamed_from else Event.CHANGED
