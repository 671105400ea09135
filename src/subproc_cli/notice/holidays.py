"""Public holidays where customers are, through the `holidays` package."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from subproc_cli.deadlines.periods import Free, no_holiday
from subproc_cli.diagnostics import INVALID_VALUE, Problem
from subproc_cli.errors import UsageFault
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.text import did_you_mean


def where(customer: Customer) -> Free:
    """Return the public holidays where a customer is; none if its country is not known."""
    return _days(customer.country, customer.subdivision) if customer.country else no_holiday


def unknown(found: Customers) -> Iterator[Problem]:
    """Yield the countries and subdivisions whose public holidays are not known.

    Raises:
        UsageFault: the package is not installed.
    """
    try:
        from holidays import list_supported_countries  # only this option needs it
    except ImportError:
        raise UsageFault(
            "--holidays needs the package holidays", "pip install 'subproc-cli[holidays]'"
        ) from None
    known = list_supported_countries()
    for number, customer in enumerate(found.customers):
        country, part = customer.country, customer.subdivision
        if country and country not in known:
            message, hint = f"the public holidays of {country} are not known", "leave it out, or --holidays"
            yield Problem(INVALID_VALUE, message, found.where(number, "country"), hint)
        elif country and part and part not in known[country]:
            hint = did_you_mean(part, known[country]) or f"known are {', '.join(known[country])}"
            message = f"{country} has no subdivision {part!r}"
            yield Problem(INVALID_VALUE, message, found.where(number, "subdivision"), hint)


@lru_cache
def _days(country: str, subdivision: str | None) -> Free:
    from holidays import country_holidays  # only this option needs it

    days = country_holidays(country, subdiv=subdivision)
    return lambda day: _within(day) and day in days


def _within(day: date) -> bool:
    """Tell whether calendars of holidays reach so far."""
    return 1970 <= day.year <= 2100  # noqa: PLR2004
