"""Which changes need the prior authorisation of a customer who authorises each of them (Art. 28(2) GDPR)."""

from datetime import date

from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import find_companies, find_current_service
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.notice.effective_days import find_earlier_service
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry


def needs_authorisation(
    revisions: tuple[Registry, Registry], change: Change, laws: tuple[str, ...], day: date
) -> bool:
    """Return whether a customer has to authorise a change before it applies to it.

    A customer authorises what the publisher does: it adds a processor, replaces one, or lets one do more. No
    answer prevents a change of the law or the end of a transfer basis, so nobody is asked for these.

    Args:
        revisions: the two lists that the change lies between.
        change: the change.
        laws: those of the customer.
        day: the day from which the change applies.
    """
    if not change.service:
        return False
    if change.kind == "service-removed":
        return _is_taken_over(revisions, change)
    if change.kind == "basis-changed":
        return not _have_bases_ended(revisions, change, laws, day)
    return KINDS_BY_NAME[change.kind].can_widen


def _is_taken_over(revisions: tuple[Registry, Registry], change: Change) -> bool:
    """Return whether a service is part of one of another company now, which is another processor."""
    old, new = revisions[0].model.services[change.service], revisions[1]
    return find_companies(old, find_current_service(new, change.service)) is not None


def _have_bases_ended(
    revisions: tuple[Registry, Registry], change: Change, laws: tuple[str, ...], day: date
) -> bool:
    """Return whether no law of the customer accepts the earlier bases any more on a day."""
    old, new = revisions
    service = find_earlier_service(old, change.service, new.model.services.get(change.service))
    if service is None:
        return False
    given_up = [at for at, each in enumerate(service.transfer) if each.basis in change.removed]
    return not any(_is_accepted(old, service, law, day, at) for law in laws for at in given_up)


def _is_accepted(registry: Registry, service: Service, law: str, day: date, position: int) -> bool:
    return assess_service(registry, service, law, day).find_rule(position) is not None
