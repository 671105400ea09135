"""Days in words: names of months, halves and quarters, days without a year, and the ends of the calendar."""

from datetime import date

import pytest

from rows import for_rows
from subproc_cli.question.dates import (
    Dates,
    complete_day,
    find_day_before,
    find_last_year,
    read_dates,
    read_duration,
    read_partial_day,
)

AS_OF = date(2026, 11, 29)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(words: str, as_of: date = AS_OF) -> list[str]:
    return [f"{found.first} {found.last}" for found in read_dates(words, as_of)]


@pytest.mark.parametrize("month", range(1, 13))
def test_read_dates_of_a_month_in_short_and_in_full_returns_its_days(month: int) -> None:
    first = date(2024, month, 1)
    expected = read(f"{first:%Y-%m}")
    assert expected[0].startswith(f"{first} ")
    assert read(f"{MONTHS[month - 1]} 2024") == read(f"{first:%B} 2024".lower()) == expected


@for_rows(
    "words, days",
    [
        ("sept 2024", "2024-09-01 2024-09-30"),
        ("february 2023", "2023-02-01 2023-02-28"),
        ("june of 2024", "2024-06-01 2024-06-30"),
        ("1900", "1900-01-01 1900-12-31"),
        ("2099", "2099-01-01 2099-12-31"),
        ("year 2024", "2024-01-01 2024-12-31"),
        ("31 december 1999", "1999-12-31 1999-12-31"),
        ("december 31st 1999", "1999-12-31 1999-12-31"),
        ("1.1.2024", "2024-01-01 2024-01-01"),
        ("31.12.2024", "2024-12-31 2024-12-31"),
        ("9998-12", "9998-12-01 9998-12-31"),
        ("9998-12-31", "9998-12-31 9998-12-31"),
        ("q2 2025", "2025-04-01 2025-06-30"),
        ("q3 2025", "2025-07-01 2025-09-30"),
        ("q4 2025", "2025-10-01 2025-12-31"),
        ("h2 2025", "2025-07-01 2025-12-31"),
        ("first quarter of 2025", "2025-01-01 2025-03-31"),
        ("second quarter 2025", "2025-04-01 2025-06-30"),
        ("the third quarter of 2025", "2025-07-01 2025-09-30"),
        ("first half of 2025", "2025-01-01 2025-06-30"),
        ("q1 1999", "1999-01-01 1999-03-31"),
        ("the beginning of 2024", "2024-01-01 2024-01-01"),
        ("start of q2 2024", "2024-04-01 2024-04-01"),
        ("end of last month", "2026-10-31 2026-10-31"),
        ("last november", "2025-11-01 2025-11-30"),
        ("last october", "2026-10-01 2026-10-31"),
        ("last december", "2025-12-01 2025-12-31"),
        ("last may", "2026-05-01 2026-05-31"),
        ("this month", "2026-11-01 2026-11-30"),
        ("the last day", None),
        ("last 1 day", "2026-11-28 2026-11-29"),
        ("last twelve days", "2026-11-17 2026-11-29"),
        ("the last one month", "2026-10-29 2026-11-29"),
        ("past year", "2025-11-29 2026-11-29"),
        ("past week", "2026-11-22 2026-11-29"),
        ("last week", None),
        ("q2", None),
        ("q2 24", None),
        ("h3 2025", None),
        ("the third half of 2025", None),
        ("first decade of 2025", None),
        ("2024-00", None),
        ("2024-02-30", None),
        ("32.1.2024", None),
        ("1.13.2024", None),
        ("1.1.24", None),
        ("2100", None),
        ("20245", None),
        ("june 24", None),
        ("june 1 24th", None),
        ("june x 2024", None),
        ("32 june 2024", None),
        ("9999-11", None),
        ("next may", None),
        ("next 3 months", None),
        ("past many days", None),
        ("2024 june 1 2", None),
        ("end of many", None),
        ("tomorrow", None),
    ],
)
def test_read_dates_of_words_returns_their_days_or_nothing(words: str, days: str | None) -> None:
    assert read(words) == ([days] if days else [])


@for_rows(
    "words, as_of, days",
    [
        ("last month", date(2026, 1, 31), "2025-12-01 2025-12-31"),
        ("next month", date(2026, 12, 31), "2027-01-01 2027-01-31"),
        ("this month", date(2026, 12, 31), "2026-12-01 2026-12-31"),
        ("last quarter", date(2026, 3, 31), "2025-10-01 2025-12-31"),
        ("this quarter", date(2026, 3, 31), "2026-01-01 2026-03-31"),
        ("this quarter", date(2026, 4, 1), "2026-04-01 2026-06-30"),
        ("this quarter", date(2026, 9, 30), "2026-07-01 2026-09-30"),
        ("yesterday", date(2026, 1, 1), "2025-12-31 2025-12-31"),
        ("january", date(2026, 1, 1), "2026-01-01 2026-01-31"),
        ("february", date(2026, 1, 31), "2025-02-01 2025-02-28"),
        ("the last 1 months", date(2026, 3, 31), "2026-02-28 2026-03-31"),
        ("the last 3 months", date(2026, 3, 31), "2025-12-31 2026-03-31"),
        ("the last 12 months", date(2026, 12, 31), "2025-12-31 2026-12-31"),
        ("the last 4 years", date(2024, 2, 29), "2020-02-29 2024-02-29"),
        ("the last 1 years", date(2024, 2, 29), "2023-02-28 2024-02-29"),
        ("the last 2025 years", AS_OF, "0001-11-29 2026-11-29"),
    ],
)
def test_read_dates_over_the_turn_of_a_year_or_month(words: str, as_of: date, days: str) -> None:
    assert read(words, as_of) == [days]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("january", (1, 1)),
        ("1 march", (3, 1)),
        ("march 31st", (3, 31)),
        ("31 dec", (12, 31)),
        ("first march", None),
        ("march first", None),
        ("0 march", None),
        ("1 march 2024", None),
        ("tuesday", None),
    ],
)
def test_read_partial_day_returns_month_and_day(words: str, found: tuple[int, int] | None) -> None:
    assert read_partial_day(words) == found


def test_complete_day_of_a_day_that_the_year_lacks_returns_nothing() -> None:
    assert complete_day(2, 29, 2024) == Dates(date(2024, 2, 29), date(2024, 2, 29))
    assert complete_day(2, 29, 2023) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1 day", date(2026, 11, 28)),
        ("two weeks", date(2026, 11, 15)),
        ("a month", date(2026, 10, 29)),
        ("an year", date(2025, 11, 29)),
        ("11 months", date(2025, 12, 29)),
        ("twelve months", date(2025, 11, 29)),
        ("2025 years", date(1, 11, 29)),
        ("739948 days", date(1, 1, 1)),
    ],
)
def test_find_day_before_counts_days_weeks_months_and_years(words: str, day: date) -> None:
    assert find_day_before(words, AS_OF) == Dates(day, day)


@pytest.mark.parametrize(
    "words", ["0 days", "many days", "days", "2 decades", "two long years", "739949 days", "2026 years", "24324 months"]
)  # fmt: skip
def test_find_day_before_of_other_words_or_before_the_calendar_returns_nothing(words: str) -> None:
    assert find_day_before(words, AS_OF) is None


@pytest.mark.parametrize(
    ("number", "unit", "days"),
    [
        ("four", "days", 4), ("five", "day", 5), ("six", "weeks", 42), ("seven", "weeks", 49), ("eight", "days", 8),
        ("nine", "months", 270), ("ten", "years", 3650), ("eleven", "days", 11), ("twelve", "months", 360),
        ("an", "year", 365), ("1", "month", 30),
    ],
)  # fmt: skip
def test_read_duration_of_number_words_returns_their_days(number: str, unit: str, days: int) -> None:
    assert read_duration(number, unit) == days


@pytest.mark.parametrize(
    ("day", "first"), [(AS_OF, date(2025, 11, 29)), (date(2, 1, 1), date(1, 1, 1)), (date(1, 6, 1), date(1, 6, 1))]
)  # fmt: skip
def test_find_last_year_begins_a_year_before_where_the_calendar_has_one(day: date, first: date) -> None:
    assert find_last_year(day) == Dates(first, day)
