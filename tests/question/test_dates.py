"""Days in words of a question, as they are read on a day in November 2026."""

from datetime import date

import pytest

from subproc_cli.question.dates import Dates, find_day_before, find_last_year, read_dates, read_duration

AS_OF = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("the year 2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("3.2.2024", "2024-02-03", "2024-02-03"),
        ("june 2026", "2026-06-01", "2026-06-30"),
        ("november", "2026-11-01", "2026-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("3rd of february 2024", "2024-02-03", "2024-02-03"),
        ("february 3 2024", "2024-02-03", "2024-02-03"),
        ("q1 2025", "2025-01-01", "2025-03-31"),
        ("the fourth quarter of 2025", "2025-10-01", "2025-12-31"),
        ("h1 2025", "2025-01-01", "2025-06-30"),
        ("the second half of 2025", "2025-07-01", "2025-12-31"),
        ("today", "2026-11-29", "2026-11-29"),
        ("yesterday", "2026-11-28", "2026-11-28"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("next quarter", "2027-01-01", "2027-03-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("the last 10 days", "2026-11-19", "2026-11-29"),
        ("the past two weeks", "2026-11-15", "2026-11-29"),
        ("the last 9 months", "2026-02-28", "2026-11-29"),
        ("the past twelve months", "2025-11-29", "2026-11-29"),
        ("the last 3 years", "2023-11-29", "2026-11-29"),
        ("the last week", "2026-11-22", "2026-11-29"),
        ("past month", "2026-10-29", "2026-11-29"),
        ("the start of 2024", "2024-01-01", "2024-01-01"),
        ("the end of march 2024", "2024-03-31", "2024-03-31"),
    ],
)
def test_read_dates_of_each_notation_returns_its_first_and_last_day(
    words: str, first: str, last: str
) -> None:
    assert read_dates(words, AS_OF) == (Dates(date.fromisoformat(first), date.fromisoformat(last)),)


def test_read_dates_of_the_last_year_returns_the_calendar_year_and_the_twelve_months() -> None:
    assert read_dates("the last year", AS_OF) == (
        Dates(date(2025, 1, 1), date(2025, 12, 31)),
        Dates(date(2025, 11, 29), AS_OF),
    )


@pytest.mark.parametrize(
    "words",
    ["1824", "30.2.2024", "2024-13", "may", "q5 2025", "q1 1825", "the fifth quarter of 2025", "last 0 days", "last decade", "9999-12", "the last 9999 years"],
)  # fmt: skip
def test_read_dates_of_other_words_returns_nothing(words: str) -> None:
    assert read_dates(words, AS_OF) == ()


@pytest.mark.parametrize(
    ("number", "unit", "days"),
    [
        ("30", "days", 30),
        ("one", "day", 1),
        ("two", "weeks", 14),
        ("a", "month", 30),
        ("three", "years", 1095),
    ],
)
def test_read_duration_returns_its_days(number: str, unit: str, days: int) -> None:
    assert read_duration(number, unit) == days


@pytest.mark.parametrize(("number", "unit"), [("0", "days"), ("many", "days"), ("two", "decades")])
def test_read_duration_of_other_words_returns_nothing(number: str, unit: str) -> None:
    assert read_duration(number, unit) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [("five years", date(2021, 11, 29)), ("9 months", date(2026, 2, 28)), ("1 week", date(2026, 11, 22))],
)
def test_find_day_before_returns_the_day_so_long_ago(words: str, day: date) -> None:
    assert find_day_before(words, AS_OF) == Dates(day, day)


def test_find_day_before_of_other_words_returns_nothing() -> None:
    assert find_day_before("five decades", AS_OF) is None
    assert find_day_before("3000 years", AS_OF) is None


def test_find_last_year_of_a_leap_day_begins_on_the_day_before() -> None:
    assert find_last_year(date(2024, 2, 29)) == Dates(date(2023, 2, 28), date(2024, 2, 29))
