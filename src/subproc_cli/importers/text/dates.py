"""Reads dates of lists; an ambiguous or invalid date is not read."""

import re
import unicodedata
from datetime import date, timedelta
from functools import cache

from subproc_cli.importers import vocabulary
from subproc_cli.importers.columns import split_camel_case
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_unparsed
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.locale import names

_HYPHEN = re.compile(r"[\N{HYPHEN}\N{NON-BREAKING HYPHEN}]")
"""Hyphens that are typeset: the second one does not break a line."""
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.+Z-]*)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[/.年년]\s?(\d{1,2})\s?[/.月월]\s?(\d{1,2})\s?[日일]?")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MONTH_FIRST = re.compile(r"\b([^\W\d]+)\.?\s*,?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de|del)\s+|d['’]\s*)?([^\W\d]+)\.?,?\s+(?:(?:de|del)\s+)?(\d{4})",
    re.IGNORECASE,
)
_MONTH_OR_YEAR = re.compile(r"(?:([^\W\d]+)\.?,?\s+)?(\d{4})")
_LANGUAGES = ("es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl", "cs", "ca", "ro", "hu", "tr")
"""Languages, next to English, German and French, whose names of months are known."""
_MONTHS = 12
_SHORTEST = 3
_LONGEST_LABEL = 4
"""Maximum number of words of a line that only introduces the date on the next line."""


def parse_day(text: str) -> date | None:
    """Return the day that a text names, None if it names none or is ambiguous."""
    bare = " ".join(_HYPHEN.sub("-", text).split()).strip(" .")
    if match := _ISO.fullmatch(bare) or _YEAR_FIRST.fullmatch(bare):
        return _made(*map(int, match.groups()))
    if match := _GERMAN.fullmatch(bare):
        return _made(int(match[3]), int(match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(bare):
        return _made(int(match[3]), _month(match[1]), int(match[2]))
    if match := _DAY_FIRST.fullmatch(bare):
        return _made(int(match[3]), _month(match[2]), int(match[1]))
    if match := _SLASHED.fullmatch(bare):
        first, second, year = map(int, match.groups())
        if first == second or max(first, second) > _MONTHS:
            return _made(year, min(first, second), max(first, second))
    return None


def parse_period(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a day, month or year that a text names, None if it names none."""
    day = parse_day(text)
    if day:
        return day, day
    match = _MONTH_OR_YEAR.fullmatch(" ".join(text.split()).strip(" ."))
    if match is None or not date.min.year < int(match[2]) < date.max.year:
        return None
    year, month = int(match[2]), _month(match[1]) if match[1] else 0
    if match[1] and not month:
        return None
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (0, _MONTHS) else date(year, month + 1, 1)
    return first, after - timedelta(days=1)


def parse_date_field(path: str, text: str) -> ParsedValue:
    """Return the day that a text names, or the text."""
    found = parse_day(text)
    if found is None:
        return make_unparsed(text)
    certain = bool(_ISO.fullmatch(text.strip()))
    return ParsedValue((Fact(path, found.isoformat(), not certain),), "" if certain else text)


def find_list_date(text: str, words: str = "dated") -> date | None:
    """Return the day that a text gives as the date of a list: `Last updated: June 8, 2023`.

    Args:
        text: the text.
        words: the words of which one is in the line: `updated` are those that speak of the last change.
    """
    plain = unicodedata.normalize("NFKC", _HYPHEN.sub("-", text))
    for line in (" ".join(each.split()) for each in plain.split("\n")):
        if not vocabulary.contains_words(split_camel_case(line).replace("_", " "), words):
            continue
        for shape in (_ISO, _YEAR_FIRST, _GERMAN, _MONTH_FIRST, _DAY_FIRST, _SLASHED):
            for match in shape.finditer(line):
                ends = line[match.end() : match.end() + 1]
                if not ends.isdigit() and (found := parse_day(match[0])):
                    return found
    return None


def find_list_date_below(text: str, below: str) -> date | None:
    """Return the day in a text of its own below words such as `Last updated`."""
    is_label = len(text.split()) <= _LONGEST_LABEL and vocabulary.contains_words(text, "dated")
    return parse_day(below.strip(" *_:.")) if is_label else None


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 if it is not one."""
    known = normalize(name)
    found = {at for month, at in _months() if len(known) >= _SHORTEST and month.startswith(known)}
    if not found:
        found = {at for month, at in _foreign_months() if month == known}
    return found.pop() if len(found) == 1 else 0


@cache
def _foreign_months() -> tuple[tuple[str, int], ...]:
    return tuple(
        (normalize(month), at)
        for language in _LANGUAGES
        for at, month in enumerate(names.list_month_names(language), 1)
    )


@cache
def _months() -> tuple[tuple[str, int], ...]:
    lists = (vocabulary.load_words(name) for name in ("months", "months_de", "months_fr"))
    return tuple((normalize(month), at) for months in lists for at, month in enumerate(months, 1))
