"""The commits that touched a list, along the main line of its history."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.history.git import Repository

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
