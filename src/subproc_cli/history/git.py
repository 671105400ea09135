"""Reading from a git repository: never checking out, never writing, running nothing of its own.

A revision is resolved once to the id of an object; after that only ids are passed on.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.yaml.source import MAX_BYTES

_SAFE_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "protocol.allow=never",
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
"""Options that keep the configuration of a foreign repository from starting programs or changing output."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",  # none; it goes before protocol.<name>.allow in the configuration
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
_DISCOVERY_SECONDS = 20
"""Seconds for the first command, which only reads the configuration."""
_COMMAND_SECONDS = 600
"""Seconds for any other command: the log of a large repository takes minutes."""


class TreeEntry(NamedTuple):
    """A file in a revision."""

    mode: str
    blob: str


def is_installed() -> bool:
    """Return whether git is installed."""
    return _find_git() is not None


def explain_missing(path: str | Path) -> str:
    """Return why there is no repository at a path: it is in none, or git is not installed."""
    return f"{path} is not in a git repository" if is_installed() else "git is not installed"


@cache
def _find_git() -> str | None:
    """Return the full path of git.

    It is looked up once, from the folder of the user: a relative folder in PATH must not lead to a program
    next to a list that somebody else wrote.
    """
    found = shutil.which("git")
    return str(Path(found).absolute()) if found else None


def resolve_path(path: Path) -> Path:
    """Return the target of a path; circular links are left as they are."""
    return Path(os.path.realpath(path))


class Repository:
    """A git repository that holds a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def discover(cls, folder: Path) -> "Repository | None":
        """Return the repository that a folder lies in, None if it lies in none or there is no git.

        Raises:
            ReadError: git refuses to read it, for example because another user owns it, because its
                configuration has an error or says that its files lie elsewhere.
        """
        if not is_installed():
            return None
        found = _run_git(folder, "rev-parse", "--show-toplevel", seconds=_DISCOVERY_SECONDS)
        if b"must be run in a work tree" in found.stderr:
            found = _run_git(folder, "rev-parse", "--absolute-git-dir")  # a bare one
        if found.returncode == 0:
            root = Path(os.fsdecode(found.stdout.rstrip(b"\n")))
            if not resolve_path(folder).is_relative_to(resolve_path(root)):
                hint = "check core.worktree and core.bare in its configuration"
                raise ReadError(f"{folder}: git keeps the files of this repository in {root}", hint)
            return cls(root)
        if b"dubious ownership" in found.stderr:
            hint = f"git config --global --add safe.directory {shlex.quote(str(folder))}"
            raise ReadError(f"{folder}: git refuses to read a repository of another user", hint)
        if b"not a git repository (or any" in found.stderr:
            return None
        message = f"{folder}: git cannot read this repository: {_find_first_line(found)}"
        raise ReadError(message, f"fix what this command reports: git -C {shlex.quote(str(folder))} status")

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return what a git command prints.

        Raises:
            ReadError: git failed; the message is git's first line.
        """
        completed = _run_git(self.root, *arguments, stdin=stdin)
        if completed.returncode == 0:
            return completed.stdout
        raise ReadError(f"git {arguments[0]} failed: {_find_first_line(completed)}")

    def resolve_object(self, name: str, kind: str = "commit") -> str | None:
        """Return the id of the object that a name means, None if there is none of this kind."""
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
        """Return the common ancestor of two commits.

        Raises:
            UsageError: they have none.
            ReadError: this clone is shallow and does not have it.
        """
        done = _run_git(self.root, "merge-base", one, other)
        if done.returncode != 0:
            message = f"{one[:12]} and {other[:12]} have no common ancestor"
            if hint := self.get_shallow_hint():
                raise ReadError(f"{message} in this clone", hint)
            raise UsageError(message)
        return done.stdout.decode("ascii").split()[0]

    def has_other_version(self, commit: str, path: str) -> bool:
        """Return whether a file was changed on the branch of a commit after HEAD parted from it."""
        done = _run_git(self.root, "merge-base", commit, "HEAD")
        base = done.stdout.decode("ascii").partition("\n")[0]
        return base not in ("", commit) and self.find_entry(base, path) != self.find_entry(commit, path)

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

    def find_old_path(self, commit: str, path: str, head: str = "") -> str:
        """Return where a file was at a commit if it has been moved since; empty if it has not.

        Only names and contents of trees are compared, so no filter of the repository runs.

        Args:
            commit: the earlier commit.
            path: where the file is now, from the root.
            head: the later commit; the index if it is empty.
        """
        sides = ("diff-tree", "-r", commit, head) if head else ("diff-index", "--cached", commit)
        command, *revisions = sides
        fields = self.run(command, "-M", "--diff-filter=R", "--name-status", "-z", *revisions).split(b"\0")
        pairs = zip(fields[1::3], fields[2::3], strict=False)
        return next((os.fsdecode(old) for old, new in pairs if os.fsdecode(new) == path), "")

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

    def read_contents(self, blobs: Iterable[str], limit: int = MAX_BYTES) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of many blobs in their order.

        One that is larger than `MAX_BYTES` is not read: the result is as many zeros.

        Args:
            blobs: their ids.
            limit: the number of bytes that one process reads, and that are in memory at the same time.

        Raises:
            ReadError: one of them is missing.
        """
        batch: list[str] = []
        size = 0
        for blob, length in self._iter_sizes(list(blobs)):
            if size + length > limit:
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


def _run_git(
    folder: Path, *arguments: str, stdin: bytes = b"", seconds: int = _COMMAND_SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """Return the output of git in a folder.

    Raises:
        ReadError: it does not answer in time, for example because its configuration includes a pipe.
    """
    try:
        return subprocess.run(  # noqa: S603  fixed words and ids of objects
            [_find_git() or "git", *_SAFE_OPTIONS, *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=seconds,
            env={**_build_environment(), **_ENVIRONMENT},
        )
    except subprocess.TimeoutExpired:
        message = f"{folder}: git {arguments[0]} did not answer within {seconds} seconds"
        raise ReadError(message, f"see: git -C {shlex.quote(str(folder))} status") from None


def _find_first_line(completed: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first line of an error of git, without git's own `fatal:`."""
    line = completed.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    return line.removeprefix("fatal: ") or f"exit code {completed.returncode}"


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
        """Its name: the commit, or the file in a folder of revisions."""
        return self.commit[:12] or self.path


def iter_file_commits(repository: Repository, path: str, since: str = "HEAD") -> Iterator[FileCommit]:
    """Yield the commits of a file, newest first, from a commit back to its beginning.

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
