"""Services that come, go, move in time or change their id."""

from collections.abc import Iterator

from subproc_cli.diff.change import Judged, one
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State, state

_REPLACED = ("service-added", "service-removed")


def came(comparison: Comparison) -> Iterator[tuple[str, Service | None, Service, Judged]]:
    """Yield the services that are new, each with the one that it replaces and with what it means.

    One that ended already before the older list was published is put on record; one that ended since was
    used in between.
    """
    for key in comparison.added:
        service = comparison.new.registry.services[key]
        replaced = _replaced(comparison, service)
        if replaced:
            names = (replaced.name,), (service.name,)
            yield key, replaced, service, Judged("service-replaced", "replaces", *names, claims=_REPLACED)
        elif state(service, comparison.day) is State.RETIRED:
            yield key, None, service, Judged("metadata-changed", "", (), (service.name,))
        else:
            yield key, None, service, Judged("service-added", "", (), (service.name,))


def _replaced(comparison: Comparison, service: Service) -> Service | None:
    """Return the service that a new one takes over from, if that was in use and is gone or has an end."""
    key, matched = service.replaces, comparison.matched
    if key is None or state(service, comparison.day) is State.RETIRED:
        return None
    old_key = matched.get(key, key)
    old = comparison.old.registry.services.get(old_key)
    if old is None or state(old, comparison.old.registry.date) is State.RETIRED:
        return None
    goes_on = {before: after for after, before in matched.items()}.get(old_key, "")
    new = comparison.new.registry.services.get(goes_on)
    return old if new is None or new.until else None


def went(comparison: Comparison) -> Iterator[tuple[str, Service, Judged]]:
    """Yield the services that are gone and that no new one replaces."""
    came = (comparison.new.registry.services[key] for key in comparison.added)
    replaced = {service.replaces for service in came if _replaced(comparison, service)}
    for key in comparison.removed:
        service = comparison.old.registry.services[key]
        if state(service, comparison.new.registry.date) is State.RETIRED:
            yield key, service, Judged("metadata-changed", "", (service.name,), ())
        elif key not in replaced:
            yield key, service, Judged("service-removed", "", (service.name,), ())


def renamed(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the change of an id that `formerly` tells."""
    if pair.old_key != pair.key:
        yield Judged("id-changed", "formerly", (pair.old_key,), (pair.key,))


def ended(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield what the last day of a service did."""
    old, new = pair.old.until, pair.new.until
    if old == new:
        return
    if old is None or new is None:
        kind = "service-retired" if old is None else "service-reactivated"
    else:
        kind = "end-delayed" if new > old else "end-advanced"
    yield Judged(kind, "until", one(old), one(new))


def started(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield what the first day of a service did to what the old list said of it.

    Without a first day, a service is in use by the date of its list.
    """
    if pair.old.since == pair.new.since:
        return
    today = comparison.old.registry.date
    old = pair.old.since or today
    new = pair.new.since or min(old, comparison.new.registry.date)
    if new == old or max(old, new) <= today:
        kind = "metadata-changed"  # a day of the past is put on record, corrected or left out
    else:
        kind = "start-advanced" if new < old else "start-delayed"
    yield Judged(kind, "since", one(pair.old.since), one(pair.new.since))
