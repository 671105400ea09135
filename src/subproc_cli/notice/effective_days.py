"""The days on which the changes of a notice take effect, change by change and service by service."""

from datetime import date, timedelta

from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import format_merge_target
from subproc_cli.registry.change_kinds import FIRST_USE_KINDS
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_DATE_FIELDS = frozenset(("since", "until"))
"""Fields that state a day: their change takes effect on that day."""
_ENDING_KINDS = frozenset(("basis-removed", "basis-changed"))
"""Kinds of change that give up a transfer basis."""


def find_effective_day(revisions: tuple[Registry, Registry], change: Change, undated: date) -> date:
    """Return the day on which a change takes effect: the list's own where it states one.

    Args:
        revisions: the two lists that the change lies between.
        change: the change.
        undated: the day from which the changes apply that have no day of their own.
    """
    old, new = (registry.model.services for registry in revisions)
    service = new.get(change.service)
    if change.field in _DATE_FIELDS and change.added:
        return date.fromisoformat(change.added[0])
    if change.kind == "service-removed" and not format_merge_target(revisions[1], change):
        return old[change.service].until or undated
    if change.kind == "basis-removed" and (last_day := find_last_day_of_bases(revisions, change, undated)):
        return last_day + timedelta(days=1)
    since = service.since if service else None
    if change.kind in FIRST_USE_KINDS:
        return since or undated
    return max(since or undated, undated)


def find_earlier_service(earlier: Registry, key: str, service: Service | None) -> Service | None:
    """Return a service as an earlier list states it, under its earlier id if it had another one.

    Args:
        earlier: the earlier list.
        key: the id in the later list.
        service: the service in the later list; None if it is not there any more.
    """
    services = earlier.model.services
    formerly = service.formerly if service else ()
    return next((services[each] for each in (key, *formerly) if each in services), None)


def find_last_day_of_bases(
    revisions: tuple[Registry, Registry], change: Change, undated: date
) -> date | None:
    """Return the last day of the transfer bases that a change gives up.

    Args:
        revisions: the two lists that the change lies between.
        change: the change.
        undated: the day from which the changes apply that have no day of their own.

    Returns:
        None if the earlier list states no end, or one that is not before `undated`.
    """
    old, new = revisions
    service = find_earlier_service(old, change.service, new.model.services.get(change.service))
    if change.kind not in _ENDING_KINDS or service is None:
        return None
    ends = [each.until for each in service.transfer if each.basis in change.removed]
    last_day = max((end or date.max for end in ends), default=date.max)
    return last_day if last_day < undated else None


def is_past_end(revisions: tuple[Registry, Registry], change: Change, undated: date) -> bool:
    """Return whether a service is no longer used on the day on which its change would take effect."""
    service = revisions[1].model.services.get(change.service)
    if service is None or service.until is None or change.field in _DATE_FIELDS:
        return False
    return find_effective_day(revisions, change, undated) >= service.until


def find_service_day(service: Service, effective: date) -> date:
    """Return the day for which to judge a service of the coming list.

    It is the first day from `effective` on that the service is used; the last day of use before that, if the
    use has ended by then.
    """
    day = max(service.since or effective, effective)
    if service.until and date.min < service.until <= day:
        return service.until - timedelta(days=1)
    return day
