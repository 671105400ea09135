"""A page for people: blocks of text that every renderer lays out in its own way."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeAlias


class Style(StrEnum):
    """The style of a piece of text. A style only repeats what the words say."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"
    NOTICE = "notice"
    INFORM = "inform"
    EDITORIAL = "editorial"
    LINK = "link"
    CODE = "code"


class Span(NamedTuple):
    """A piece of text in one style."""

    text: str
    style: Style = Style.PLAIN


Line: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """A title, of the page (1) or of a part of it (2)."""

    line: Line
    level: int = 2


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Bullets(NamedTuple):
    """A list of points."""

    items: tuple[Line, ...]


class Fact(NamedTuple):
    """A name and its values."""

    name: Span
    lines: tuple[Line, ...]


class Facts(NamedTuple):
    """Names with their values."""

    facts: tuple[Fact, ...]


class Table(NamedTuple):
    """Rows under a header; the first column names the row. `gap` is the number of spaces between columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    gap: int = 2


class Code(NamedTuple):
    """Lines that stay as they are: a part of a file, an example; `language` is that of the lines."""

    lines: tuple[str, ...]
    language: str = "yaml"


Block: TypeAlias = Heading | Paragraph | Bullets | Facts | Table | Code
Page: TypeAlias = tuple[Block, ...]


class Report(Protocol):
    """Something to show in any format."""

    def to_document(self) -> Page:
        """Return it as blocks for people."""

    def to_record(self) -> Mapping[str, Any] | list[Any]:
        """Return it as plain data, in a numbered shape; of several lists, one of each."""

    def to_rows(self) -> Iterable[tuple[str, ...]]:
        """Return it as rows for a spreadsheet, the heads first."""


def make_line(*pieces: str | Span) -> Line:
    """Return a line of plain text and spans."""
    return tuple(piece if isinstance(piece, Span) else Span(piece) for piece in pieces)


def mark_code(text: str) -> Line:
    """Return a line of a text of the program; what is between backticks is code, such as a field."""
    return tuple(
        Span(piece, Style.CODE if piece.startswith("`") else Style.PLAIN)
        for piece in re.split("(`[^`]+`)", text)
        if piece
    )


def emphasize(text: str) -> Span:
    """Return a text in the style of emphasis."""
    return Span(text, Style.STRONG)


def dim(text: str) -> Span:
    """Return a text in the style of side information."""
    return Span(text, Style.FAINT)


def format_count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: `1 service`, `3 services`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


class Part(NamedTuple):
    """What a page says under one heading.

    Attributes:
        before: the blocks before the first part.
        facts: the names and texts of its facts.
        further: those under a heading below.
    """

    title: str
    before: list[Block]
    facts: list[tuple[str, str]]
    further_title: str
    further: list[tuple[str, str]]


def split_parts(page: Page, sanitize: Callable[[str], str]) -> list[Part]:
    """Return the parts of a page, with sanitized texts: each begins with a heading of the second level."""

    def get_text(line: Line) -> str:
        return sanitize("".join(span.text for span in line))

    before: list[Block] = []
    parts: list[Part] = []
    for block in page:
        match block:
            case Heading(line, 2):
                parts.append(Part(get_text(line), before, [], "", []))
            case Heading(line, _) if parts:
                parts[-1] = parts[-1]._replace(further_title=get_text(line))
            case Facts(facts) if parts:
                part = parts[-1]
                (part.further if part.further_title else part.facts).extend(
                    (sanitize(fact.name.text), "\n".join(map(get_text, fact.lines))) for fact in facts
                )
            case _:
                before.append(block)
    return parts
