"""Periods in days, as Regulation (EEC, Euratom) No 1182/71 counts them.

Source: OJ L 124, 8.6.1971, p. 1; Art. 2(2), 3(1), 3(3), 3(4) and 3(5).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

HolidayCheck: TypeAlias = Callable[[date], bool]
"""Tells whether a day is a public holiday where the period runs."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_WORKING_DAYS = 2
"""Working days that a period of two days or more includes at least (Art. 3(5))."""


def is_never_holiday(day: date) -> bool:
    """Say that no day is a public holiday."""
    del day
    return False


def calculate_last_day(event: date, days: int, is_holiday: HolidayCheck = is_never_holiday) -> date:
    """Return the last day of a period that an event starts.

    The day of the event does not count (Art. 3(1)); holidays, Saturdays and Sundays do (Art. 3(3)). If the
    last day is one of these, the period runs on to the end of the next working day (Art. 3(4)), and a period
    of two days or more includes at least two working days (Art. 3(5)).

    Args:
        event: the day on which the notice is sent.
        days: the length of the period in days.
        is_holiday: the public holidays that are observed.
    """
    last, working = event, 0
    needed = _WORKING_DAYS if days >= _WORKING_DAYS else 0
    while (last - event).days < days or working < needed or (days and not _is_working_day(last, is_holiday)):
        last += _DAY
        working += _is_working_day(last, is_holiday)
    return last


def calculate_first_day_after(event: date, days: int, is_holiday: HolidayCheck = is_never_holiday) -> date:
    """Return the first day after a period that an event starts: the earliest day of effect."""
    return calculate_last_day(event, days, is_holiday) + _DAY if days else event


def _is_working_day(day: date, is_holiday: HolidayCheck) -> bool:
    return day.weekday() < _SATURDAY and not is_holiday(day)
