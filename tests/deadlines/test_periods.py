"""A day and a number of days in, the last day of the period out: Regulation (EEC, Euratom) No 1182/71."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.deadlines.periods import calculate_first_day_after, calculate_last_day

ASCENSION = date(2024, 5, 9)


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        # Art. 3(1): the day of the event does not count
        ("2024-04-08", 1, "2024-04-09"),
        ("2024-04-08", 0, "2024-04-08"),
        # Art. 3(3): Saturdays and Sundays count
        ("2024-04-04", 4, "2024-04-08"),
        # Art. 3(4): a last day that is a Saturday or a Sunday runs on to Monday
        ("2024-04-04", 2, "2024-04-08"),
        ("2024-04-09", 4, "2024-04-15"),
        # Art. 3(5): two days or more include two working days
        ("2024-04-05", 1, "2024-04-08"),
        ("2024-04-05", 2, "2024-04-09"),
        ("2024-04-05", 3, "2024-04-09"),
        ("2024-04-05", 4, "2024-04-09"),
        # over the end of a month, a leap day, a year
        ("2024-02-01", 30, "2024-03-04"),
        ("2024-12-02", 30, "2025-01-01"),
    ],
)
def test_the_last_day(event: str, days: int, last: str) -> None:
    assert calculate_last_day(date.fromisoformat(event), days) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("days", "last"),
    [(29, "2024-05-08"), (30, "2024-05-10"), (31, "2024-05-10"), (32, "2024-05-13")],
)
def test_a_holiday_on_the_last_day_counts_and_runs_on(days: int, last: str) -> None:
    found = calculate_last_day(date(2024, 4, 9), days, lambda day: day == ASCENSION)
    assert found == date.fromisoformat(last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_a_period_is_never_shorter_and_ends_on_a_working_day(event: date, days: int) -> None:
    last = calculate_last_day(event, days)
    assert days <= (last - event).days <= days + 3
    assert last.weekday() < 5
    assert (calculate_first_day_after(event, days) - last).days == 1
