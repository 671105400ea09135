"""The life of a list: what each revision changed, and what happened to its file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.history.commits import Step, steps
from subproc_cli.history.git import Repository
from subproc_cli.registry import source
from subproc_cli.registry.head import head
from subproc_cli.registry.index import Index
from subproc_cli.registry.source import Source
from subproc_cli.registry.succession import Succession


class Event(StrEnum):
    """What happened to the file of a list."""

    FIRST = "first"
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
    """

    step: Step
    event: Event
    old: Index | None
    new: Index | None
    changes: tuple[Change, ...]
    problems: int = 0


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


def life(stands: Iterable[Stand]) -> Iterator[Moment]:
    """Yield what each revision did, in the order given.

    A revision that is deleted or cannot be read is reported, and the next one is compared with the
    last that could.
    """
    succession = Succession()
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
        yield Moment(step, _event(step, last, missing=missing), last, read, changes)
        last, missing = read, False


def _event(step: Step, last: Index | None, *, missing: bool) -> Event:
    if last is None:
        return Event.FIRST
    if missing:
        return Event.RESTORED
    return Event.RENAMED if step.renamed_from else Event.CHANGED
