"""What people call a revision: a file, a commit, a version of the list, a day."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.history.commits import Step, steps
from subproc_cli.history.git import Entry, Repository, installed
from subproc_cli.history.spelling import FILE_ENDINGS, colon, is_range
from subproc_cli.registry import head, source
from subproc_cli.registry.fields import is_version
from subproc_cli.registry.source import NAME, Source
from subproc_cli.words import calendar_day, did_you_mean


class Reading(NamedTuple):
    """One thing that a text can mean.

    Attributes:
        name: what it is.
        clear: how to write it so that it means nothing else; empty where there is no such way.
        source: returns it.
    """

    name: str
    clear: str
    source: Callable[[], Source]


class Revisions:
    """Finds revisions of the list that stands in a file.

    Args:
        path: the file, or `-` for standard input.
        place: where the list stands in git if it comes from standard input.
    """

    def __init__(self, path: str, place: str = NAME) -> None:
        self.path = path
        file = Path(place if path == source.STDIN else path)
        link, target = _real(file.parent) / file.name, _real(file)
        self._resolved = link if link.parent == target.parent else target
        self._folder = next(each for each in self._resolved.parents if os.path.isdir(each))

    @cached_property
    def repository(self) -> Repository | None:
        """The git repository that the list lies in."""
        return Repository.around(self._folder)

    def inside(self, repository: Repository) -> str:
        """Return the path of the list from the root of its repository."""
        return self._resolved.relative_to(_real(repository.root)).as_posix()

    def pair(self, old: str, new: str | None) -> tuple[Source, Source]:
        """Return two revisions; `A..B` and `A...B` are two at once, and NEW defaults to the list.

        Raises:
            UsageFault: both would be read from standard input, or a name has two readings.
            UnreadableFault: there is no such revision.
        """
        if any("\0" in text for text in (old, new or "")):
            raise UsageFault("a revision holds a null character", "no name of a file or of git has one")
        if new is None and is_range(old) and not os.path.exists(old):
            return self._range(old)
        if old == source.STDIN and (self.path if new is None else new) == source.STDIN:
            raise UsageFault("only one of two revisions can come from standard input")
        return self.read(old), source.read(self.path) if new is None else self.read(new)

    def _range(self, text: str) -> tuple[Source, Source]:
        dots = "..." if "..." in text else ".."
        left, _, right = text.partition(dots)
        if dots == "..":
            return self.read(left or "HEAD"), self.read(right or "HEAD")
        repository = self._required(text)
        one, other = (self._commit(repository, side or "HEAD") for side in (left, right))
        base = repository.merge_base(one, other)
        return self._at(repository, base, base[:12]), self._at(repository, other, right or "HEAD")

    def read(self, text: str) -> Source:
        """Return the bytes of one revision.

        Raises:
            UsageFault: the text can be read in two ways; both are named.
            UnreadableFault: it can be read in none.
        """
        if text == source.STDIN:
            return source.read(text)
        if not text.strip():
            raise UsageFault("a revision is an empty text", "for example: subproc diff HEAD")
        readings = list(self._readings(text))
        if len(readings) > 1:
            names = " and ".join(each.name for each in readings)
            ways = (f"for {each.name}, write {each.clear}" for each in readings if each.clear)
            raise UsageFault(f"{text} can be read as {names}", "; ".join(ways))
        if not readings:
            raise self._nothing(text)
        return readings[0].source()

    def _readings(self, text: str) -> Iterator[Reading]:
        if os.path.lexists(text):
            yield Reading("a file", f"./{text}", lambda: source.read(text))
        repository = self.repository
        if repository is None:
            return
        if colon(text) is not None:
            yield from self._path_readings(repository, text)
            return
        if text.startswith("@") and calendar_day(text[1:]):
            yield Reading("a day", "", lambda: self._published(repository, date.fromisoformat(text[1:])))
            return
        commit = repository.object(text)
        if commit:
            yield Reading("a git revision", f"{text}^0", lambda: self._at(repository, commit, text))
        if is_version(text):
            found = self._version(repository, text)
            if found and not (commit and self._same(repository, commit, found)):
                clear = found.commit[:12]
                yield Reading("a version of the list", clear, lambda: self._step(repository, found))

    def _path_readings(self, repository: Repository, text: str) -> Iterator[Reading]:
        """Read `REV:path` and `:path` as git does: `./` is the folder of the list."""
        at = colon(text) or 0
        revision, path = text[:at], text[at + 1 :].removeprefix("" if at else "0:")
        if path.startswith(("./", "../")):
            path = Path(os.path.normpath(self._here(repository) / path)).as_posix()
        if not revision:
            entry = repository.staged(path or self.inside(repository))
            if entry is None:
                raise UnreadableFault(f"{text}: there is no such file in the index", _untracked(path))
            yield Reading("a file of the index", "", lambda: self._source(repository, entry, text, ""))
            return
        commit = repository.object(revision)
        if commit:
            yield Reading("a file of a git revision", "", lambda: self._at(repository, commit, text, path))

    def _here(self, repository: Repository) -> Path:
        """Return where `./` begins in a repository: as git has it, or in the folder of a list elsewhere."""
        root, here = _real(repository.root), _real(Path.cwd())
        return (here if here.is_relative_to(root) else self._folder).relative_to(root)

    def _at(self, repository: Repository, commit: str, name: str, path: str = "") -> Source:
        path = path or self.inside(repository)
        entry = repository.entry(commit, path)
        if entry is None:
            message = f"{name}: there is no {path} in commit {commit[:12]}"
            raise UnreadableFault(message, self._elsewhere(repository, commit, path, name))
        shown = name if ":" in name else f"{name}:{path}"
        return self._source(repository, entry, shown, commit)

    def _source(self, repository: Repository, entry: Entry, name: str, commit: str) -> Source:
        return Source(name, repository.content(entry, name), commit)

    def _elsewhere(self, repository: Repository, commit: str, missing: str, name: str) -> str:
        """Say where the list stood at a commit: in its folder, or where it was renamed from since."""
        inside = self.inside(repository)
        if missing != inside and repository.entry(commit, inside):
            return f"did you mean {name[: colon(name)]}:{inside}?"
        renamed = [step.renamed_from for step in self._steps(repository) if step.renamed_from]
        found = next((path for path in renamed if repository.entry(commit, path)), "")
        return f"it stood at {found} then: {commit[:12]}:{found}" if found else ""

    def _steps(self, repository: Repository) -> list[Step]:
        if repository.object("HEAD") is None:
            return []
        return list(steps(repository, self.inside(repository)))

    def _kept(self, repository: Repository) -> Iterator[tuple[Step, dict[str, str]]]:
        """Yield the steps that left a file, newest first, with what its head says."""
        kept = [step for step in self._steps(repository) if step.blob]
        blobs = [step.blob for step in kept if step.blob]
        for step, (_, content) in zip(kept, repository.contents(blobs), strict=True):
            yield step, head.head(Source(step.commit, content))

    def _version(self, repository: Repository, version: str) -> Step | None:
        found = (step for step, said in self._kept(repository) if said.get("version") == version)
        return next(found, None)

    def _published(self, repository: Repository, day: date) -> Source:
        """Return the list as it was published on a day: the latest whose own date is not after it."""
        best: tuple[str, Step] | None = None
        for step, said in self._kept(repository):
            dated = said.get("date", "")
            if calendar_day(dated) and dated <= day.isoformat() and (best is None or dated > best[0]):
                best = dated, step
        if best is None:
            hint = repository.shallow_hint()
            raise UnreadableFault(f"@{day}: nothing was published up to that day in this history", hint)
        return self._step(repository, best[1])

    def _step(self, repository: Repository, step: Step) -> Source:
        return self._at(repository, step.commit, step.commit[:12], step.path)

    def _same(self, repository: Repository, commit: str, step: Step) -> bool:
        entry = repository.entry(commit, step.path)
        return entry is not None and entry.blob == step.blob

    def _commit(self, repository: Repository, text: str) -> str:
        commit = repository.object(text)
        if commit is None:
            raise self._nothing(text)
        return commit

    def _required(self, text: str) -> Repository:
        if self.repository is None:
            raise self._nothing(text)
        return self.repository

    def _nothing(self, text: str) -> UnreadableFault:
        if self.repository is None:
            git = f"{self._folder} is not in a git repository" if installed() else "git is not installed"
            git = "" if text.endswith(FILE_ENDINGS) else f", and {git}"
            return UnreadableFault(f"{text}: no such file{git}", source.neighbour(Path(text)))
        if text.startswith("-"):
            return UnreadableFault(f"{text}: a revision does not begin with a hyphen")
        if text.startswith("@") and text[1:2].isdecimal():
            return UnreadableFault(f"{text}: is no day of the calendar", "write it as @YYYY-MM-DD")
        return self._nothing_in(self.repository, text)

    def _nothing_in(self, repository: Repository, text: str) -> UnreadableFault:
        hint = repository.shallow_hint() or source.neighbour(Path(text))
        if text.endswith(FILE_ENDINGS) and ":" not in text:
            return UnreadableFault(f"{text}: no such file", hint)
        if repository.object("HEAD") is None:
            message = f"{text}: no such file, and the git repository has no commits yet"
            return UnreadableFault(message, "git add and commit the list first")
        at = colon(text)
        if at is not None:
            return UnreadableFault(f"{text}: there is no git revision {text[:at]}", hint)
        message = f"{text}: no such file, git revision or version of the list"
        return UnreadableFault(message, hint or self._known(text))

    def versions(self) -> list[str]:
        """Return the versions of the list in the history of its repository, the newest first."""
        kept = self._kept(self.repository) if self.repository else ()
        return [said["version"] for _, said in kept if "version" in said]

    def _known(self, text: str) -> str:
        return did_you_mean(text, [*self.versions(), *self._required(text).names()])


def _real(path: Path) -> Path:
    """Return where a path leads to; links that lead round in a circle are left as they are."""
    return Path(os.path.realpath(path))


def _untracked(path: str) -> str:
    return f"git add {path}" if path and os.path.exists(path) else ""
