"""Services that are listed as part of another one, which has their ids in `formerly`."""

from collections.abc import Iterator

from subproc_cli.diff.change import Change
from subproc_cli.diff.places import format_place
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold


def find_current_service(registry: Registry, service_id: str) -> Service | None:
    """Return the service that has an id, or had it earlier."""
    services = registry.model.services
    found = services.get(service_id)
    return found or next((each for each in services.values() if service_id in each.formerly), None)


def format_merge_target(new: Registry, change: Change) -> str:
    """Return the name of the service that one which is no longer listed has become a part of.

    If both have the same name, the id is added. The result is empty if it is not part of another one.
    """
    target = find_current_service(new, change.service) if change.kind == "service-removed" else None
    if target is None or target.name != change.name:
        return target.name if target else ""
    key = next(key for key, each in new.model.services.items() if each is target)
    return f"{target.name} ({key})"


def find_companies(old: Service, new: Service | None) -> tuple[str, str] | None:
    """Return the companies of a service and of the one that has its id now, if the list states two."""
    names = [each.entity.name if each and each.entity else None for each in (old, new)]
    if names[0] and names[1] and fold(names[0]) != fold(names[1]):
        return names[0], names[1]
    return None


def find_merged_services(old: Registry, new: Registry, key: str) -> Iterator[Service]:
    """Yield the services of the old list that a service of both lists has become a part of."""
    before, after = old.model.services, new.model.services
    if key in before and key in after:
        yield from (before[each] for each in after[key].formerly if each in before and each not in after)


def find_earlier_statements(
    revisions: tuple[Registry, Registry], change: Change
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the services that are part of a service now, with what of a change was stated of them before."""
    if not change.service or change.field not in _STATEMENTS:
        return
    for service in find_merged_services(*revisions, change.service):
        stated = _list_values(service, change.field)
        values = tuple(each for each in change.added if each in stated)
        if values:
            yield service.name, values


_STATEMENTS = frozenset(("sees", "processing", "subjects", "onward", "products"))
"""The fields with statements that one service can take over from another."""


def _list_values(service: Service, field: str) -> frozenset[str]:
    match field:
        case "sees":
            return frozenset(each.data for each in service.sees)
        case "processing":
            return frozenset(map(format_place, service.processing))
        case _:
            return frozenset(getattr(service, field))
