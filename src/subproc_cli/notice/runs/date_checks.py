"""Dates of notices that cannot all be right: reported before anything is written."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.notice.customers.customers import get_customer_name
from subproc_cli.notice.effective_days import find_effective_day, find_last_day_of_bases
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.registry.change_kinds import FIRST_USE_KINDS
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_first_words


def iter_date_warnings(plan: Plan, revisions: tuple[Registry, Registry]) -> Iterator[str]:
    """Yield services that end before their successor may begin, and events with several effective days."""
    yield from _iter_gaps_between_services(plan, revisions[1])
    yield from _iter_events_with_several_days(plan)


def _iter_gaps_between_services(plan: Plan, new: Registry) -> Iterator[str]:
    services = new.model.services
    customers: dict[tuple[str, str, date, date], list[str]] = {}
    for notice in plan.notices:
        for key, end, start in _find_gaps(notice, new):
            replaced = services[key].replaces or ""
            customers.setdefault((key, replaced, end, start), []).append(get_customer_name(notice.customer))
    for (key, replaced, end, start), names in customers.items():
        old_name, new_name = services[replaced].name, services[key].name
        yield (
            f"{new.locate(('services', replaced, 'until'))}: {old_name} ends on {end}, and {new_name}, which "
            f"replaces it, begins on {start} for {join_first_words(names)}: neither is in use in between"
        )


def _find_gaps(notice: Notice, new: Registry) -> Iterator[tuple[str, date, date]]:
    """Yield the new services that begin after the service that they replace has ended."""
    services = new.model.services
    for change in notice.changes:
        service = services.get(change.service)
        replaced = services.get(service.replaces or "") if service else None
        if change.kind in FIRST_USE_KINDS and replaced and replaced.until:
            start = find_effective_day(notice.revisions, change, notice.undated)
            if replaced.until < start:
                yield change.service, replaced.until, start


def _iter_events_with_several_days(plan: Plan) -> Iterator[str]:
    """Yield that a change of a service in use takes effect on several days: a service changes only once.

    A transfer basis ends on the day that the list states, whichever day the other changes have.
    """
    days: dict[str, dict[date, list[str]]] = {}
    for notice in plan.notices:
        for change in notice.changes:
            has_own_day = change.kind in FIRST_USE_KINDS or (
                change.kind == "basis-removed"
                and find_last_day_of_bases(notice.revisions, change, notice.undated)
            )
            if change.service and not has_own_day:
                day = find_effective_day(notice.revisions, change, notice.undated)
                names = days.setdefault(change.name, {}).setdefault(day, [])
                if get_customer_name(notice.customer) not in names:
                    names.append(get_customer_name(notice.customer))
    services_by_days: dict[tuple[tuple[date, tuple[str, ...]], ...], list[str]] = {}
    for service, by_day in days.items():
        if len(by_day) > 1:
            key = tuple((day, tuple(names)) for day, names in sorted(by_day.items()))
            services_by_days.setdefault(key, []).append(service)
    for by_days, services in services_by_days.items():
        dates = "; ".join(f"{day}: {join_first_words(list(names))}" for day, names in by_days)
        yield (
            f"the changes of {join_first_words(services)} take effect on {len(by_days)} days ({dates}); "
            "add --effective latest if they happen on one day"
        )
