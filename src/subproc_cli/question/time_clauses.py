"""The actions of the grammar for clauses about days: when a service began, was in use, and ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from subproc_cli.question.connectives import both
from subproc_cli.question.dates import Dates, complete_day
from subproc_cli.question.query import Clause, Not, Question
from subproc_cli.question.values import Loose, make_several


def added(when: str, days: Dates) -> Question:
    """Return the clause that a service began in, since, after, or not later than some days."""
    if when == "until":
        return Clause("began-before", ((days.last + timedelta(days=1)).isoformat(),))
    first = days.last + timedelta(days=1) if when == "after" else days.first
    last = (days.last.isoformat(),) if when == "in" else ()
    return Clause("added", (first.isoformat(), *last))


def by(what: str, days: Dates) -> Any:
    """`by 2024`: before it, or until its end; by a day, until its end."""
    before = began_before(days) if what == "added" else ended("before", days)
    until = added("until", days) if what == "added" else ended("until", days)
    return until if days.first == days.last else make_several(before, Loose(until))


def began_before(days: Dates) -> Question:
    """Return the clause that a service was in use before some days."""
    return Clause("began-before", (days.first.isoformat(),))


def in_use_since(days: Dates) -> Any:
    """`in use since 2024`: it began then, or it was in use all the time since."""
    following = (days.first + timedelta(days=1)).isoformat()
    return make_several(added("since", days), Loose(Clause("began-before", (following,))))


def starts_in(days: Dates) -> Any:
    """Return the clause that a service is announced, and begins on one of some days."""
    following = (days.last + timedelta(days=1)).isoformat()
    begins = both(Clause("began-before", (following,)), Not(began_before(days)))
    return both(Clause("announced"), begins)


def in_use_within(days: Dates) -> Any:
    """Return the clause that a service was in use on some of the days: neither after nor before them."""
    following = (days.last + timedelta(days=1)).isoformat()
    return both(Clause("began-before", (following,)), Not(Clause("ended", ("", days.first.isoformat()))))


def ended(when: str, days: Dates) -> Question:
    """Return the clause that a service ended in, since, after, before, or not later than some days.

    `until` is the first day without the service.
    """
    following = (days.last + timedelta(days=1)).isoformat()
    arguments = {
        "before": ("", days.first.isoformat()),
        "since": (days.first.isoformat(),),
        "after": (following,),
        "until": ("", following),
        "in": (days.first.isoformat(), following),
    }
    return Clause("ended", arguments[when])


def span(one: Dates, other: Dates) -> Dates | None:
    """Return the days from one day, month or year to another, unless the other is earlier."""
    return Dates(one.first, other.last) if one.first <= other.last else None


def span_from(start: tuple[int, int], end: Dates) -> Dates | None:
    """Return the days from one without a year to another: `between 1 January and 31 March 2025`."""
    first = complete_day(*start, end.last.year)
    return span(first, end) if first else None


TIME_CLAUSES: tuple[Callable[..., Any], ...] = (
    added,
    by,
    began_before,
    ended,
    in_use_since,
    in_use_within,
    span,
    span_from,
    starts_in,
)
"""The actions of this module."""
