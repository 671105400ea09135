"""Public holidays where customers are, through the `holidays` package."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from subproc_cli.deadlines.periods import HolidayCheck, is_never_holiday
from subproc_cli.diagnostics import INVALID_VALUE, Problem
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.suggest import suggest


def get_holiday_check(customer: Customer) -> HolidayCheck:
    """Return the public holidays where a customer is; none if its country is not known."""
    return (
        _load_holiday_check(customer.country, customer.subdivision) if customer.country else is_never_holiday
    )


def find_unknown_calendars(customers: Customers) -> Iterator[Problem]:
    """Yield the countries and subdivisions whose public holidays are not known.

    Raises:
        UsageError: the package is not installed.
    """
    try:
        from holidays import list_supported_countries  # only this option needs it
    except ImportError:
        raise UsageError(
            "--holidays needs the package holidays", "pip install 'subproc-cli[holidays]'"
        ) from None
    known = list_supported_countries()
    for number, customer in enumerate(customers.customers):
        country, part = customer.country, customer.subdivision
        if country and country not in known:
            message, hint = f"the public holidays of {country} are not known", "leave it out, or --holidays"
            yield Problem(INVALID_VALUE, message, customers.locate(number, "country"), hint)
        elif country and part and part not in known[country]:
            hint = suggest(part, known[country]) or f"known are {', '.join(known[country])}"
            message = f"{country} has no subdivision {part!r}"
            yield Problem(INVALID_VALUE, message, customers.locate(number, "subdivision"), hint)


@lru_cache
def _load_holiday_check(country: str, subdivision: str | None) -> HolidayCheck:
    from holidays import country_holidays  # only this option needs it

    days = country_holidays(country, subdiv=subdivision)
    return lambda day: _is_covered(day) and day in days


def _is_covered(day: date) -> bool:
    """Tell whether calendars of holidays reach so far."""
    return 1970 <= day.year <= 2100  # noqa: PLR2004
