"""Reading from a git repository: never checking out, never writing, running nothing of its own.

A revision is resolved once to the id of an object; after that only ids are passed on.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.yaml.source import MAX_BYTES

_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "i18n.logOutputEncoding=UTF-8",
)
"""A foreign repository's configuration must start no program and change no output."""

_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_FOREIGN = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_ICASE_PATHSPECS", "GIT_GLOB_PATHSPECS")
)
"""Set by git for its hooks, or by a user for git; the repository is the one that the list lies in."""
_SYMLINK, _SUBMODULE = "120000", "160000"


class Entry(NamedTuple):
    """A file in a revision."""

    mode: str
    blob: str


def installed() -> bool:
    """Tell whether there is a git to ask."""
    return shutil.which("git") is not None


def real(path: Path) -> Path:
    """Return where a path leads to; links that lead round in a circle are left as they are."""
    return Path(os.path.realpath(path))


class Repository:
    """A git repository that holds a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def around(cls, folder: Path) -> "Repository | None":
        """Return the repository that a folder lies in, None if it lies in none or there is no git.

        Raises:
            UnreadableFault: git refuses to read it, as it does if another user owns it, or its configuration
                says that its files lie elsewhere.
        """
        try:
            found = _git(folder, "rev-parse", "--show-toplevel")
            if b"must be run in a work tree" in found.stderr:
                found = _git(folder, "rev-parse", "--absolute-git-dir")  # a bare one
        except FileNotFoundError:
            return None
        if found.returncode == 0:
            root = Path(os.fsdecode(found.stdout.rstrip(b"\n")))
            if not real(folder).is_relative_to(real(root)):
                hint = "look at core.worktree and core.bare in its configuration"
                raise UnreadableFault(f"git has the files of {folder} elsewhere: in {root}", hint)
            return cls(root)
        if b"dubious ownership" in found.stderr:
            hint = f"git config --global --add safe.directory {folder}"
            raise UnreadableFault(f"git does not read {folder}: another user owns the repository", hint)
        return None

    def output(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what a git command prints.

        Raises:
            UnreadableFault: git failed; its own first line is told.
        """
        done = _git(self.root, *arguments, given=given)
        if done.returncode == 0:
            return done.stdout
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise UnreadableFault(f"git {arguments[0]} failed: {said or f'exit code {done.returncode}'}")

    def object(self, name: str, kind: str = "commit") -> str | None:
        """Return the id of what a name leads to, None if it leads nowhere or to another kind."""
        if not name or name.startswith(("-", "^")) or "\0" in name or "\n" in name:
            return None
        found = (
            self._resolved(name) if name.startswith(":/") else name
        )  # else the kind were searched for, too
        return self._resolved(f"{found}^{{{kind}}}") if found else None

    def _resolved(self, name: str) -> str | None:
        done = _git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else None

    def names(self) -> list[str]:
        """Return the names of the branches and tags."""
        said = self.output(
            "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
        )
        return said.decode("utf-8", "replace").split()

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit that two commits last had in common.

        Raises:
            UsageFault: they have none.
        """
        done = _git(self.root, "merge-base", one, other)
        if done.returncode != 0:
            raise UsageFault(f"{one[:12]} and {other[:12]} have no common ancestor", self.shallow_hint())
        return done.stdout.decode("ascii").split()[0]

    def shallow_hint(self) -> str:
        """Return what to do if the history is cut off, an empty text if it is not."""
        if self.output("rev-parse", "--is-shallow-repository").strip() == b"true":
            return "this clone is shallow: fetch all history, in CI with fetch-depth: 0"
        return ""

    def entry(self, commit: str, path: str) -> Entry | None:
        """Return a file of a commit by its path from the root, None if it is not there."""
        listed = self.output("ls-tree", "-z", commit, "--", path)
        for row in listed.split(b"\0"):
            head, _, name = row.partition(b"\t")
            if os.fsdecode(name) == path:
                mode, _, blob = head.decode("ascii").split(" ")
                return Entry(mode, blob)
        return None

    def staged(self, path: str) -> Entry | None:
        """Return a file of the index by its path from the root, None if it is not there."""
        for row in self.output("ls-files", "--stage", "-z", "--", path).split(b"\0"):
            head, _, name = row.partition(b"\t")
            if os.fsdecode(name) == path:
                mode, blob, _ = head.decode("ascii").split(" ")
                return Entry(mode, blob)
        return None

    def content(self, entry: Entry, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            UnreadableFault: it is a link or a submodule.
        """
        if entry.mode == _SYMLINK:
            raise UnreadableFault(f"{name}: is a symbolic link there, not a file", "name what it links to")
        if entry.mode == _SUBMODULE:
            raise UnreadableFault(f"{name}: is a submodule there, not a file")
        ((_, content),) = self.contents([entry.blob])
        return content

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of many blobs in their order, by one process for each `MAX_BYTES` of them.

        One that is larger is not read: as many zeros as are too many stand for it.

        Raises:
            UnreadableFault: one of them is missing.
        """
        batch: list[str] = []
        size = 0
        for blob, length in self._sizes(list(blobs)):
            if size + length > MAX_BYTES:
                yield from self._batch(batch)
                batch, size = [], 0
            if length > MAX_BYTES:
                yield blob, bytes(MAX_BYTES + 1)
            else:
                batch.append(blob)
                size += length
        yield from self._batch(batch)

    def _sizes(self, blobs: list[str]) -> Iterator[tuple[str, int]]:
        given = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        for blob, row in zip(
            blobs, self.output("cat-file", "--batch-check", given=given).splitlines(), strict=True
        ):
            if row.endswith(b" missing"):
                raise UnreadableFault(f"git does not have the object {blob[:12]}", self.shallow_hint())
            yield blob, int(row.split()[2])

    def _batch(self, blobs: list[str]) -> Iterator[tuple[str, bytes]]:
        given = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        answer = memoryview(self.output("cat-file", "--batch", given=given)) if blobs else memoryview(b"")
        at = 0
        for blob in blobs:
            end = at + bytes(answer[at : at + 200]).index(b"\n")
            size = int(bytes(answer[at:end]).split()[2])
            yield blob, bytes(answer[end + 1 : end + 1 + size])
            at = end + 1 + size + 1


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  fixed words and ids of objects
        ["git", *_SAFE, *arguments],  # noqa: S607  the user's own git
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
        env={**_environment(), **_ENVIRONMENT},
    )


def _environment() -> dict[str, str]:
    """Return the environment for git, the index of a running commit by its full path."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    if "GIT_INDEX_FILE" in kept:
        kept["GIT_INDEX_FILE"] = str(Path(kept["GIT_INDEX_FILE"]).absolute())
    return kept


_START = b"\x01"
_FORMAT = "--format=%x01%H%x00%as"


class Step(NamedTuple):
    """What a commit did to the file of a list.

    Attributes:
        commit: the id of the commit.
        day: the author's day, YYYY-MM-DD.
        path: where the file stands since then, from the root of the repository.
        blob: the id of its bytes; None if the commit deleted it.
        renamed_from: where it stood before; empty if it stayed.
    """

    commit: str
    day: str
    path: str
    blob: str | None
    renamed_from: str

    @property
    def name(self) -> str:
        """What to call it: its commit, or the file of a folder of revisions."""
        return self.commit[:12] or self.path


def steps(repository: Repository, path: str, since: str = "HEAD") -> Iterator[Step]:
    """Yield what happened to a file, newest first, from a commit back to its beginning.

    Merges count as one step of the line that they were merged into; renames are followed, copies are not:
    a list that was copied from another one begins there.
    """
    printed = repository.output(
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        "--follow",
        "--raw",
        "--no-abbrev",
        "-z",
        "-O/dev/null",  # no order of files but its own
        _FORMAT,
        since,
        "--",
        path,
    )
    for record in printed.split(_START)[1:]:
        commit, day, raw, *paths = record.split(b"\0")
        _, mode, _, blob, status = raw.strip().split(b" ")
        names = [os.fsdecode(name) for name in paths if name]
        gone = set(mode) == {ord("0")}
        yield Step(
            commit=commit.decode("ascii"),
            day=day.decode("ascii"),
            path=names[-1],
            blob=None if gone else blob.decode("ascii"),
            renamed_from=names[0] if status.startswith(b"R") else "",
        )
        if status.startswith(b"C"):
            return
