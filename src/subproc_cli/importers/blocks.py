"""A page as a flat list of blocks: headings, texts and tables, regardless of its markup."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

STRUCK = "~~"
"""Marks around text that is struck through, as in Markdown: it no longer applies."""


class TextRun(NamedTuple):
    """A piece of text.

    Attributes:
        text: the piece; a line break within a block is one.
        strong: whether it is set apart, as labels are: bold, italic, a term of a list of terms.
        link: the address that it links to; empty if it is not a link.
    """

    text: str
    strong: bool = False
    link: str = ""


class Heading(NamedTuple):
    """The level of a heading, from 1 (the title) to 6; 7 is a line in bold that serves as a heading."""

    runs: tuple[TextRun, ...]
    level: int


class Text(NamedTuple):
    """A paragraph or a part of a list.

    Attributes:
        depth: how many lists it is in; 0 for a paragraph.
        fresh: whether an item of a list begins with it.
    """

    runs: tuple[TextRun, ...]
    depth: int = 0
    fresh: bool = True


class Grid(NamedTuple):
    """A table whose rows have the same length; a cell that spans several is repeated in each of them.

    Attributes:
        rows: the cells row by row.
        hidden_rows: the indexes of rows that a browser does not show.
    """

    rows: tuple[tuple[tuple[TextRun, ...], ...], ...]
    hidden_rows: frozenset[int] = frozenset()


Block: TypeAlias = Heading | Text | Grid


def get_text(runs: Iterable[TextRun]) -> str:
    """Return the text of some runs, without blanks around its lines and without empty lines."""
    text = "".join([run.text for run in runs])
    if "\n" not in text:
        return " ".join(text.split())
    lines = text.split("\n")
    return "\n".join(line for each in lines if (line := " ".join(each.split())))


def collect_links(runs: Iterable[TextRun]) -> tuple[str, ...]:
    """Return the link targets of some runs, without duplicates."""
    return tuple(dict.fromkeys(run.link for run in runs if run.link))
