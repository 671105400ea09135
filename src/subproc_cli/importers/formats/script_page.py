"""Reads the page that a script shows: its titles, its texts, the day of its last change. Nothing is run."""

import re
from html import unescape
from typing import NamedTuple

from subproc_cli.importers import candidates
from subproc_cli.importers.text import dates

_COMMENT = re.compile(r"\{/\*(?:[^*]|\*(?!/))*\*/\}")
_BLANK = re.compile(r"\{\s*[\"'`]\s*[\"'`]\s*\}")
"""A blank that a script writes between words: `{" "}`."""
_INLINE = re.compile(
    r"</?(?:a|b|br|code|em|i|link|span|strong|time)\b[^<>{}]*(?:\{[^<>{}]*\}[^<>{}]*)?>", re.IGNORECASE
)
_TEXT = re.compile(r">([^<>{}]{2,2000})<")
_HEADING = re.compile(r"<(?:h1|title)\b[^<>{}]*>([^<>{}]{2,200})</", re.IGNORECASE)
_TITLE_ATTRIBUTE = re.compile(r"\b(?:page)?title=(?:\{\s*)?[\"'`]([^\"'`\n]{2,120})[\"'`]", re.IGNORECASE)
_SITE_NAME = re.compile(
    r"<meta\b[^<>]{0,80}\bog:site_name[\"'][^<>]{0,80}\bcontent=[\"']([^\"'\n]{2,80})[\"']"
)
_DATED = re.compile(
    r"\b(?:(?:last)?_?-?updated(?:_?at|_?on)?|last-?modified|date|subtitle)=(?:\{\s*)?[\"'`]([^\"'`\n]{1,60})[\"'`]",
    re.IGNORECASE,
)
_CODE = re.compile(r"[=;]|&&|\|\||\breturn\b|\bconst\b")
_FEWEST_WORDS = 4
"""Words from which a text may state something of the list."""


class ScriptPage(NamedTuple):
    """What a script shows around its services.

    Attributes:
        titles: the headings and titles of the page, and the name of its site.
        texts: its sentences, with those that date it.
    """

    titles: tuple[str, ...]
    texts: tuple[str, ...]


def strip_comments(text: str) -> str:
    """Return a script without the comments of its page."""
    return _COMMENT.sub("", text)


def read_page(text: str) -> ScriptPage:
    """Return the titles and texts of the page that a script shows."""
    plain = _INLINE.sub("", _BLANK.sub(" ", text))
    titles = [*_HEADING.findall(plain), *_SITE_NAME.findall(text)]
    titles += [title for title in _TITLE_ATTRIBUTE.findall(text) if candidates.speaks_of_services(title)]
    shown = [" ".join(unescape(each).split()) for each in _TEXT.findall(plain)]
    texts = [each for each in shown if not _CODE.search(each) and _may_state(each)]
    texts += [
        f"Last updated: {each}" for each in _DATED.findall(text) if dates.find_list_date(f"updated {each}")
    ]
    return ScriptPage(
        tuple(dict.fromkeys(" ".join(unescape(each).split()) for each in titles)), tuple(dict.fromkeys(texts))
    )


def _may_state(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS or dates.find_list_date(text) is not None
