"""A day and a number of days in, the last day of the period out: Regulation (EEC, Euratom) No 1182/71."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.deadlines.periods import (
    Period,
    PeriodUnit,
    calculate_first_day_after,
    calculate_last_day,
    parse_period,
    shift_day,
)

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
def test_calculate_last_day_of_calendar_days_follows_the_regulation(event: str, days: int, last: str) -> None:
    assert calculate_last_day(date.fromisoformat(event), Period(days)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("days", "last"),
    [(29, "2024-05-08"), (30, "2024-05-10"), (31, "2024-05-10"), (32, "2024-05-13")],
)
def test_calculate_last_day_on_a_holiday_moves_to_the_next_working_day(days: int, last: str) -> None:
    found = calculate_last_day(date(2024, 4, 9), Period(days), lambda day: day == ASCENSION)
    assert found == date.fromisoformat(last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_calculate_last_day_of_any_period_is_a_working_day(event: date, days: int) -> None:
    last = calculate_last_day(event, Period(days))
    assert days <= (last - event).days <= days + 3
    assert last.weekday() < 5
    assert (calculate_first_day_after(event, Period(days)) - last).days == 1


@pytest.mark.parametrize(
    ("event", "period", "last"),
    [
        # Art. 3(2)(c): the same weekday, or the same date; the last day of a month that has no such date
        ("2024-04-09", "2 weeks", "2024-04-23"),
        ("2024-04-09", "1 month", "2024-05-09"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2024-08-31", "6 months", "2025-02-28"),
        ("2024-10-15", "3 months", "2025-01-15"),
        # Art. 3(4): to the end of the next business day
        ("2024-04-06", "1 week", "2024-04-15"),
        ("2024-04-13", "1 month", "2024-05-13"),
        ("2024-05-15", "1 month", "2024-06-17"),
        # Art. 3(3): Saturdays and Sundays do not count in business days
        ("2024-04-09", "10 business days", "2024-04-23"),
        ("2024-04-12", "1 business day", "2024-04-15"),
        ("2024-04-13", "5 working days", "2024-04-19"),
    ],
)
def test_calculate_last_day_of_each_unit_follows_the_regulation(event: str, period: str, last: str) -> None:
    parsed = parse_period(period)
    assert parsed is not None
    assert calculate_last_day(date.fromisoformat(event), parsed) == date.fromisoformat(last)


def test_calculate_last_day_in_business_days_leaves_out_holidays() -> None:
    period = Period(10, PeriodUnit.BUSINESS_DAY)
    found = calculate_last_day(date(2024, 4, 29), period, lambda day: day == ASCENSION)
    assert found == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30", Period(30)),
        ("1 day", Period(1)),
        ("10  Business Days", Period(10, PeriodUnit.BUSINESS_DAY)),
        ("2 weeks", Period(2, PeriodUnit.WEEK)),
        ("6 months", Period(6, PeriodUnit.MONTH)),
        ("", None),
        ("-1", None),
        ("2.5 days", None),
        ("a week", None),
        ("6 fortnights", None),
        ("³", None),
    ],
)
def test_parse_period_of_a_text_returns_its_length(text: str, expected: Period | None) -> None:
    assert parse_period(text) == expected


@given(st.integers(0, 400), st.sampled_from(PeriodUnit))
def test_parse_period_of_a_printed_period_returns_it(amount: int, unit: PeriodUnit) -> None:
    assert parse_period(str(Period(amount, unit))) == Period(amount, unit)


@pytest.mark.parametrize("unit", PeriodUnit)
def test_calculate_last_day_after_year_9999_raises_overflow_error(unit: PeriodUnit) -> None:
    with pytest.raises(OverflowError):
        calculate_last_day(date(9999, 12, 20), Period(60, unit))


def test_shift_day_may_end_on_a_sunday() -> None:
    assert shift_day(date(2024, 4, 12), Period(2)) == date(2024, 4, 14)
