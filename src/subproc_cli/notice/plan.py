"""Changes, customers, terms and a day in, notices out: pure, no clock and no files."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, Protocol, TypeAlias

from subproc_cli.deadlines.periods import (
    HolidayCheck,
    calculate_first_day_after,
    calculate_last_day,
    is_never_holiday,
)
from subproc_cli.diff.change import Change
from subproc_cli.enums import Level
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import ENGLISH, find_languages
from subproc_cli.notice.authorisation import needs_authorisation
from subproc_cli.notice.completeness import Gap, find_gaps
from subproc_cli.notice.customers.customers import Authorisation, Customer
from subproc_cli.notice.customers.recipients import (
    Audiences,
    ExcludedChange,
    ExclusionReason,
    find_exclusion_reason,
    is_setting,
    may_use,
)
from subproc_cli.notice.customers.terms import Terms, find_consequence, find_period_start, resolve_terms
from subproc_cli.notice.selection import ChosenChange, find_unchanged, raise_changes
from subproc_cli.registry.change_kinds import FIRST_USE_KINDS
from subproc_cli.registry.registry import Registry

HolidayLookup: TypeAlias = Callable[[Customer], HolidayCheck]
"""Returns the public holidays that count for a customer."""


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
        holidays: the public holidays that count for each customer.
        level: the lowest level that gets a notice.
        chosen: further kinds of change that get a notice.
        is_latest: whether the changes apply from the same day for everybody: the latest of all.
    """

    sent: date
    effective: date | None = None
    language: str = ENGLISH
    reason: str = ""
    holidays: HolidayLookup = lambda _: is_never_holiday
    level: Level = Level.NOTICE
    chosen: tuple[ChosenChange, ...] = ()
    is_latest: bool = False


class NotificationHistory(Protocol):
    """Of what customers were notified earlier."""

    def is_notified(self, customer: Customer | None, change: Change) -> bool:
        """Return whether a customer, or everybody, was notified of a change already."""

    def find_earlier_notice(self, customer: Customer | None, change: Change) -> date | None:
        """Return the day of a notice that informed a customer, or everybody, otherwise of a change."""

    def load_earlier_list(self, customer: Customer | None, change: Change) -> Registry | None:
        """Return the list from which that notice stated the change; None if it is not found."""


class NoHistory:
    """The history of customers who got no notice yet."""

    def is_notified(self, _customer: Customer | None, _change: Change) -> bool:
        """Return False, since nobody was notified of anything."""
        return False

    def find_earlier_notice(self, _customer: Customer | None, _change: Change) -> date | None:
        """Return None, since there is no earlier notice."""
        return None

    def load_earlier_list(self, _customer: Customer | None, _change: Change) -> Registry | None:
        """Return None, since there is no earlier notice."""
        return None


NO_HISTORY = NoHistory()


class Notice(NamedTuple):
    """One notice to one customer, or to all (Art. 28(2) GDPR).

    Attributes:
        revisions: the list that customers know, and the coming one.
        customer: whom it is for; None for a notice to all.
        laws: the customer's own body of law, otherwise those of the list.
        changes: the changes that require a notice.
        informational_changes: further changes for information.
        excluded_changes: the changes that this customer is not notified of, with the reason.
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
        amended_notices: the day of an earlier notice, and the names of services about which it differs.
        earlier_lists: for services of an earlier notice, by id, the list that it was about.
        needs_approval: whether the customer has to approve changes of services (Art. 28(2) GDPR, specific
            authorisation), so that nothing applies to it before its answer.
        on_silence: what happens if the customer does not answer in time; empty if nothing is stated.
        on_objection: what happens if the customer objects; empty if nothing is stated.
    """

    revisions: tuple[Registry, Registry]
    customer: Customer | None
    language: str
    laws: tuple[str, ...]
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
    earlier_lists: tuple[tuple[str, Registry], ...] = ()
    needs_approval: bool = False
    on_silence: str = ""
    on_objection: str = ""

    @property
    def is_reachable(self) -> bool:
        """Whether its customer has an address; the sender distributes a notice to all."""
        return self.customer is None or bool(self.customer.address)

    @property
    def early_services(self) -> tuple[str, ...]:
        """The ids of the services that start, according to the list, before the day that the notice names.

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
    """The notices, and the customers without a notice with the changes that do not concern them.

    Attributes:
        customers: everybody of the file in its order, notified or not; empty for a notice to all.
        changes: what changed, whomever it concerns.
    """

    notices: tuple[Notice, ...]
    skipped: tuple[tuple[Customer | None, tuple[ExcludedChange, ...]], ...]
    customers: tuple[Customer, ...]
    changes: tuple[Change, ...]

    def iter_excluded_changes(self) -> Iterator[ExcludedChange]:
        """Yield the changes that are left out, of all customers."""
        yield from (exclusion for notice in self.notices for exclusion in notice.excluded_changes)
        yield from (exclusion for _, left in self.skipped for exclusion in left)


def plan(
    revisions: tuple[Registry, Registry],
    changes: tuple[Change, ...],
    request: Request,
    customers: tuple[Customer, ...] | None = None,
    history: NotificationHistory = NO_HISTORY,
) -> Plan:
    """Return the notices that changes require, one for each customer; without customers, one for all.

    Raises:
        UsageError: a day of effect cannot be found, or is before the notice; a period has no end; an audience
            is not a question that the coming list understands; no change is of a chosen kind.
    """
    if request.is_latest:
        request = request._replace(is_latest=False)
        days = [notice.effective for notice in plan(revisions, changes, request, customers, history).notices]
        request = request._replace(effective=max(days, default=None))
    notices, skipped = [], []
    changes = raise_changes(changes, request.level, request.chosen)
    audiences = Audiences(revisions, request.sent)
    for customer in (None,) if customers is None else customers:
        relevant, excluded = _partition_changes(customer, changes, audiences, history)
        if any(change.level is Level.NOTICE for change in relevant):
            free = request.holidays(customer) if customer else is_never_holiday
            try:
                notice = _build_notice(revisions, customer, (relevant, excluded), request, free)
                notices.append(
                    notice._replace(
                        unchanged_services=_select_used(notice, audiences),
                        amended_notices=_find_amended_notices(customer, notice.changes, history),
                        earlier_lists=_load_earlier_lists(customer, notice.changes, history),
                    )
                )
            except OverflowError:
                message = f"a period from {request.sent} on passes the last day of the calendar, {date.max}"
                raise UsageError(message, "choose an earlier --sent") from None
        else:
            skipped.append((customer, excluded))
    return Plan(tuple(notices), tuple(skipped), customers or (), changes)


def _select_used(notice: Notice, audiences: Audiences) -> tuple[str, ...]:
    """Return the services that stay as they are and concern the customer, as far as its file says."""
    customer, keys = notice.customer, notice.unchanged_services
    services = notice.revisions[1].model.services
    return tuple(key for key in keys if customer is None or may_use(customer, key, services[key], audiences))


def _find_amended_notices(
    customer: Customer | None, changes: tuple[Change, ...], history: NotificationHistory
) -> tuple[tuple[date, tuple[str, ...]], ...]:
    found: dict[date, dict[str, None]] = {}
    for change in changes:
        day = history.find_earlier_notice(customer, change)
        if day:
            found.setdefault(day, {})[change.name] = None
    return tuple((day, tuple(names)) for day, names in sorted(found.items()))


def _load_earlier_lists(
    customer: Customer | None, changes: tuple[Change, ...], history: NotificationHistory
) -> tuple[tuple[str, Registry], ...]:
    found = {
        change.service: earlier
        for change in changes
        if change.service and (earlier := history.load_earlier_list(customer, change))
    }
    return tuple(found.items())


def _partition_changes(
    customer: Customer | None,
    changes: tuple[Change, ...],
    audiences: Audiences,
    history: NotificationHistory,
) -> tuple[tuple[Change, ...], tuple[ExcludedChange, ...]]:
    relevant, excluded = [], []
    for change in changes:
        reason = (
            ExclusionReason.SETTING
            if is_setting(change)
            else find_exclusion_reason(customer, change, audiences)
        )
        if reason is None and history.is_notified(customer, change):
            reason = ExclusionReason.ALREADY_NOTIFIED
        if reason is None:
            relevant.append(change)
        elif change.level is not Level.EDITORIAL:
            excluded.append(ExcludedChange(change, reason))
    return tuple(relevant), tuple(excluded)


def list_due_changes(
    customer: Customer,
    changes: tuple[Change, ...],
    audiences: Audiences,
    history: NotificationHistory,
) -> tuple[Change, ...]:
    """Return the changes that a customer has to be notified of, and was not."""
    relevant, _ = _partition_changes(customer, changes, audiences, history)
    return tuple(change for change in relevant if change.level is Level.NOTICE)


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
    terms = resolve_terms(revisions, customer)
    objection = terms.objection_days
    start_dates = _find_start_dates(new, changes)
    are_all_dated = all(
        change.kind in FIRST_USE_KINDS and change.service in start_dates for change in changes
    )
    start = find_period_start(customer, request.sent, holiday)
    effective, earliest = _resolve_effective_date(
        terms, request, start, min(start_dates.values()) if are_all_dated else None, holiday
    )
    undated = effective
    if request.reason and any(day < effective for day in start_dates.values()):
        # A service that begins sooner says nothing of other changes; they never lie in the past.
        undated = request.effective or request.sent
        effective = min(start_dates.values()) if are_all_dated else undated
    own = customer.regime if customer else None
    laws = (own,) if own else new.model.law
    language = customer.language if customer and customer.language in find_languages() else request.language
    notice = Notice(
        revisions=revisions,
        customer=customer,
        language=language,
        laws=laws,
        changes=changes,
        informational_changes=tuple(change for change in relevant if change.level is Level.INFORM),
        excluded_changes=excluded,
        unchanged_services=find_unchanged(new, undated, (*relevant, *(each.change for each in excluded))),
        gaps=find_gaps(new, changes, max(effective, request.sent), laws),
        terms=terms,
        sent=request.sent,
        effective=effective,
        object_by=None if objection is None else calculate_last_day(start, objection, holiday),
        earliest=earliest,
        reason=request.reason,
        undated=undated,
        is_urgent=bool(request.reason),
        needs_approval=customer is not None
        and customer.authorisation is Authorisation.SPECIFIC
        and any(needs_authorisation(revisions, change, laws, undated) for change in changes),
        on_silence=find_consequence("on_silence", new.model.notice, customer, language),
        on_objection=find_consequence("on_objection", new.model.notice, customer, language),
    )
    return notice if notice.days_short else notice._replace(reason="")


def _find_start_dates(new: Registry, changes: tuple[Change, ...]) -> dict[str, date]:
    """Return the first day of use that the list states of each service that changes begin."""
    start_dates = {
        change.service: new.model.services[change.service].since
        for change in changes
        if change.kind in FIRST_USE_KINDS
    }
    return {key: day for key, day in start_dates.items() if day}


def _resolve_effective_date(
    terms: Terms, request: Request, start: date, earliest_service: date | None, holiday: HolidayCheck
) -> tuple[date, date]:
    """Return the day of effect, and the first day that keeps the period of notice.

    Args:
        terms: the periods.
        request: what is asked for.
        start: the day from which the periods are counted.
        earliest_service: the first day of the services, if all changes begin services on stated days.
        holiday: the public holidays that are observed.
    """
    sent, requested = request.sent, request.effective
    if requested is None and earliest_service is None and terms.days is None:
        hint = "add --effective DATE, or add notice.days to the list"
        raise UsageError("the effective date cannot be calculated: no notice period is stated", hint)
    earliest = calculate_first_day_after(start, terms.days, holiday) if terms.days else sent
    if requested is None:
        objection = terms.objection_days
        objected = calculate_first_day_after(start, objection, holiday) if objection else sent
        return max(earliest, objected, earliest_service or earliest), earliest
    if earliest_service is not None and requested < earliest_service:
        message = (
            f"--effective {requested}: the services begin on {earliest_service}, "
            "as the list says, and not before"
        )
        raise UsageError(message, "leave out --effective, or change `since` in the list")
    if requested < sent:
        raise UsageError(f"--effective {requested} comes before the day on which the notice is sent, {sent}")
    return requested, earliest
