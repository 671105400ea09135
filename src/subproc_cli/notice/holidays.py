"""Public holidays where customers are, through the `holidays` package."""

from datetime import date

from subproc_cli.errors import UsageFault
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.periods import Free, no_holiday
from subproc_cli.words import did_you_mean


def where(customer: Customer) -> Free:
    """Return the public holidays of a customer's country and subdivision; none if the country is not known.

    Raises:
        UsageFault: the package is not installed, or does not know the country or the subdivision.
    """
    if customer.country is None:
        return no_holiday
    try:
        import holidays  # noqa: PLC0415, TID251  only this option needs it
    except ImportError:
        hint = "pip install 'subproc-cli[holidays]'"
        raise UsageFault("--holidays needs the package holidays", hint) from None
    known = holidays.list_supported_countries()
    if customer.country not in known:
        hint = "leave out its country, or --holidays"
        raise UsageFault(f"{customer.name}: the public holidays of {customer.country} are not known", hint)
    if customer.subdivision and customer.subdivision not in known[customer.country]:
        hint = did_you_mean(customer.subdivision, known[customer.country])
        message = f"{customer.name}: {customer.country} has no subdivision {customer.subdivision!r}"
        raise UsageFault(message, hint or f"known are {', '.join(known[customer.country])}")
    days = holidays.country_holidays(customer.country, subdiv=customer.subdivision)
    return lambda day: _within(day) and day in days


def _within(day: date) -> bool:
    """Tell whether calendars of holidays reach so far."""
    return 1970 <= day.year <= 2100  # noqa: PLR2004
