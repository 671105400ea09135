"""The version that a list needs: `subproc bump`."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.diff.record import BumpRecord
from subproc_cli.enums import Bump
from subproc_cli.output.document import Page, Paragraph, make_line


class BumpReport(NamedTuple):
    """The version that the changes since a revision require.

    Attributes:
        needed: the number that has to be raised.
        known: the version that customers know.
        following: the next version.
        given: the version that the file states.
        enough: whether that is the next version, or one above it.
        written: whether the next version was just set in the file.
    """

    needed: Bump
    known: str
    following: str
    given: str
    enough: bool
    written: bool

    def to_document(self) -> Page:
        """Return the result in one line."""
        return (Paragraph(make_line(self._format_result())),)

    def _format_result(self) -> str:
        if self.needed is Bump.NONE:
            return f"none: nothing that is published changed since {self.known}"
        text = f"{self.needed}: {self.known} → {self.following}"
        if self.enough:
            return f"{text} (the file states {self.given}, which is enough)"
        return f"{text} (written)" if self.written else f"{text} (the file states {self.given})"

    def to_record(self) -> BumpRecord:
        """Return `subproc/bump/1`."""
        return {
            "schema": "subproc/bump/1",
            "needed": str(self.needed),
            "known": self.known,
            "following": self.following,
            "given": self.given,
            "enough": self.enough,
            "written": self.written,
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return the result as a row."""
        yield "needed", "known", "following", "given", "enough", "written"
        flags = ("yes" if flag else "no" for flag in (self.enough, self.written))
        yield str(self.needed), self.known, self.following, self.given, *flags
