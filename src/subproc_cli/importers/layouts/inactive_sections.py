"""Sets apart the sections of a page on services that are not in use: former, planned, or logs of changes."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from subproc_cli.importers import candidates, vocabulary
from subproc_cli.importers.blocks import Block, Grid, Heading, Text, get_text
from subproc_cli.importers.layouts.headings import as_heading
from subproc_cli.importers.text import dates, split
from subproc_cli.importers.vocabulary import normalize

_LONGEST_CAPTION = 6
"""Maximum number of words of a line above a table that may be its caption."""
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")


class Stretch(NamedTuple):
    """Blocks of a page under a heading, or below a line, that sets their services apart."""

    why: str
    blocks: list[Block]


class _Open(NamedTuple):
    """A heading that the next blocks are under, and why they are set apart; empty if they are not."""

    level: int
    why: str


def split_blocks(blocks: Sequence[Block]) -> tuple[list[Block], list[Stretch]]:
    """Return the blocks of a page about services in use, and the sections that are set apart."""
    kept: list[Block] = []
    stretches: list[Stretch] = []
    headings: list[_Open] = []
    at_top = True
    lead = ""
    for at, block in enumerate(blocks):
        heading = as_heading(block)
        if isinstance(heading, Heading):
            while headings and headings[-1].level >= heading.level:
                headings.pop()
            above = headings[-1].why if headings else ""
            text = get_text(heading.runs)
            why = f"under {text!r}" if is_set_apart(text, title=at_top and heading.level == 1) else above
            is_current = why == above and vocabulary.contains_words(text, "not_in_use", "current")
            headings.append(_Open(heading.level, "" if is_current else why))
            lead = ""
        elif isinstance(block, Text) and block.depth == 0:
            lead = _lead(block)
            if headings and _opens_list_of_today(block, blocks[at + 1 : at + 2]):
                headings[-1] = headings[-1]._replace(why="")
        why = (headings[-1].why if headings else "") or lead
        if not why:
            kept.append(block)
        elif stretches and stretches[-1].why == why:
            stretches[-1].blocks.append(block)
        else:
            stretches.append(Stretch(why, [block]))
        if isinstance(block, Grid):
            lead = ""
        at_top = at_top and not isinstance(block, Heading | Grid)
    return kept, stretches


def _lead(block: Text) -> str:
    """Return why the table or list below a paragraph is set apart, empty if it is not."""
    text = get_text(block.runs)
    last = (split.split_sentences(text) or [""])[-1]
    if text.endswith(":"):
        is_apart = vocabulary.contains_words(last, "not_in_use", "leads") or is_set_apart(last, title=True)
    else:
        is_caption = len(text.split()) <= _LONGEST_CAPTION and text[-1] not in ".!?"
        is_apart = is_caption and is_set_apart(text)
    return f"below {last!r}" if is_apart else ""


def _opens_list_of_today(lead: Text, below: Sequence[Block]) -> bool:
    """Return whether a sentence below a heading such as `Updates` opens the list of today.

    It says `may use the following subprocessors:` without a day, and the first block below it is a table
    without columns of days or changes.
    """
    last = (split.split_sentences(get_text(lead.runs)) or [""])[-1]
    if not vocabulary.contains_words(last, "not_in_use", "today") or any(map(str.isdigit, last)):
        return False
    kinds = ("states", "leads", "logs", "not_today")
    is_plain = not any(vocabulary.contains_words(last, "not_in_use", kind) for kind in kinds)
    if not is_plain or vocabulary.contains_negation(last):
        return False
    grid = below[0] if below else None
    others = vocabulary.load_phrases("not_in_use", "dates") | vocabulary.load_phrases("not_in_use", "changes")
    return isinstance(grid, Grid) and not others & {normalize(get_text(runs)) for runs in grid.rows[0]}


@lru_cache(maxsize=1024)
def is_set_apart(text: str, *, title: bool = False) -> bool:
    """Return whether a heading sets the services under it apart from those in use.

    Args:
        text: the heading.
        title: whether it is that of the whole page, which may hold the name of a publisher: then only
            `Former subprocessors` and its likes count.
    """
    if vocabulary.build_pattern("not_in_use", "no_services").search(text) or candidates.are_denied(text):
        return True
    known = remove_phrases(normalize(text), vocabulary.load_phrases("not_in_use", "neutral"))
    states = find_phrases(known, load_states())
    if _is_unused(known):
        return True
    rest = remove_phrases(known, states)
    if vocabulary.contains_phrase(rest, vocabulary.load_phrases("not_in_use", "current")):
        return False
    services = vocabulary.load_phrases("services")
    if title:
        return _are_beside(known, states, services)
    nouns = vocabulary.load_phrases("not_in_use", "nouns") | services
    logs = find_phrases(rest, vocabulary.load_phrases("not_in_use", "logs"))
    speaks_of_nothing_else = is_filler(remove_phrases(rest, (*logs, *find_phrases(rest, nouns))))
    if not states:
        return bool(logs) and speaks_of_nothing_else and not dates.find_list_date(text)
    begins = any(known.startswith(f"{state} ") or " " in state for state in states)
    return (
        speaks_of_nothing_else
        or _are_beside(known, states, nouns | frozenset(logs))
        or (begins and vocabulary.contains_phrase(known, nouns))
    )


def _is_unused(known: str) -> bool:
    """Return whether a heading in its normal form says that services are not used, and nothing else."""
    phrases = find_phrases(known, vocabulary.load_phrases("not_in_use", "unused"))
    nouns = vocabulary.load_phrases("not_in_use", "nouns") | vocabulary.load_phrases("services")
    rest = remove_phrases(known, phrases)
    return bool(phrases) and is_filler(remove_phrases(rest, find_phrases(rest, nouns)))


def _are_beside(text: str, states: Iterable[str], nouns: Iterable[str]) -> bool:
    """Return whether a text in its normal form holds a state directly before or after a noun."""
    return any(
        vocabulary.contains_phrase(text, (f"{state} {noun}", f"{noun} {state}"))
        for state in states
        for noun in nouns
    )


@lru_cache(maxsize=1024)
def is_heading(text: str) -> bool:
    """Return whether a text alone in its row is a heading of services, in use or not, rather than a name."""
    known = normalize(text)
    nouns = vocabulary.load_phrases("not_in_use", "nouns") | vocabulary.load_phrases("services")
    words = [
        *find_phrases(known, nouns),
        *find_phrases(known, vocabulary.load_phrases("not_in_use", "current")),
    ]
    return is_set_apart(text) or (bool(words) and is_filler(remove_phrases(known, words)))


def load_states() -> frozenset[str]:
    """Return the words for services that are not in use: former, planned."""
    return vocabulary.load_phrases("not_in_use", "states")


def find_phrases(text: str, known: Iterable[str]) -> list[str]:
    """Return the phrases that a text in its normal form holds, the longest first."""
    padded = f" {text} "
    return sorted((phrase for phrase in known if f" {phrase} " in padded), key=len, reverse=True)


def remove_phrases(text: str, phrases: Iterable[str]) -> str:
    """Return a text in its normal form without some phrases."""
    padded = f" {text} "
    for phrase in phrases:
        padded = padded.replace(f" {phrase} ", " ")
    return padded.strip()


def is_filler(text: str) -> bool:
    """Return whether a text in its normal form has no word that could be a name."""
    known = vocabulary.load_phrases("not_in_use", "fillers") | _months()
    return all(word in known or bool(_NUMBER.fullmatch(word)) for word in text.split())


@cache
def _months() -> frozenset[str]:
    return frozenset(
        normalize(month)[:length]
        for name in ("months", "months_de", "months_fr")
        for month in vocabulary.load_words(name)
        for length in (3, None)
    )
