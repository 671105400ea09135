"""Changes, customers, terms and a day in, notices out: pure, no clock and no files."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.deadlines.periods import Free, first_free_day, last_day, no_holiday
from subproc_cli.diff.change import Change
from subproc_cli.diff.kinds import BEGINNINGS
from subproc_cli.enums import Language, Level, Regime
from subproc_cli.errors import UsageFault
from subproc_cli.notice.completeness import Gap, gaps
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.recipients import Left, Reason, is_setting, unconcerned
from subproc_cli.registry.registry import Index


class Terms(NamedTuple):
    """The periods that a customer was promised, in days; None where nothing was."""

    days: int | None
    objection_days: int | None
    termination_days: int | None


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        sent: the day on which the notices go out.
        effective: the day from which the changes apply; without it, the first that the periods allow, and no
            sooner than the list itself says.
        language: for customers whose own is not known.
        reason: why the periods of notice need not be kept; empty if they must. With it, the changes apply no
            later than the first service begins, as the list says.
    """

    sent: date
    effective: date | None = None
    language: Language = Language.EN
    reason: str = ""


Told: TypeAlias = Callable[[Customer | None, Change], bool]
"""Tells whether a customer, or everybody, was told of a change already."""
Before: TypeAlias = Callable[[Customer | None, Change], date | None]
"""Returns the day of an earlier notice that told a customer, or everybody, something else of a change."""
Holidays: TypeAlias = Callable[[Customer], Free]
"""Returns the public holidays that count for a customer."""


class Notice(NamedTuple):
    """One notice to one customer, or to all (Art. 28(2) GDPR).

    Attributes:
        revisions: the list that customers know, and the coming one.
        customer: whom it is for; None for a notice to all.
        laws: the customer's own body of law, else those of the list.
        changes: the changes that demand a notice.
        informed: further changes that are worth telling.
        left: the changes that this customer does not hear of, with the reason.
        unchanged: the ids of the services that stay as they are.
        gaps: what the coming list does not state and an objection needs.
        sent: the day on which the notice goes out.
        effective: the day from which the changes apply.
        object_by: the last day to object; None if nothing is promised.
        earliest: the first day that keeps the period of notice.
        reason: why the period of notice is not kept; empty if it is.
        amended: the day of an earlier notice, and the names of what it said something else of.
    """

    revisions: tuple[Index, Index]
    customer: Customer | None
    language: Language
    laws: tuple[Regime, ...]
    changes: tuple[Change, ...]
    informed: tuple[Change, ...]
    left: tuple[Left, ...]
    unchanged: tuple[str, ...]
    gaps: tuple[Gap, ...]
    terms: Terms
    sent: date
    effective: date
    object_by: date | None
    earliest: date
    reason: str
    amended: tuple[tuple[date, tuple[str, ...]], ...] = ()

    @property
    def reachable(self) -> bool:
        """Whether anybody knows where it can go; a notice to all goes out by the sender's own means."""
        return self.customer is None or self.customer.address is not None

    @property
    def early(self) -> tuple[str, ...]:
        """The ids of the services that begin, as the list says, before the day that the notice names."""
        begun = _begun(self.revisions[1], self.changes)
        return tuple(key for key, day in begun.items() if day < self.effective)

    @property
    def short_by(self) -> int:
        """By how many days the period of notice is missed; 0 if it is kept."""
        return max(0, (self.earliest - self.effective).days)


class Plan(NamedTuple):
    """The notices, and the customers who get none with the changes that do not concern them.

    Attributes:
        customers: everybody of the file in its order, told or not; empty for a notice to all.
        changes: what changed, whomever it concerns.
    """

    notices: tuple[Notice, ...]
    untold: tuple[tuple[Customer | None, tuple[Left, ...]], ...]
    customers: tuple[Customer, ...]
    changes: tuple[Change, ...]

    def left(self) -> Iterator[Left]:
        """Yield the changes that somebody does not hear of, for everybody."""
        yield from (each for notice in self.notices for each in notice.left)
        yield from (each for _, left in self.untold for each in left)


def plan(  # noqa: PLR0913  a table of what notices follow from
    revisions: tuple[Index, Index],
    changes: tuple[Change, ...],
    request: Request,
    customers: tuple[Customer, ...] | None = None,
    *,
    told: Told = lambda _, __: False,
    before: Before = lambda _, __: None,
    holidays: Holidays = lambda _: no_holiday,
) -> Plan:
    """Return the notices that changes demand, one for each customer; without customers, one for all.

    Raises:
        UsageFault: a day of effect cannot be found, or lies before the notice; a period has no end.
    """
    notices, untold = [], []
    for customer in (None,) if customers is None else customers:
        heard, left = _sorted(customer, changes, revisions, told)
        if any(change.level is Level.NOTICE for change in heard):
            free = holidays(customer) if customer else no_holiday
            try:
                notice = _notice(revisions, customer, (heard, left), request, free)
                notices.append(notice._replace(amended=_amended(customer, notice.changes, before)))
            except OverflowError:
                message = f"a period from {request.sent} on passes the last day of the calendar, {date.max}"
                raise UsageFault(message, "choose an earlier --sent") from None
        else:
            untold.append((customer, left))
    return Plan(tuple(notices), tuple(untold), customers or (), changes)


def _amended(
    customer: Customer | None, changes: tuple[Change, ...], before: Before
) -> tuple[tuple[date, tuple[str, ...]], ...]:
    found: dict[date, dict[str, None]] = {}
    for change in changes:
        day = before(customer, change)
        if day:
            found.setdefault(day, {})[change.name] = None
    return tuple((day, tuple(names)) for day, names in sorted(found.items()))


def _sorted(
    customer: Customer | None, changes: tuple[Change, ...], revisions: tuple[Index, Index], told: Told
) -> tuple[tuple[Change, ...], tuple[Left, ...]]:
    heard, left = [], []
    for change in changes:
        reason = Reason.SETTING if is_setting(change) else unconcerned(customer, change, revisions)
        if reason is None and told(customer, change):
            reason = Reason.TOLD
        if reason is None:
            heard.append(change)
        elif change.level is not Level.EDITORIAL:
            left.append(Left(change, reason))
    return tuple(heard), tuple(left)


def _notice(
    revisions: tuple[Index, Index],
    customer: Customer | None,
    sorted_changes: tuple[tuple[Change, ...], tuple[Left, ...]],
    request: Request,
    holiday: Free,
) -> Notice:
    heard, left = sorted_changes
    new = revisions[1]
    changes = tuple(change for change in heard if change.level is Level.NOTICE)
    terms = _terms(revisions, customer)
    objection = terms.objection_days
    begun = _begun(new, changes)
    alone = all(change.kind in BEGINNINGS and change.service in begun for change in changes)
    effective, earliest = _effective(terms, request, min(begun.values()) if alone else None, holiday)
    if request.reason:
        effective = min((effective, *begun.values()))
    own = customer.regime if customer else None
    laws = (own,) if own else new.registry.law
    touched = {change.service for change in (*heard, *(each.change for each in left))}
    return Notice(
        revisions=revisions,
        customer=customer,
        language=(customer and customer.language) or request.language,
        laws=laws,
        changes=changes,
        informed=tuple(change for change in heard if change.level is Level.INFORM),
        left=left,
        unchanged=tuple(key for key in new.in_use(effective) if key not in touched),
        gaps=gaps(new, changes, effective, laws),
        terms=terms,
        sent=request.sent,
        effective=effective,
        object_by=None if objection is None else last_day(request.sent, objection, holiday),
        earliest=earliest,
        reason=request.reason if effective < earliest else "",
    )


def _terms(revisions: tuple[Index, Index], customer: Customer | None) -> Terms:
    """Return a customer's own periods, else the longer of those that the two lists promise."""
    old, new = (index.registry.notice for index in revisions)
    found = []
    for field in Terms._fields:
        own = getattr(customer, field, None)
        promised = [days for days in (getattr(old, field), getattr(new, field)) if days is not None]
        found.append(own if own is not None else max(promised, default=None))
    return Terms(*found)


def _begun(new: Index, changes: tuple[Change, ...]) -> dict[str, date]:
    """Return the first day of use that the list states of each service that changes begin."""
    begun = {
        each.service: new.registry.services[each.service].since for each in changes if each.kind in BEGINNINGS
    }
    return {key: day for key, day in begun.items() if day}


def _effective(terms: Terms, request: Request, begin: date | None, holiday: Free) -> tuple[date, date]:
    """Return the day of effect, and the first day that keeps the period of notice."""
    sent, asked = request.sent, request.effective
    if asked is None and begin is None and terms.days is None:
        hint = "say --effective DATE, or state notice.days in the list"
        raise UsageFault("the day of effect is open: no period of notice is stated", hint)
    earliest = first_free_day(sent, terms.days or 0, holiday)
    if asked is None:
        objected = first_free_day(sent, terms.objection_days or 0, holiday)
        return max(earliest, objected, begin or earliest), earliest
    if begin is not None and asked < begin:
        message = f"--effective {asked}: the services begin on {begin}, as the list says, and not before"
        raise UsageFault(message, "leave out --effective, or change `since` in the list")
    if asked < sent:
        raise UsageFault(f"--effective {asked} comes before the day on which the notice is sent, {sent}")
    return asked, earliest
