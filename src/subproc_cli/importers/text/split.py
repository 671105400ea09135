"""Takes texts apart: several values in one cell, sentences, and what is in brackets."""

import re
from itertools import pairwise

_HARD = re.compile(r"\n|;|•|·|\||‣|◦")
_SOFT = re.compile(
    r"\n|;|•|·|\||‣|◦|,|/|&|\+|(?<=\s)(?:and|und|et|or|oder|ou|as well as|sowie|ainsi que)(?=\s)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÀÉÈÊ\"“(])|\n+")
_SHORT = "No|Inc|Ltd|Corp|Co|St|Nr|Str|Dr|incl|inkl|bzw|ca|approx|resp|e\\.g|i\\.e|z\\.B|[A-Z]"
_ABBREVIATION = re.compile(rf"\b(?:{_SHORT})\.$")
_TAIL = 12
"""Letters at the end of a text that show whether it ends in an abbreviation."""
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def split_values(text: str) -> list[str]:
    """Return the values of a cell: apart by lines, semicolons and bullets, where it has none by commas."""
    parts = _stripped(_HARD.split(text))
    return parts if len(parts) > 1 else _stripped(text.split(","))


def split_pieces(text: str) -> list[str]:
    """Return the smallest pieces of an enumeration; what is in brackets stays with its piece.

    >>> split_pieces("name, email (work or home) and phone")
    ['name', 'email (work or home)', 'phone']
    """
    found, start = [], 0
    closed = [each.span() for each in _BRACKETS.finditer(text)]
    for match in _SOFT.finditer(text):
        if not any(begin < match.start() < end for begin, end in closed):
            found.append(text[start : match.start()])
            start = match.end()
    return _stripped([*found, text[start:]])


def split_outside_brackets(text: str, mark: str) -> list[str]:
    """Return the parts of a text between marks; those in brackets do not count."""
    closed = [each.span() for each in _BRACKETS.finditer(text)]
    cuts = [
        at
        for at, char in enumerate(text)
        if char == mark and not any(begin < at < end for begin, end in closed)
    ]
    bounds = [-1, *cuts, len(text)]
    return [text[start + 1 : end] for start, end in pairwise(bounds)]


def split_sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text."""
    found: list[list[str]] = []
    for part in _stripped(_SENTENCE.split(text)):
        if found and _ABBREVIATION.search(found[-1][-1][-_TAIL:]):
            found[-1].append(part)
        else:
            found.append([part])
    return [" ".join(parts) for parts in found]


def split_brackets(text: str) -> tuple[str, list[str]]:
    """Return a text without its brackets, and what was in them."""
    inside = [a or b for a, b in _BRACKETS.findall(text)]
    return " ".join(_BRACKETS.sub(" ", text).split()), _stripped(inside)


def _stripped(parts: list[str]) -> list[str]:
    return [part for each in parts if (part := each.strip(" \t\r\n,;:"))]
