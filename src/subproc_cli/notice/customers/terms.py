"""The terms of a customer, by its contract or the list: periods, and what silence and objection mean."""

from datetime import date
from typing import NamedTuple

from subproc_cli.deadlines.periods import HolidayCheck, Period, shift_day
from subproc_cli.notice.customers.customers import CountedFrom, Customer
from subproc_cli.registry.field_forms import choose_text
from subproc_cli.registry.parts import NoticeTerms
from subproc_cli.registry.registry import Registry


class Terms(NamedTuple):
    """The periods that a customer was promised; None where nothing was promised.

    Attributes:
        days: from the notice to the change.
        objection_days: from the notice to the last day to object.
        termination_days: to terminate after an objection that cannot be met.
    """

    days: Period | None
    objection_days: Period | None
    termination_days: Period | None


def resolve_terms(revisions: tuple[Registry, Registry], customer: Customer | None) -> Terms:
    """Return a customer's own periods, otherwise the longer of those that the two lists promise."""
    old, new = (registry.model.notice for registry in revisions)
    found = []
    for field in Terms._fields:
        own = getattr(customer, field, None)
        promised = [days for days in (getattr(old, field), getattr(new, field)) if days is not None]
        longest = Period(max(promised)) if promised else None
        found.append(longest if own is None else own)
    return Terms(*found)


def find_period_start(customer: Customer | None, sent: date, holiday: HolidayCheck) -> date:
    """Return the day whose event starts the periods: the sending of a notice, or its receipt."""
    if customer is None or customer.counted_from is not CountedFrom.RECEIPT or customer.receipt_after is None:
        return sent
    return shift_day(sent, customer.receipt_after, holiday)


def find_consequence(field: str, terms: NoticeTerms, customer: Customer | None, language: str) -> str:
    """Return what happens, in a language as far as the list has it; empty if nothing is stated.

    Args:
        field: `on_silence` or `on_objection`.
        terms: those of the list.
        customer: the customer, whose own contract comes first.
        language: that of its letter.
    """
    own = getattr(customer, field, None)
    listed = choose_text(getattr(terms, f"{field}_by_language"), language) or getattr(terms, field)
    return own or listed or ""
