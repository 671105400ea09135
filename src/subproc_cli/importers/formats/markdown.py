"""Imports a Markdown page: it is converted to HTML, so that both are read the same way."""

import re
from typing import TYPE_CHECKING

from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import html
from subproc_cli.importers.models import RawTable

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)


_ELEMENT = re.compile(
    r"\s*(?:\{[%#][^{}]*[%#]\}\s*)*<(?:!doctype|html|body|main|article|section|div|header|h1|p)\b",
    re.IGNORECASE,
)
_TABLE = re.compile(r"^[ \t]{0,3}<table\b(?:[^<]|<(?!/?table\b))*</table>", re.IGNORECASE | re.MULTILINE)
"""A table in HTML without another one in it."""
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LABELLED = re.compile(r"[*_]{0,3}[A-Z][\w /-]{1,40}:[*_]{0,3}[ \t]+\S")
_FEWEST_LINES = 3
_LONGEST_LINE = 6
"""Maximum number of words of a line that an author ended on purpose."""


def _keep_short_lines(state: "StateCore") -> None:
    """Keep the line breaks of paragraphs of short lines, or of labelled ones below the first.

    Such as `Acme`, then `Hosting`, then `Germany`; or `Acme (Berlin)`, then `Purpose: Hosting`.
    """
    for token in state.tokens:
        lines = token.content.split("\n") if token.type == "inline" else []
        are_short = len(lines) >= _FEWEST_LINES and all(len(line.split()) <= _LONGEST_LINE for line in lines)
        if are_short or (len(lines) > 1 and all(map(_LABELLED.match, lines[1:]))):
            for child in token.children or ():
                child.type = "hardbreak" if child.type == "softbreak" else child.type


def _join_tables(text: str) -> str:
    """Return a page without the blank lines in its HTML tables, at which Markdown would end them."""
    return _TABLE.sub(lambda match: _BLANK_LINES.sub("\n", match[0]), text)


def _fit_delimiters(text: str) -> str:
    """Return a page whose tables have a delimiter for each of their columns, not one more or less."""
    lines = text.split("\n")
    for at, line in enumerate(lines[1:], 1):
        columns = lines[at - 1].strip().strip("|").count("|") + 1
        if columns > 1 and _DELIMITERS.fullmatch(line) and lines[at - 1].strip().startswith("|"):
            marks = line.strip().strip("|").split("|")
            if len(marks) != columns:
                lines[at] = f"|{'|'.join(['---'] * columns)}|"
    return "\n".join(lines)


_DELIMITERS = re.compile(r"\s{0,3}\|?(?:\s*:?-+:?\s*\|){1,50}\s*(?::?-+:?\s*)?")


def strip_front(text: str) -> str:
    """Return a page without its front matter."""
    front = _FRONT.match(text)
    return text[front.end() :] if front else text


def begins_with_element(text: str) -> bool:
    """Return whether a page consists of HTML below its front matter, whose indented lines are not code."""
    return bool(_ELEMENT.match(strip_front(text)))


def parse_markdown(text: str, labels: Labels, title: str = "") -> RawTable:
    """Return what a Markdown page holds; the fields of its front matter belong to no service.

    Its title may come from outside.
    """
    from markdown_it import MarkdownIt  # only this importer needs it

    front = _FRONT.match(text)
    body = _fit_delimiters(_join_tables(strip_front(text)))
    titled = _TITLE.search(front[1]) if front else None
    stated = titled[1].strip(" '\"") if titled else title
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.push("short_lines", _keep_short_lines)
    page = html.parse_html(parser.render(body), labels, stated)
    return page._replace(skipped=(front[1].strip(), *page.skipped), front=front[1].strip()) if front else page
