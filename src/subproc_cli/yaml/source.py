"""The bytes of one revision of a file, and what to call it."""

from typing import NamedTuple

MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is read; ten thousand services take about 7 MB."""
BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which some editors write before a text; it is not part of the text."""


class Source(NamedTuple):
    """The bytes of one revision of a registry.

    Attributes:
        name: what to call it in messages.
        content: the bytes.
        commit: the id of the commit they come from; empty if they come from none.
        git_path: the path in the repository, if they come from git; empty for a file.
    """

    name: str
    content: bytes
    commit: str = ""
    git_path: str = ""

    @property
    def text(self) -> str:
        """The text of a file that is known to be one."""
        return self.content.removeprefix(BOM).decode("utf-8")

    def encode(self, text: str) -> bytes:
        """Return the bytes of the file with another text, after the byte order mark that it has."""
        return (BOM if self.content.startswith(BOM) else b"") + text.encode("utf-8")
