"""Services that are added, removed, rescheduled or renamed."""

from collections.abc import Iterator

from subproc_cli.diff.change import ChangeCandidate, FieldClassifier, to_values
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.merges import find_companies, find_current_service
from subproc_cli.enums import Level
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State, get_state

_REPLACED = ("service-added", "service-removed")


def find_added(comparison: Comparison) -> Iterator[tuple[str, Service | None, Service, ChangeCandidate]]:
    """Yield the services that are new, each with the one that it replaces and with what it means.

    One that ended already before the older list was published is put on record; one that ended since was
    used in between.
    """
    for key in comparison.added:
        service = comparison.new.model.services[key]
        replaced = _find_replaced(comparison, service)
        if replaced:
            names = (replaced.name,), (service.name,)
            yield (
                key,
                replaced,
                service,
                ChangeCandidate("service-replaced", "replaces", *names, implied_kinds=_REPLACED),
            )
        elif get_state(service, comparison.earlier_date) is State.RETIRED:
            yield key, None, service, ChangeCandidate("metadata-changed", "", (), (service.name,))
        else:
            yield key, None, service, ChangeCandidate("service-added", "", (), (service.name,))


def _find_replaced(comparison: Comparison, service: Service) -> Service | None:
    """Return the service that a new one takes over from, if that was in use and is gone or has an end."""
    key, matched = service.replaces, comparison.matched
    if key is None or get_state(service, comparison.earlier_date) is State.RETIRED:
        return None
    old_key = matched.get(key, key)
    old = comparison.old.model.services.get(old_key)
    if old is None or get_state(old, comparison.old.model.date) is State.RETIRED:
        return None
    new_key = {before: after for after, before in matched.items()}.get(old_key, "")
    new = comparison.new.model.services.get(new_key)
    return old if new is None or new.until else None


def find_removed(comparison: Comparison) -> Iterator[tuple[str, Service, ChangeCandidate]]:
    """Yield the services that are gone and that no new one replaces."""
    added = (comparison.new.model.services[key] for key in comparison.added)
    replaced = {service.replaces for service in added if _find_replaced(comparison, service)}
    for key in comparison.removed:
        service = comparison.old.model.services[key]
        if get_state(service, comparison.new.model.date) is State.RETIRED:
            yield key, service, ChangeCandidate("metadata-changed", "", (service.name,), ())
        elif key not in replaced:
            # As part of a service of another company, its data has another processor
            companies = find_companies(service, find_current_service(comparison.new, key))
            level = Level.NOTICE if companies else None
            yield key, service, ChangeCandidate("service-removed", "", (service.name,), (), level)


def classify_id(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of an id that `formerly` states."""
    if pair.old_key != pair.key:
        yield ChangeCandidate("id-changed", "formerly", (pair.old_key,), (pair.key,))


def classify_end(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the last day of use."""
    old, new = pair.old.until, pair.new.until
    if old == new:
        return
    if old is None or new is None:
        kind = "service-retired" if old is None else "service-reactivated"
    else:
        kind = "end-delayed" if new > old else "end-advanced"
    yield ChangeCandidate(kind, "until", to_values(old), to_values(new))


def classify_start(comparison: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the first day of use.

    Without a first day, a service is in use by the date of its list.
    """
    if pair.old.since == pair.new.since:
        return
    today = comparison.old.model.date
    old = pair.old.since or today
    new = pair.new.since or min(old, comparison.new.model.date)
    if new == old or max(old, new) <= today:
        kind = "metadata-changed"  # a day of the past is put on record, corrected or left out
    else:
        kind = "start-advanced" if new < old else "start-delayed"
    yield ChangeCandidate(kind, "since", to_values(pair.old.since), to_values(pair.new.since))


CLASSIFIERS = {
    "id": FieldClassifier((classify_id,), rest="metadata-changed"),
    "start": FieldClassifier((classify_start,)),
    "end": FieldClassifier((classify_end,)),
}
