"""Sets aside the sections of contracts and privacy policies that list something else than services.

Their parties, data, rights and measures are set apart like services: as headings, bullets and bold words.
"""

import re
from collections.abc import Iterable
from functools import cache

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import Block, Grid, Text
from subproc_cli.importers.models import RawService
from subproc_cli.importers.text import split
from subproc_cli.importers.vocabulary import normalize

_DEFINED = re.compile(r"\([^()]*[«“„\"][^«»“”„\"()]+[»”“\"][^()]*\)\s*\Z")
"""A term that a contract defines for a party: `the controller (the “Customer”)`."""
_DIGITS = " .:–—-0123456789)"


def set_aside(
    blocks: Iterable[Block | RawService],
) -> tuple[list[Block | RawService], list[Block | RawService]]:
    """Return the blocks of a page without the texts and tables of such sections, and these."""
    kept: list[Block | RawService] = []
    aside: list[Block | RawService] = []
    path = candidates.HeadingPath()
    for block in blocks:
        path.add(block)
        is_aside = isinstance(block, Text | Grid) and _is_below_matter(path.texts)
        (aside if is_aside else kept).append(block)
    return kept, aside


def _is_below_matter(headings: list[str]) -> bool:
    """Return whether the innermost heading that decides is one of a section without services."""
    for heading in reversed(headings):
        if is_matter(heading):
            return True
        if candidates.speaks_of_services(heading):
            return False
    return False


def is_matter(heading: str) -> bool:
    """Return whether a heading is that of a section that lists no services: `§ 3 Rights of data subjects`."""
    if _DEFINED.search(heading):
        return True
    known = normalize(split.split_brackets(_strip_number(heading))[0])
    return vocabulary.contains_phrase(known, vocabulary.load_phrases("matters", "within")) or (
        _consists_of_matters(known)
    )


def _consists_of_matters(known: str) -> bool:
    rest = f" {known} "
    for phrase in sorted(vocabulary.load_phrases("matters", "whole"), key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", " ")
    joins = vocabulary.load_phrases("matters", "joins")
    return rest.split() != known.split() and all(word in joins for word in rest.split())


def _strip_number(heading: str) -> str:
    """Return a heading without its number in a contract: `Article 3 — Data`, `2.1 Roles`."""
    text = items.strip_number(heading).lstrip(_DIGITS)
    match = _build_part().match(text)
    return text[match.end() :].lstrip(_DIGITS) if match else text


@cache
def _build_part() -> "re.Pattern[str]":
    words = "|".join(map(re.escape, vocabulary.load_words("no_service", "parts")))
    return re.compile(rf"\s*(?:§+\s*|(?:{words})\.?\s+)(?:\d|[A-Z]\b|[IVX]+\b)", re.IGNORECASE)
