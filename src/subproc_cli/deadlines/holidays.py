"""Public holidays by country and subdivision, through the `holidays` package."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec

from subproc_cli.deadlines.periods import HolidayCheck
from subproc_cli.errors import UsageError

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
"""The years of which calendars of holidays know enough."""


def has_calendars() -> bool:
    """Return whether the package of public holidays is installed."""
    return find_spec("holidays") is not None


def load_calendars() -> Mapping[str, Sequence[str]]:
    """Return the countries whose public holidays are known, each with its subdivisions.

    Raises:
        UsageError: the package is not installed.
    """
    try:
        from holidays import list_supported_countries
    except ImportError:
        raise UsageError(
            "--holidays needs the package holidays", "pip install 'subproc-cli[holidays]'"
        ) from None
    return list_supported_countries()


@lru_cache
def load_holiday_check(country: str, subdivision: str | None) -> HolidayCheck:
    """Return the public holidays of a country, with those of a subdivision (ISO 3166-2) if one is given."""
    from holidays import country_holidays

    days = country_holidays(country, subdiv=subdivision)
    return lambda day: _FIRST_YEAR <= day.year <= _LAST_YEAR and day in days
