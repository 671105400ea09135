"""Takes texts about places apart: what says nothing of places, and the countries that follow their region."""

import re
import unicodedata

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import keywords, split
from subproc_cli.importers.text.mentions import Mention, Town, inverted_names, is_within, named, scan
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference import geography
from subproc_cli.reference.geography import load_country_codes

_PART = re.compile(r";\s*|,\s+(?=(?:with|under|mit|avec|con|met|med)\s)")
"""What is before a part of a text that may be about something else than places."""
_OF_REGION = re.compile(r"([^()–—-]{2,40}?) ?(?:\(([^()]+)\)|[–—-] ([^()–—]+?)(?: \(([^()]+)\))?)")
"""A region and what follows it in brackets or after a dash."""


def split_parts(text: str) -> tuple[str, list[str]]:
    """Return a text without the parts after the first one that say nothing of places, and these parts.

    >>> split_parts("Canada; SCCs in place")
    ('Canada', ['SCCs in place'])
    """
    first, *parts = _PART.split(text.strip(" ."))
    others = [part for part in parts if _says_no_place(part)]
    kept = [part for part in parts if part not in others]
    return ("; ".join((first, *kept)), others) if others else (text, [])


def _says_no_place(part: str) -> bool:
    """Return whether a part is about the basis of transfers, a certificate or the training of models only."""
    words = normalize(part).split()
    is_certificate = bool(words) and vocabulary.load_phrases("places", "certificates").issuperset(words)
    is_training = vocabulary.contains_words(part, "training", "never") and all(
        isinstance(item, str) for item in scan(part)
    )
    return keywords.is_only_basis(part) or is_certificate or is_training


def strip_outside(text: str) -> str:
    """Return the places in brackets after a region that they are outside of: `Outside the EU (USA)`."""
    match = _OUTSIDE.fullmatch(text)
    region, inside = (named(match[1]), named(match[2])) if match else (None, None)
    if match is None or region is None or inside is None or inside.either:
        return text
    is_outside = inside.place in load_country_codes() and not is_within(inside.place, region.place)
    return match[2] if is_outside else text


_OUTSIDE = re.compile(
    r"(?:outside(?: of)?(?: the)?|außerhalb de[rs]|hors(?: de l['’]|)) ?([^()]{2,40}) \(([^()]{2,60})\)",
    re.IGNORECASE,
)
_STARS = re.compile(r"(?m)^[ \t]*\*[ \t]|(\*{1,3})(?=[^\s*])([^*\n]{1,200})(?<!\s)\1(?!\*)")
"""The star of a bullet, and those around emphasized words; any other one refers to a footnote."""


_LETTER = re.compile(r"[(\[][ ]?[^\W_][ ]?[)\]]|[ ][^\W\d_][ ]*\Z")
"""A letter of its own in brackets, or at the end of a text: it refers to a footnote."""


def is_plain(text: str) -> bool:
    """Return whether nothing in a text limits it or hints at other places: a mark, a footnote, `primary`."""
    is_first = vocabulary.build_pattern("places", "first").search(text)
    if (
        vocabulary.build_pattern("places", "limits").search(text)
        or _LETTER.search(text)
        or (is_first and not vocabulary.build_pattern("places", "second").search(text))
    ):
        return False
    known = vocabulary.load_words("places", "marks")
    text = _STARS.sub(r"\2", text)
    return all(
        char.isalnum() or char.isspace() or char in known or unicodedata.category(char)[0] == "M"
        for char in text
    )


def find_countries_of_region(text: str) -> list[str]:
    """Return the countries that a text names after their region, none unless it names nothing else.

    >>> find_countries_of_region("EU (Frankfurt, Ireland)")
    ['DE', 'IE']
    """
    match = _OF_REGION.fullmatch(text)
    region = named(match[1]) if match else None
    if not match or not region or region.place not in geography.load_gazetteer().regions:
        return []
    pieces = split.split_pieces(match[2] or f"{match[3]}, {match[4] or ''}")
    found = [_find_in_region(piece, region) for piece in pieces]
    return list(dict.fromkeys(found)) if all(found) else []


def _find_in_region(piece: str, region: Mention) -> str:
    """Return the country in a region that a piece of a text is, or lies in; empty if that is not certain."""
    one = named(piece)
    if one:
        return one.place if one.place in load_country_codes() and is_within(one.place, region.place) else ""
    items = list(scan(piece))
    countries = items[0].countries if len(items) == 1 and isinstance(items[0], Town) else ()
    inside = [code for code in countries if is_within(code, region.place)]
    return inside[0] if len(inside) == 1 else ""


def join_names(parts: list[str]) -> list[str]:
    """Join the parts of one name: `Bosnia` and `Herzegovina`, `Korea` and `Republic of`."""
    found: list[str] = []
    for part in parts:
        longer = f"{found[-1]} and {part}" if found else ""
        with_comma = f"{found[-1]}, {part}" if found else ""
        if normalize(with_comma) in inverted_names():
            found[-1] = with_comma
        elif found and named(found[-1]) is None and named(longer):
            found[-1] = longer
        else:
            found.append(part)
    return found
