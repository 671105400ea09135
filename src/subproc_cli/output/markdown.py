"""Markdown: for pull requests, wikis and letters. Values of a list are escaped as text."""

import re
from collections.abc import Iterator
from typing import assert_never
from urllib.parse import quote

from subproc_cli.output.document import (
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
)
from subproc_cli.output.sanitize import sanitize_line, sanitize_quoted

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$])")
_REFERENCE = re.compile(
    r":(?=//)|\bwww(?=\.)"  # https://…, www.…
    r"|(?<![\w.])@(?=\w)"  # a person or a team; in an address of mail a letter precedes
    r"|[#!%&$~](?=\d)|(?<!~\\)~(?=\w)|\bGH-(?=\d)"  # issues, merge requests, labels, …
    r"|(?<!\w)[0-9a-f](?=[0-9a-f]{6,39}(?!\w))(?=\d*[a-f])",  # the hash of a commit
    re.IGNORECASE,
)
"""Where GitHub or GitLab would make a link of a text, or call somebody. An escape does not prevent it."""
_COMMIT = re.compile(r"\s*[0-9a-f]{7,40}")
_BREAK = "<!-- -->"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?([/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")
"""An address that can be written between angle brackets: nothing in it ends the link or is markup."""
_VERSION = re.compile(r"\\\[([\d.]+)\\\]")
"""A version in the brackets that Keep a Changelog puts around it; no markup can hide in it."""
_AT_START = re.compile(r"\A(\s*)(?:([-+=])(?=\s|\Z|\2)|(\d+)([.)])(?=\s|\Z))")


def render(page: Page, colon: str = ":") -> str:
    """Return a page as Markdown; `colon` follows the names of facts, in some languages after a space."""
    return "\n\n".join("\n".join(_render_block(block, colon)) for block in page) + "\n"


def _render_block(block: Block, colon: str) -> Iterator[str]:
    match block:
        case Heading(line, level):
            text = _VERSION.sub(r"[\1]", _render_line(line))
            yield f"{'#' * level} {text}"
        case Paragraph(line):
            yield _render_line(line)
        case Bullets(items):
            for item in items:
                yield f"- {_render_line(item)}"
        case Facts(facts):
            for fact in facts:
                yield from _render_fact(fact.name, fact.lines, colon)
        case Table(heads, rows):
            yield _render_row([escape_inline(head) for head in heads])
            yield _render_row(["---"] * len(heads))
            for row in rows:
                yield _render_row([_render_line(cell) for cell in row])
        case Code(lines, language):
            fence = "`" * max(
                3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
            )
            yield f"{fence}{language}"
            yield from (sanitize_quoted(line) for line in lines)
            yield fence
        case _:
            assert_never(block)


def _render_fact(name: Span, lines: tuple[Line, ...], colon: str) -> Iterator[str]:
    head = f"- **{escape_inline(name.text)}**{colon}"
    if len(lines) == 1:
        yield f"{head} {_render_line(lines[0])}"
        return
    yield head
    for line in lines:
        yield f"  - {_render_line(line)}"


def _render_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _render_line(line: Line) -> str:
    return _AT_START.sub(_escape_start, "".join(_render_span(span) for span in line).strip())


def _escape_start(match: re.Match[str]) -> str:
    space, mark, number, end = match.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{end}"


def _render_span(span: Span) -> str:
    if span.style is Style.CODE:  # written by this program, with its backticks
        return span.text
    if span.style is Style.LINK and is_web_address(span.text):
        return f"<{span.text}>"
    if span.style is Style.FAINT and _COMMIT.fullmatch(span.text):  # that of a revision of the list itself
        return span.text
    text = escape_inline(span.text)
    bare = text.strip()
    if span.style is Style.STRONG and bare:
        return text.replace(bare, f"**{bare}**")
    return text


def is_web_address(text: str) -> bool:
    """Return whether a text is the address of a page, with nothing that would end a link."""
    return _ADDRESS.fullmatch(text) is not None


def render_image(path: str, text: str) -> str:
    """Return an image: the path of its file, and the text that is read instead of it."""
    return f"![{escape_inline(text)}]({quote(path, safe='/.-_~')})"


def escape_block(text: str) -> str:
    """Return a text that Markdown shows as it is, also at the start of a line."""
    return _AT_START.sub(_escape_start, escape_inline(text))


def escape_inline(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _REFERENCE.sub(rf"\g<0>{_BREAK}", _MARKUP.sub(r"\\\1", sanitize_line(text)))
