"""Days and durations as people write them."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from subproc_cli.question.query import Value

_MONTH_NAMES = """january jan
february feb
march mar
april apr
may
june jun
july jul
august aug
september sep sept
october oct
november nov
december dec"""
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.splitlines(), 1) for name in names.split()
}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_HOURS_A_DAY = 24
_STEPS = {"last": -1, "this": 0, "next": 1}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


class Dates(Value):
    """A period, with its first and its last day."""

    first: date
    last: date


def read_dates(words: str, as_of: date) -> tuple[Dates, ...]:
    """Return the days that are meant; none if the words are not a date, two if they are ambiguous.

    Understood are `2024`, `June 2026`, `1 January 2024`, `01.01.2024`, `2024-01-01`, `Q1 2025`, `this year`
    and `the last 12 months`. `The last year` is the calendar year, or the twelve months before the day.
    """
    bare = words.removeprefix("the ").removeprefix("year ")
    edge = re.fullmatch(r"(beginning|start|end) of (.+)", bare)
    if edge:
        whole = read_dates(edge[2], as_of)
        return tuple(Dates(*[each.last if edge[1] == "end" else each.first] * 2) for each in whole)
    parts = bare.split()
    found = (
        _read_number(bare) or _read_month(parts, as_of) or _read_part(parts) or _read_relative(parts, as_of)
    )
    rolling = re.fullmatch(r"the (?:last|past) (year|month|week)|past (year|month|week)", words)
    unit = rolling and (rolling[1] or rolling[2])
    recent = _make_recent(as_of, 1, unit) if unit else None
    return tuple(each for each in (found, recent) if each)


def _read_number(text: str) -> Dates | None:
    if re.fullmatch(r"(19|20)\d\d", text):
        return Dates(date(int(text), 1, 1), date(int(text), 12, 31))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return _make_month(int(text[:4]), int(text[5:]))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        year, month, day = map(int, text.split("-"))
        return _make_day(year, month, day)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", text):
        day, month, year = map(int, text.split("."))
        return _make_day(year, month, day)
    return None


def _read_month(parts: list[str], as_of: date) -> Dates | None:
    """Read a day or a month with the name of the month; one without a year is the last that has begun."""
    match [part for part in parts if part != "of"]:
        case [month, year] if month in _MONTHS and re.fullmatch(r"(19|20)\d\d", year):
            return _make_month(int(year), _MONTHS[month])
        case [month] if month in _MONTHS and month != "may":
            return _make_month(as_of.year - (_MONTHS[month] > as_of.month), _MONTHS[month])
        case ["last", month] if month in _MONTHS:
            return _make_month(as_of.year - (_MONTHS[month] >= as_of.month), _MONTHS[month])
        case [day, month, year] if month in _MONTHS and year.isdecimal():
            return _make_day(int(year), _MONTHS[month], _read_ordinal(day))
        case [month, day, year] if month in _MONTHS and year.isdecimal():
            return _make_day(int(year), _MONTHS[month], _read_ordinal(day))
    return None


def read_partial_day(words: str) -> tuple[int, int] | None:
    """Return the month and the day of a day without a year; of a month, its first day."""
    match words.split():
        case [month] if month in _MONTHS:
            return _MONTHS[month], 1
        case [day, month] if month in _MONTHS and _read_ordinal(day):
            return _MONTHS[month], _read_ordinal(day)
        case [month, day] if month in _MONTHS and _read_ordinal(day):
            return _MONTHS[month], _read_ordinal(day)
    return None


def complete_day(month: int, day: int, year: int) -> Dates | None:
    """Return the day of a year."""
    return _make_day(year, month, day)


_PARTS = {
    "quarter": {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4},
    "half": {"first": 1, "second": 2, "h1": 1, "h2": 2},
}
"""The words for a quarter or a half of a year, with its number."""


def _read_part(parts: list[str]) -> Dates | None:
    """Read a quarter or a half of a year: `Q1 2025`, `the first half of 2026`."""
    match [part for part in parts if part != "of"]:
        case [name, year] if name[0] in "qh":
            unit = "half" if name in _PARTS["half"] else "quarter"
        case [name, "quarter" | "half" as unit, year]:
            pass
        case _:
            return None
    number = _PARTS[unit].get(name)
    if number is None or not re.fullmatch(r"(19|20)\d\d", year):
        return None
    return _make_quarter(int(year), number) if unit == "quarter" else _make_half(int(year), number)


def _read_relative(parts: list[str], as_of: date) -> Dates | None:
    match parts:
        case ["today" | "yesterday" as word]:
            day = as_of - timedelta(days=int(word == "yesterday"))
            return Dates(day, day)
        case ["this" | "last" | "next" as which, "year" | "quarter" | "month" as unit]:
            return _make_period(as_of, unit, _STEPS[which])
        case ["last" | "past", number, unit] if unit.removesuffix("s") in _UNITS:
            count = read_count(number)
            return _make_recent(as_of, count, unit.removesuffix("s")) if count else None
    return None


def _make_period(as_of: date, unit: str, step: int) -> Dates | None:
    """Return the calendar year, quarter or month of a day, or one some steps away."""
    if unit == "year":
        return Dates(date(as_of.year + step, 1, 1), date(as_of.year + step, 12, 31))
    if unit == "quarter":
        year, quarter = divmod(as_of.year * 4 + (as_of.month - 1) // 3 + step, 4)
        return _make_quarter(year, quarter + 1)
    year, month = divmod(as_of.year * 12 + as_of.month - 1 + step, 12)
    return _make_month(year, month + 1)


def _make_quarter(year: int, quarter: int) -> Dates:
    return Dates(date(year, quarter * 3 - 2, 1), _end_month(year, quarter * 3))


def _make_half(year: int, half: int) -> Dates:
    return Dates(date(year, half * 6 - 5, 1), _end_month(year, half * 6))


def read_duration(number: str, unit: str) -> int | None:
    """Return the days of a duration, `30 days`, `48 hours` or `one year`; None if it is not a duration."""
    count, unit = read_count(number), unit.removesuffix("s")
    if not count:
        return None
    if unit == "hour":
        return None if count % _HOURS_A_DAY else count // _HOURS_A_DAY
    return count * _UNITS[unit] if unit in _UNITS else None


def read_count(word: str) -> int | None:
    """Return a number, `3` or `three`; None if a word is not one."""
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


def _read_ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else 0


def _make_day(year: int, month: int, day: int) -> Dates | None:
    if year == MAXYEAR:  # no day follows its last one
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Dates(found, found)


def _make_month(year: int, month: int) -> Dates | None:
    first = _make_day(year, month, 1)
    return Dates(first.first, _end_month(year, month)) if first else None


def _end_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _go_back(day: date, count: int, unit: str) -> date | None:
    """Return the day that is a number of units before another; None if the calendar does not reach so far."""
    if count * _UNITS[unit] >= day.toordinal():
        return None
    if unit not in {"month", "year"}:
        return day - timedelta(days=count * _UNITS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) if year > 0 else None


def _make_recent(as_of: date, count: int, unit: str) -> Dates | None:
    first = _go_back(as_of, count, unit)
    return Dates(first, as_of) if first else None


def find_day_before(words: str, as_of: date) -> Dates | None:
    """Return the day that is a duration, `five years`, before a day."""
    match words.split():
        case [number, unit] if unit.removesuffix("s") in _UNITS:
            count = read_count(number)
            day = _go_back(as_of, count, unit.removesuffix("s")) if count else None
            return Dates(day, day) if day else None
    return None


def find_last_year(as_of: date) -> Dates:
    """Return the twelve months before a day, which are meant by *new*."""
    return Dates(_go_back(as_of, 1, "year") or as_of, as_of)
