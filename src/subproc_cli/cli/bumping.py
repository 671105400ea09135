"""Finds the version that a list needs, and sets it in the file."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from subproc_cli.cli.output import write_bytes
from subproc_cli.cli.reading import open_revisions, opened
from subproc_cli.diff.change import bump, next_version
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Bump
from subproc_cli.registry import source
from subproc_cli.registry.edit import replaced
from subproc_cli.registry.source import Source


class Bumped(NamedTuple):
    """What the changes since a revision need.

    Attributes:
        needed: the number that has to go up.
        known: the version that customers know.
        following: the next version.
        given: the version that the file states.
    """

    needed: Bump
    known: str
    following: str
    given: str

    @property
    def behind(self) -> bool:
        """Whether the file states a version below the next one."""
        return _numbers(self.given) < _numbers(self.following)

    def told(self, *, written: bool) -> str:
        """Return the result in one line."""
        if self.needed is Bump.NONE:
            return f"none: nothing changed since {self.known}"
        text = f"{self.needed}: {self.known} → {self.following}"
        if not self.behind:
            return f"{text} (the file states {self.given}, which is enough)"
        return f"{text} (written)" if written else f"{text} (the file states {self.given})"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def bumped(old: str, path: str) -> Bumped:
    """Compare a list with an earlier revision of it."""
    before, after = open_revisions(old, None, path)
    needed = bump(diff(before, after))
    known = before.registry.version
    return Bumped(needed, known, next_version(known, needed), after.registry.version)


def set_version(path: str, version: str, day: date) -> None:
    """Set version and date in a file; every other byte stays, and the result is read before it is kept."""
    content = replaced(source.read(path), {"version": version, "date": day.isoformat()})
    opened(Source(path, content))
    write_bytes(Path(path), content)
