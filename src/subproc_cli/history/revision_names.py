"""The notations of revisions, and versions that name more than one."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from subproc_cli.text import join_first_words, join_words
from subproc_cli.yaml.source import Source

FILE_ENDINGS = (".yaml", ".yml", ".json")
"""A name with one of these endings means a file."""
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


class Candidate(NamedTuple):
    """One meaning of a name.

    Attributes:
        name: what it is.
        unambiguous_form: a notation that means nothing else; empty if there is none.
        read_source: returns it.
    """

    name: str
    unambiguous_form: str
    read_source: Callable[[], Source]


MAX_OTHERS = 3
"""Maximum number of revisions with the same version and other content to look for."""


class AmbiguousVersion(NamedTuple):
    """A version that several revisions with different content have, and which of them was read.

    Attributes:
        version: the version.
        commits: the short ids of their commits, oldest first; the last one was read.
    """

    version: str
    commits: tuple[str, ...]

    def __str__(self) -> str:
        return format_different_content(self.version, self.commits)


def format_different_content(version: str, names: Sequence[str]) -> str:
    """Return the message that revisions share a version but not their content, by name, oldest first."""
    shown = join_words(names) if len(names) <= MAX_OTHERS + 1 else join_first_words(names)
    return f"version {version} has revisions with different content: {shown}"
