"""How a revision is written, and a version that names more than one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from subproc_cli.text import join_first_words, join_words

FILE_ENDINGS = (".yaml", ".yml", ".json")
"""What ends like this is meant as a file."""
_DOTS = re.compile(r"(?<![/.])\.{2,3}(?![/.])")


def is_range(text: str) -> bool:
    """Return whether a text is `A..B` or `A...B`; dots of a path, as in `../a` and `REV:../a`, make none."""
    found = _DOTS.search(text, 0, find_path_separator(text) or len(text))
    return found is not None and text[:1] != ":"


def find_path_separator(text: str) -> int | None:
    """Return where the path begins in `REV:path`; `:/words` and words in braces belong to the revision."""
    if text.startswith(":/"):
        return None
    depth = 0
    for at, char in enumerate(text):
        if char == ":" and not depth:
            return at
        depth += (char == "{") - (char == "}")
    return None


def split_range(text: str) -> tuple[str, str, str]:
    """Return the dots of a range, and its two sides; one that is empty is HEAD."""
    dots = "..." if "..." in text else ".."
    left, _, right = text.partition(dots)
    return dots, left or "HEAD", right or "HEAD"


MAX_OTHERS = 3
"""Revisions with the version of the one that is read, and with another content, that are looked for."""


class AmbiguousVersion(NamedTuple):
    """A version that was read and that several revisions have whose content differs.

    Attributes:
        version: the version.
        commits: the short ids of their commits, oldest first; the last one was read.
    """

    version: str
    commits: tuple[str, ...]

    def __str__(self) -> str:
        return format_different_content(self.version, self.commits)


def format_different_content(version: str, names: Sequence[str]) -> str:
    """Return that revisions have the same version and another content, by their names, oldest first."""
    shown = join_words(names) if len(names) <= MAX_OTHERS + 1 else join_first_words(names)
    return f"version {version} has revisions with different content: {shown}"
