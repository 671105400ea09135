"""Reads places out of texts that speak of more than places, or that are understood in part only."""

import re

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import places, split
from subproc_cli.importers.text.mentions import Mention, replace_flags, scan
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.reference.geography import UNKNOWN, WORLDWIDE

_HOSTED = re.compile(
    r"\b(?:host(?:ed|s|ing)?|stored?|data ?cent(?:er|re)s?|servers?|located|processed"
    r"|data (?:stays|remains|resides)|gehostet|hébergée?s?)"
    r"(?:\s+\w+){0,2}?\s+(?:in|within|en|dans)\s+(?:the\s+)?(.{2,80}?)"
    r"(?:,?\s+((?:on the basis of|based on|under|pursuant to|auf Grundlage|sur la base)\b.{1,200}))?\Z",
    re.IGNORECASE,
)
"""A sentence that ends with the places where data is hosted, and with the basis of transfers."""
_LONGEST_POSSIBLE = 300
"""Maximum number of characters of a text of which possible places are stated."""


def find_hosting(text: str) -> list[Fact]:
    """Return the places in which a text says that data is hosted or stored, if it names no other place."""
    found: list[Fact] = []
    for sentence in split.split_sentences(text):
        match = _HOSTED.search(sentence)
        facts = places.parse_processing(match[1].strip(" .;")).facts if match else ()
        rest = sentence[: match.start()] if match and facts else sentence
        basis = match[2] or "" if match else ""
        if (
            places.names_any(rest)
            or places.names_any(basis)
            or vocabulary.contains_negation(sentence)
            or (match and not facts)
        ):
            return []
        found += [fact._replace(guessed=True) for fact in facts]
    return found


def parse_possible(text: str) -> Fact | None:
    """Return the places in a text that is understood in part only as places that are possible.

    `Ireland and Zzyzx` is Ireland or an unknown place, so that no question is answered with yes or no. A
    text that denies something names places that are not meant.
    """
    bare = " ".join(replace_flags(text).split())
    words = [item for item in scan(places.translate(bare)) if not isinstance(item, str)]
    denies = vocabulary.contains_negation(bare) or vocabulary.contains_words(bare, "places", "seats")
    if denies or len(bare) > _LONGEST_POSSIBLE:
        return None
    codes = [
        code
        for item in words
        for code in (item.either or (item.place,) if isinstance(item, Mention) else sorted(item.countries))
    ]
    if not words:
        return None
    rest = WORLDWIDE if WORLDWIDE in codes else UNKNOWN  # what the text says itself, such as `global`
    place = [*dict.fromkeys(code for code in codes if code not in (WORLDWIDE, UNKNOWN)), rest]
    return Fact(places.PATH, {"place": place if len(place) > 1 else rest, "note": bare}, guessed=True)
