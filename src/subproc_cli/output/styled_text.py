"""Texts for a terminal in pieces of different styles: how wide they are, and where their lines break."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Piece: TypeAlias = tuple[str, str]
"""A text without line breaks and the codes of its style (SGR, ECMA-48), which are empty for plain text."""
_SPACES = re.compile(r"[^\S\xa0\u202f]+")
"""Spaces at which a line may break: all except no-break spaces."""
_WORD = re.compile(rf"(?P<word>\s*[\S\xa0\u202f]+)(?P<gap>{_SPACES.pattern})?")


def measure_width(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # most texts are ASCII

    return cell_len(text)


class StyledText:
    """One line of pieces next to each other.

    Attributes:
        pieces: the texts and their styles.
        plain: the text without styles.
        width: how many columns of a terminal it takes.
    """

    __slots__ = ("pieces", "plain", "width")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self.plain = "".join([text for text, _ in self.pieces])
        self.width = measure_width(self.plain)

    @property
    def indent(self) -> int:
        """The number of spaces that it begins with."""
        return len(self.plain) - len(self.plain.lstrip(" "))

    @property
    def min_width(self) -> int:
        """The width of its longest word, with its indent."""
        return self.indent + max(map(measure_width, _SPACES.split(self.plain)), default=0)

    def wrap(self, width: int) -> "list[StyledText]":
        """Break it between words; its indent is that of each line, and a long word breaks inside."""
        if self.width <= width:
            return [self]
        indent = self.indent
        margin = (" " * indent, "")
        lines = _find_lines(self.plain[indent:], max(1, width - indent))
        return [StyledText((margin, *self._cut(indent + start, indent + end))) for start, end in lines]

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces between two positions."""
        at = 0
        for text, codes in self.pieces:
            part = text[max(0, start - at) : max(0, end - at)]
            if part:
                yield part, codes
            at += len(text)

    def draw(self, *, colour: bool) -> str:
        """Return it for a terminal, without spaces at its end."""
        if not colour:
            return self.plain.rstrip(" ")
        drawn = [f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text for text, codes in self.pieces]
        return "".join(drawn).rstrip(" ")


def _find_lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each line of a text begins and ends, without the spaces at which it breaks."""
    start = end = used = 0
    for match in _WORD.finditer(text):
        word, gap = match["word"], match["gap"] or ""
        length = measure_width(word)
        if used and used + length > width:
            yield start, end
            start, used = match.start(), 0
        if length > width:
            *parts, rest = _chop(word, width)
            for part in parts:
                yield start, start + len(part)
                start += len(part)
            length = measure_width(rest)
        end = match.end("word")
        used += length + measure_width(gap)
    yield start, end


def _chop(word: str, width: int) -> list[str]:
    """Return the parts of a word that is wider than a line, at least one."""
    from rich.cells import chop_cells  # few words are that long

    return [part for part in chop_cells(word, width) if part]
