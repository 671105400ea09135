"""What people call a revision: a file, a commit, a version of the list, a day."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from subproc_cli.diff.classify import diff
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.history.git import Entry, Repository, Step, installed, real, steps
from subproc_cli.registry import header, source
from subproc_cli.registry.field_types import is_version
from subproc_cli.registry.loader import load
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import NAME
from subproc_cli.text import calendar_day, did_you_mean, first_listed, listed
from subproc_cli.yaml.source import Source

FILE_ENDINGS = (".yaml", ".yml", ".json")
"""What ends like this is meant as a file."""
_DOTS = re.compile(r"(?<![/.])\.{2,3}(?![/.])")


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


def is_range(text: str) -> bool:
    """Tell whether a text is `A..B` or `A...B`; dots of a path, as in `../a` and `REV:../a`, make none."""
    found = _DOTS.search(text, 0, colon(text) or len(text))
    return found is not None and text[:1] != ":"


def colon(text: str) -> int | None:
    """Return where the path begins in `REV:path`; `:/words` and words in braces belong to the revision."""
    if text.startswith(":/"):
        return None
    depth = 0
    for at, char in enumerate(text):
        if char == ":" and not depth:
            return at
        depth += (char == "{") - (char == "}")
    return None


MAX_OTHERS = 3
"""Revisions with the version of the one that is read, and with another content, that are looked for."""


class Doubt(NamedTuple):
    """A version that was read and that several revisions have whose content differs.

    Attributes:
        version: the version.
        commits: the short ids of their commits, oldest first; the last one was read.
    """

    version: str
    commits: tuple[str, ...]

    def __str__(self) -> str:
        return different(self.version, self.commits)


def different(version: str, names: Sequence[str]) -> str:
    """Return that revisions have the same version and another content, by their names, oldest first."""
    told = listed(names) if len(names) <= MAX_OTHERS + 1 else first_listed(names)
    return f"{version} is the version of revisions with different content: {told}"


class Revisions:
    """Finds revisions of the list that stands in a file.

    Attributes:
        doubts: what to tell of the versions that were read.

    Args:
        path: the file, or `-` for standard input.
        place: where the list stands in git if it comes from standard input.
    """

    def __init__(self, path: str, place: str = NAME) -> None:
        self.path = path
        self.doubts: list[Doubt] = []
        file = Path(place if path == source.STDIN else path)
        link, target = real(file.parent) / file.name, real(file)
        self._resolved = link if link.parent == target.parent else target
        folders = (each for each in self._resolved.parents if os.path.isdir(each))
        self._folder = next(folders, self._resolved)

    @cached_property
    def repository(self) -> Repository | None:
        """The git repository that the list lies in."""
        return Repository.around(self._folder)

    def inside(self, repository: Repository) -> str:
        """Return the path of the list from the root of its repository."""
        return self._resolved.relative_to(real(repository.root)).as_posix()

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
            if found and not (commit and self._same(repository, commit, found[0])):
                clear = found[0].commit[:12]
                yield Reading("a version of the list", clear, lambda: self._latest(repository, text, found))

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
        root, here = real(repository.root), real(Path.cwd())
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
            yield step, header.head(Source(step.commit, content))

    def _version(self, repository: Repository, version: str) -> list[Step]:
        """Return the steps that left a version, the latest first, without those before it was given up.

        Raises:
            UsageFault: the version was given up and taken again for something else.
        """
        found: list[Step] = []
        left = False
        for step, said in self._kept(repository):
            if said.get("version") != version:
                left = bool(found)
            elif not left:
                found.append(step)
            elif step.blob != found[0].blob:
                message = f"{version} stands for two revisions of the list, {step.commit[:12]} and later"
                raise UsageFault(f"{message} {found[0].commit[:12]}", "name the commit that you mean")
        return found

    def _latest(self, repository: Repository, version: str, found: list[Step]) -> Source:
        """Return the latest revision of a version, and remember if another one has another content."""
        latest = self._step(repository, found[0])
        others = [*islice(self._others(repository, latest, found), MAX_OTHERS)]
        if others:
            self.doubts.append(Doubt(version, (*(each.name for each in reversed(others)), found[0].name)))
        return latest

    def _others(self, repository: Repository, latest: Source, found: list[Step]) -> Iterator[Step]:
        """Yield the last step of each other content than that of the latest one, however it is written."""
        known, seen = [load(latest)], {found[0].blob}
        for step in found[1:]:
            if step.blob in seen:
                continue
            seen.add(step.blob)
            older = load(self._step(repository, step))
            if isinstance(older, Index) and all(
                isinstance(each, Index) and diff(older, each) for each in known
            ):
                known.append(older)
                yield step

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


def _untracked(path: str) -> str:
    return f"git add {path}" if path and os.path.exists(path) else ""
