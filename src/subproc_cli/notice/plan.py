"""Changes, customers, terms and a day in, notices out: pure, no clock and no files."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.deadlines.periods import (
    HolidayCheck,
    calculate_first_day_after,
    calculate_last_day,
    is_never_holiday,
)
from subproc_cli.diff.change import Change
from subproc_cli.diff.kinds import FIRST_USE_KINDS
from subproc_cli.enums import Level, Regime
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.completeness import Gap, find_gaps
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.recipients import ExcludedChange, ExclusionReason, find_exclusion_reason, is_setting
from subproc_cli.registry.registry import Registry


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
        reason: why the periods of notice need not be kept; empty if they must. With it, a service may begin
            sooner, on the day that the list states; other changes then apply from `effective`, or without it
            from `sent`.
    """

    sent: date
    effective: date | None = None
    language: str = ENGLISH
    reason: str = ""


NotifiedCheck: TypeAlias = Callable[[Customer | None, Change], bool]
"""Tells whether a customer, or everybody, was told of a change already."""
EarlierNoticeLookup: TypeAlias = Callable[[Customer | None, Change], date | None]
"""Returns the day of an earlier notice that told a customer, or everybody, something else of a change."""
HolidayLookup: TypeAlias = Callable[[Customer], HolidayCheck]
"""Returns the public holidays that count for a customer."""


class Notice(NamedTuple):
    """One notice to one customer, or to all (Art. 28(2) GDPR).

    Attributes:
        revisions: the list that customers know, and the coming one.
        customer: whom it is for; None for a notice to all.
        laws: the customer's own body of law, else those of the list.
        changes: the changes that demand a notice.
        informational_changes: further changes that are worth telling.
        excluded_changes: the changes that this customer does not hear of, with the reason.
        unchanged_services: the ids of the services that stay as they are.
        gaps: what the coming list does not state and an objection needs.
        sent: the day on which the notice goes out.
        effective: the day from which the changes apply; that of the first service, if all of them begin
            services on days that the list states.
        object_by: the last day to object; None if nothing is promised.
        earliest: the first day that keeps the period of notice.
        reason: why the period of notice is not kept; empty if it is.
        undated: the day from which the changes apply that have no day of their own.
        is_urgent: whether the period of notice need not be kept.
        amended_notices: the day of an earlier notice, and the names of what it said something else of.
    """

    revisions: tuple[Registry, Registry]
    customer: Customer | None
    language: str
    laws: tuple[Regime, ...]
    changes: tuple[Change, ...]
    informational_changes: tuple[Change, ...]
    excluded_changes: tuple[ExcludedChange, ...]
    unchanged_services: tuple[str, ...]
    gaps: tuple[Gap, ...]
    terms: Terms
    sent: date
    effective: date
    object_by: date | None
    earliest: date
    reason: str
    undated: date
    is_urgent: bool
    amended_notices: tuple[tuple[date, tuple[str, ...]], ...] = ()

    @property
    def is_reachable(self) -> bool:
        """Whether anybody knows where it can go; a notice to all goes out by the sender's own means."""
        return self.customer is None or self.customer.address is not None

    @property
    def early_services(self) -> tuple[str, ...]:
        """The ids of the services that begin, as the list says, before the day that the notice names.

        None if the period need not be kept: the notice then names the own day of each service.
        """
        if self.is_urgent:
            return ()
        begun = _find_start_dates(self.revisions[1], self.changes)
        return tuple(key for key, day in begun.items() if day < self.effective)

    @property
    def days_short(self) -> int:
        """By how many days the period of notice is missed at most; 0 if it is kept."""
        return max((0, *self.days_short_by_change.values()))

    @property
    def days_short_by_change(self) -> dict[Change, int]:
        """By how many days each change misses the period of notice; 0 where it is kept."""
        start_dates = _find_start_dates(self.revisions[1], self.changes) if self.is_urgent else {}
        days = {
            change: start_dates.get(change.service, self.effective)
            if change.kind in FIRST_USE_KINDS
            else self.effective
            for change in self.changes
        }
        return {change: max(0, (self.earliest - day).days) for change, day in days.items()}


class Plan(NamedTuple):
    """The notices, and the customers who get none with the changes that do not concern them.

    Attributes:
        customers: everybody of the file in its order, told or not; empty for a notice to all.
        changes: what changed, whomever it concerns.
    """

    notices: tuple[Notice, ...]
    skipped: tuple[tuple[Customer | None, tuple[ExcludedChange, ...]], ...]
    customers: tuple[Customer, ...]
    changes: tuple[Change, ...]

    def iter_excluded_changes(self) -> Iterator[ExcludedChange]:
        """Yield the changes that somebody does not hear of, for everybody."""
        yield from (each for notice in self.notices for each in notice.excluded_changes)
        yield from (each for _, left in self.skipped for each in left)


def plan(  # noqa: PLR0913  a table of what notices follow from
    revisions: tuple[Registry, Registry],
    changes: tuple[Change, ...],
    request: Request,
    customers: tuple[Customer, ...] | None = None,
    *,
    is_notified: NotifiedCheck = lambda _, __: False,
    find_earlier_notice: EarlierNoticeLookup = lambda _, __: None,
    holidays: HolidayLookup = lambda _: is_never_holiday,
) -> Plan:
    """Return the notices that changes demand, one for each customer; without customers, one for all.

    Raises:
        UsageError: a day of effect cannot be found, or lies before the notice; a period has no end.
    """
    notices, skipped = [], []
    for customer in (None,) if customers is None else customers:
        relevant, excluded = _partition_changes(customer, changes, revisions, is_notified)
        if any(change.level is Level.NOTICE for change in relevant):
            free = holidays(customer) if customer else is_never_holiday
            try:
                notice = _build_notice(revisions, customer, (relevant, excluded), request, free)
                notices.append(
                    notice._replace(
                        amended_notices=_find_amended_notices(customer, notice.changes, find_earlier_notice)
                    )
                )
            except OverflowError:
                message = f"a period from {request.sent} on passes the last day of the calendar, {date.max}"
                raise UsageError(message, "choose an earlier --sent") from None
        else:
            skipped.append((customer, excluded))
    return Plan(tuple(notices), tuple(skipped), customers or (), changes)


def _find_amended_notices(
    customer: Customer | None, changes: tuple[Change, ...], find_earlier_notice: EarlierNoticeLookup
) -> tuple[tuple[date, tuple[str, ...]], ...]:
    found: dict[date, dict[str, None]] = {}
    for change in changes:
        day = find_earlier_notice(customer, change)
        if day:
            found.setdefault(day, {})[change.name] = None
    return tuple((day, tuple(names)) for day, names in sorted(found.items()))


def _partition_changes(
    customer: Customer | None,
    changes: tuple[Change, ...],
    revisions: tuple[Registry, Registry],
    is_notified: NotifiedCheck,
) -> tuple[tuple[Change, ...], tuple[ExcludedChange, ...]]:
    relevant, excluded = [], []
    for change in changes:
        reason = (
            ExclusionReason.SETTING
            if is_setting(change)
            else find_exclusion_reason(customer, change, revisions)
        )
        if reason is None and is_notified(customer, change):
            reason = ExclusionReason.ALREADY_NOTIFIED
        if reason is None:
            relevant.append(change)
        elif change.level is not Level.EDITORIAL:
            excluded.append(ExcludedChange(change, reason))
    return tuple(relevant), tuple(excluded)


def _build_notice(
    revisions: tuple[Registry, Registry],
    customer: Customer | None,
    partitioned_changes: tuple[tuple[Change, ...], tuple[ExcludedChange, ...]],
    request: Request,
    holiday: HolidayCheck,
) -> Notice:
    relevant, excluded = partitioned_changes
    new = revisions[1]
    changes = tuple(change for change in relevant if change.level is Level.NOTICE)
    terms = _resolve_terms(revisions, customer)
    objection = terms.objection_days
    start_dates = _find_start_dates(new, changes)
    are_all_dated = all(
        change.kind in FIRST_USE_KINDS and change.service in start_dates for change in changes
    )
    effective, earliest = _resolve_effective_date(
        terms, request, min(start_dates.values()) if are_all_dated else None, holiday
    )
    undated = effective
    if request.reason and any(day < effective for day in start_dates.values()):
        # A service that begins sooner says nothing of other changes; they never lie in the past.
        undated = request.effective or request.sent
        effective = min(start_dates.values()) if are_all_dated else undated
    own = customer.regime if customer else None
    laws = (own,) if own else new.model.law
    touched = {change.service for change in (*relevant, *(each.change for each in excluded))}
    notice = Notice(
        revisions=revisions,
        customer=customer,
        language=(customer and customer.language) or request.language,
        laws=laws,
        changes=changes,
        informational_changes=tuple(change for change in relevant if change.level is Level.INFORM),
        excluded_changes=excluded,
        unchanged_services=tuple(key for key in new.find_services_in_use(undated) if key not in touched),
        gaps=find_gaps(new, changes, max(effective, request.sent), laws),
        terms=terms,
        sent=request.sent,
        effective=effective,
        object_by=None if objection is None else calculate_last_day(request.sent, objection, holiday),
        earliest=earliest,
        reason=request.reason,
        undated=undated,
        is_urgent=bool(request.reason),
    )
    return notice if notice.days_short else notice._replace(reason="")


def _resolve_terms(revisions: tuple[Registry, Registry], customer: Customer | None) -> Terms:
    """Return a customer's own periods, else the longer of those that the two lists promise."""
    old, new = (registry.model.notice for registry in revisions)
    found = []
    for field in Terms._fields:
        own = getattr(customer, field, None)
        promised = [days for days in (getattr(old, field), getattr(new, field)) if days is not None]
        found.append(own if own is not None else max(promised, default=None))
    return Terms(*found)


def _find_start_dates(new: Registry, changes: tuple[Change, ...]) -> dict[str, date]:
    """Return the first day of use that the list states of each service that changes begin."""
    start_dates = {
        each.service: new.model.services[each.service].since
        for each in changes
        if each.kind in FIRST_USE_KINDS
    }
    return {key: day for key, day in start_dates.items() if day}


def _resolve_effective_date(
    terms: Terms, request: Request, earliest_start: date | None, holiday: HolidayCheck
) -> tuple[date, date]:
    """Return the day of effect, and the first day that keeps the period of notice."""
    sent, requested = request.sent, request.effective
    if requested is None and earliest_start is None and terms.days is None:
        hint = "say --effective DATE, or state notice.days in the list"
        raise UsageError("the day of effect is open: no period of notice is stated", hint)
    earliest = calculate_first_day_after(sent, terms.days or 0, holiday)
    if requested is None:
        objected = calculate_first_day_after(sent, terms.objection_days or 0, holiday)
        return max(earliest, objected, earliest_start or earliest), earliest
    if earliest_start is not None and requested < earliest_start:
        message = (
            f"--effective {requested}: the services begin on {earliest_start}, "
            "as the list says, and not before"
        )
        raise UsageError(message, "leave out --effective, or change `since` in the list")
    if requested < sent:
        raise UsageError(f"--effective {requested} comes before the day on which the notice is sent, {sent}")
    return requested, earliest
