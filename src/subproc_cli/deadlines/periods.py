"""Periods in days, business days, weeks and months, as Regulation (EEC, Euratom) No 1182/71 counts them.

Source: OJ L 124, 8.6.1971, p. 1; Art. 2(2), 3(1), 3(2), 3(3), 3(4) and 3(5).
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

HolidayCheck: TypeAlias = Callable[[date], bool]
"""Returns whether a day is a public holiday where the period runs."""


class PeriodUnit(StrEnum):
    """What a period is counted in; the value is the unit in the singular."""

    DAY = "day"
    BUSINESS_DAY = "business day"
    WEEK = "week"
    MONTH = "month"


class Period(NamedTuple):
    """A length of time.

    Attributes:
        amount: how many units it has.
        unit: what it is counted in.
    """

    amount: int
    unit: PeriodUnit = PeriodUnit.DAY

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


_DAY = timedelta(days=1)
_DAYS_PER_WEEK = 7
_MONTHS_PER_YEAR = 12
_SATURDAY = 5
_BUSINESS_DAYS = 2
"""Business days that a period of two days or more includes at least (Art. 3(5))."""
_PERIOD = re.compile(r"(\d{1,6})(?: +([a-z ]+))?", re.ASCII)
_UNITS = {
    **{unit.value: unit for unit in PeriodUnit},
    **{f"{unit}s": unit for unit in PeriodUnit},
    "working day": PeriodUnit.BUSINESS_DAY,
    "working days": PeriodUnit.BUSINESS_DAY,
}
UNIT_WORDS = tuple(_UNITS)
"""The words that `parse_period` reads as units."""


def parse_period(text: str) -> Period | None:
    """Return the period that a text states, such as `30`, `10 business days`, `2 weeks` or `6 months`.

    >>> str(parse_period("10 business days"))
    '10 business days'
    >>> parse_period("soon") is None
    True
    """
    match = _PERIOD.fullmatch(" ".join(text.casefold().split()))
    unit = _UNITS.get(match[2] or "days") if match else None
    return Period(int(match[1]), unit) if match and unit else None


def is_never_holiday(_: date) -> bool:
    """Return False: no day counts as a public holiday."""
    return False


def calculate_last_day(event: date, period: Period, is_holiday: HolidayCheck = is_never_holiday) -> date:
    """Return the last day of a period that an event starts.

    The day of the event does not count (Art. 3(1)). A period in weeks or months ends on the same weekday or
    date as the event, or on the last day of a month that has no such date (Art. 3(2)(c)). Holidays, Saturdays
    and Sundays count, except in a period of business days (Art. 3(3)). If the last day is one of these, the
    period runs on to the end of the next business day (Art. 3(4)), and a period of two days or more includes
    at least two business days (Art. 3(5)).

    Args:
        event: the day on which the notice is sent, or received.
        period: the length of the period.
        is_holiday: the public holidays that are observed.

    Raises:
        OverflowError: the period ends after the last day of the calendar.
    """
    if not period.amount:
        return event
    last = shift_day(event, period, is_holiday)
    is_in_days = period.unit is not PeriodUnit.BUSINESS_DAY
    needed = _BUSINESS_DAYS if is_in_days and (last - event).days >= _BUSINESS_DAYS else 0
    included = _count_business_days(event, last, needed, is_holiday)
    while included < needed or not _is_business_day(last, is_holiday):
        last += _DAY
        included += _is_business_day(last, is_holiday)
    return last


def calculate_first_day_after(
    event: date, period: Period, is_holiday: HolidayCheck = is_never_holiday
) -> date:
    """Return the first day after a period that an event starts: the earliest day of effect."""
    return calculate_last_day(event, period, is_holiday) + _DAY if period.amount else event


def shift_day(event: date, period: Period, is_holiday: HolidayCheck = is_never_holiday) -> date:
    """Return the day that is a period after an event, whether or not it is a business day.

    Raises:
        OverflowError: it is after the last day of the calendar.
    """
    match period.unit:
        case PeriodUnit.DAY:
            return event + timedelta(days=period.amount)
        case PeriodUnit.WEEK:
            return event + timedelta(days=period.amount * _DAYS_PER_WEEK)
        case PeriodUnit.MONTH:
            return _add_months(event, period.amount)
        case PeriodUnit.BUSINESS_DAY:
            day, left = event, period.amount
            while left:
                day += _DAY
                left -= _is_business_day(day, is_holiday)
            return day


def _add_months(day: date, count: int) -> date:
    years, month_index = divmod(day.month - 1 + count, _MONTHS_PER_YEAR)
    year, month = day.year + years, month_index + 1
    if year > date.max.year:
        raise OverflowError(f"{count} months after {day} is after the last day of the calendar")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _count_business_days(event: date, last: date, enough: int, is_holiday: HolidayCheck) -> int:
    """Return how many business days are after an event and not after a last day, or `enough` of them."""
    day, count = event, 0
    while day < last and count < enough:
        day += _DAY
        count += _is_business_day(day, is_holiday)
    return count


def _is_business_day(day: date, is_holiday: HolidayCheck) -> bool:
    return day.weekday() < _SATURDAY and not is_holiday(day)
