"""Imports a Markdown page: it is converted to HTML, so that both are read the same way."""

import re

from subproc_cli.importers import html
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import RawTable

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)


def parse_markdown(text: str, labels: Labels) -> RawTable:
    """Return what a Markdown page holds; the fields of its front matter belong to no service."""
    from markdown_it import MarkdownIt  # only this importer needs it

    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    title = _TITLE.search(front[1]) if front else None
    stated = title[1].strip(" '\"") if title else ""
    page = html.parse_html(MarkdownIt("commonmark").enable("table").render(body), labels, stated)
    return page._replace(skipped=(front[1].strip(), *page.skipped), front=front[1].strip()) if front else page
