"""Reading from a git repository: never checking out, never writing, running nothing of its own.

A revision is resolved once to the id of an object; after that only ids are passed on.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.yaml.source import MAX_BYTES

_SAFE_OPTIONS = (
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
_REMOVED_VARIABLES = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_ICASE_PATHSPECS", "GIT_GLOB_PATHSPECS")
)
"""Set by git for its hooks, or by a user for git; the repository is the one that the list lies in."""
_SYMLINK, _SUBMODULE = "120000", "160000"


class TreeEntry(NamedTuple):
    """A file in a revision."""

    mode: str
    blob: str


def is_installed() -> bool:
    """Return whether there is a git to ask."""
    return shutil.which("git") is not None


def resolve_path(path: Path) -> Path:
    """Return where a path leads to; links that lead round in a circle are left as they are."""
    return Path(os.path.realpath(path))


class Repository:
    """A git repository that holds a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def discover(cls, folder: Path) -> "Repository | None":
        """Return the repository that a folder lies in, None if it lies in none or there is no git.

        Raises:
            ReadError: git refuses to read it, for example because another user owns it, or its
                configuration says that its files lie elsewhere.
        """
        try:
            found = _run_git(folder, "rev-parse", "--show-toplevel")
            if b"must be run in a work tree" in found.stderr:
                found = _run_git(folder, "rev-parse", "--absolute-git-dir")  # a bare one
        except FileNotFoundError:
            return None
        if found.returncode == 0:
            root = Path(os.fsdecode(found.stdout.rstrip(b"\n")))
            if not resolve_path(folder).is_relative_to(resolve_path(root)):
                hint = "check core.worktree and core.bare in its configuration"
                raise ReadError(f"{folder}: git keeps the files of this repository in {root}", hint)
            return cls(root)
        if b"dubious ownership" in found.stderr:
            hint = f"git config --global --add safe.directory {folder}"
            raise ReadError(f"{folder}: git refuses to read a repository of another user", hint)
        return None

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return what a git command prints.

        Raises:
            ReadError: git failed; the message is git's first line.
        """
        completed = _run_git(self.root, *arguments, stdin=stdin)
        if completed.returncode == 0:
            return completed.stdout
        message = completed.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise ReadError(f"git {arguments[0]} failed: {message or f'exit code {completed.returncode}'}")

    def resolve_object(self, name: str, kind: str = "commit") -> str | None:
        """Return the id of what a name leads to, None if it leads nowhere or to another kind."""
        if not name or name.startswith(("-", "^")) or "\0" in name or "\n" in name:
            return None
        found = (
            self._resolve_name(name) if name.startswith(":/") else name
        )  # else the kind were searched for, too
        return self._resolve_name(f"{found}^{{{kind}}}") if found else None

    def _resolve_name(self, name: str) -> str | None:
        done = _run_git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else None

    def list_refs(self) -> list[str]:
        """Return the names of the branches and tags."""
        output = self.run(
            "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
        )
        return output.decode("utf-8", "replace").split()

    def find_merge_base(self, one: str, other: str) -> str:
        """Return the commit that two commits last had in common.

        Raises:
            UsageError: they have none.
        """
        done = _run_git(self.root, "merge-base", one, other)
        if done.returncode != 0:
            raise UsageError(f"{one[:12]} and {other[:12]} have no common ancestor", self.get_shallow_hint())
        return done.stdout.decode("ascii").split()[0]

    def get_shallow_hint(self) -> str:
        """Return what to do if the history is cut off, an empty text if it is not."""
        if self.run("rev-parse", "--is-shallow-repository").strip() == b"true":
            return "this clone is shallow: fetch the full history, in CI with fetch-depth: 0"
        return ""

    def find_entry(self, commit: str, path: str) -> TreeEntry | None:
        """Return a file of a commit by its path from the root, None if it is not there."""
        output = self.run("ls-tree", "-z", commit, "--", path)
        for row in output.split(b"\0"):
            head, _, name = row.partition(b"\t")
            if os.fsdecode(name) == path:
                mode, _, blob = head.decode("ascii").split(" ")
                return TreeEntry(mode, blob)
        return None

    def find_staged_entry(self, path: str) -> TreeEntry | None:
        """Return a file of the index by its path from the root, None if it is not there."""
        for row in self.run("ls-files", "--stage", "-z", "--", path).split(b"\0"):
            head, _, name = row.partition(b"\t")
            if os.fsdecode(name) == path:
                mode, blob, _ = head.decode("ascii").split(" ")
                return TreeEntry(mode, blob)
        return None

    def read_content(self, entry: TreeEntry, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            ReadError: it is a link or a submodule.
        """
        if entry.mode == _SYMLINK:
            raise ReadError(
                f"{name}: the path is a symbolic link in this revision, not a file",
                "name the file it links to",
            )
        if entry.mode == _SUBMODULE:
            raise ReadError(f"{name}: the path is a submodule in this revision, not a file")
        ((_, content),) = self.read_contents([entry.blob])
        return content

    def read_contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of many blobs in their order, by one process for each `MAX_BYTES` of them.

        One that is larger is not read: the result is as many zeros.

        Raises:
            ReadError: one of them is missing.
        """
        batch: list[str] = []
        size = 0
        for blob, length in self._iter_sizes(list(blobs)):
            if size + length > MAX_BYTES:
                yield from self._read_batch(batch)
                batch, size = [], 0
            if length > MAX_BYTES:
                yield blob, bytes(MAX_BYTES + 1)
            else:
                batch.append(blob)
                size += length
        yield from self._read_batch(batch)

    def _iter_sizes(self, blobs: list[str]) -> Iterator[tuple[str, int]]:
        stdin = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        for blob, row in zip(
            blobs, self.run("cat-file", "--batch-check", stdin=stdin).splitlines(), strict=True
        ):
            if row.endswith(b" missing"):
                raise ReadError(f"git does not have the object {blob[:12]}", self.get_shallow_hint())
            yield blob, int(row.split()[2])

    def _read_batch(self, blobs: list[str]) -> Iterator[tuple[str, bytes]]:
        stdin = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        answer = memoryview(self.run("cat-file", "--batch", stdin=stdin)) if blobs else memoryview(b"")
        at = 0
        for blob in blobs:
            end = at + bytes(answer[at : at + 200]).index(b"\n")
            size = int(bytes(answer[at:end]).split()[2])
            yield blob, bytes(answer[end + 1 : end + 1 + size])
            at = end + 1 + size + 1


def _run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  fixed words and ids of objects
        ["git", *_SAFE_OPTIONS, *arguments],  # noqa: S607  the user's own git
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        env={**_build_environment(), **_ENVIRONMENT},
    )


def _build_environment() -> dict[str, str]:
    """Return the environment for git, the index of a running commit by its full path."""
    kept = {name: value for name, value in os.environ.items() if name not in _REMOVED_VARIABLES}
    if "GIT_INDEX_FILE" in kept:
        kept["GIT_INDEX_FILE"] = str(Path(kept["GIT_INDEX_FILE"]).absolute())
    return kept


_START = b"\x01"
_FORMAT = "--format=%x01%H%x00%as"


class FileCommit(NamedTuple):
    """What a commit did to the file of a list.

    Attributes:
        commit: the id of the commit.
        day: the author's day, YYYY-MM-DD.
        path: where the file is since then, from the root of the repository.
        blob: the id of its bytes; None if the commit deleted it.
        renamed_from: where it was before; empty if it stayed.
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


def iter_file_commits(repository: Repository, path: str, since: str = "HEAD") -> Iterator[FileCommit]:
    """Yield what happened to a file, newest first, from a commit back to its beginning.

    Merges count as one step of the line that they were merged into; renames are followed, copies are not:
    a list that was copied from another one begins there.
    """
    output = repository.run(
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
    for record in output.split(_START)[1:]:
        commit, day, raw, *paths = record.split(b"\0")
        _, mode, _, blob, status = raw.strip().split(b" ")
        names = [os.fsdecode(name) for name in paths if name]
        gone = set(mode) == {ord("0")}
        yield FileCommit(
            commit=commit.decode("ascii"),
            day=day.decode("ascii"),
            path=names[-1],
            blob=None if gone else blob.decode("ascii"),
            renamed_from=names[0] if status.startswith(b"R") else "",
        )
        if status.startswith(b"C"):
            return
