"""Services that may be the same under another id, although `formerly` does not say so."""

from collections.abc import Iterator, Mapping

from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold


def find_possible_renames(
    old: Registry, new: Registry, services: Mapping[str, Service]
) -> Iterator[tuple[str, str]]:
    """Yield each new id with the id of a similar service that was removed or ends.

    Args:
        old: the earlier revision.
        new: the later revision.
        services: the services of the later revision that are looked at.
    """
    before = old.model.services
    gone = {
        key: service
        for key, service in before.items()
        if key not in new.model.services or new.model.services[key].until is not None
    }
    for key, service in services.items():
        if key in before or service.formerly or service.replaces:
            continue
        former = next((each for each, known in gone.items() if _is_similar(known, service)), None)
        if former:
            yield key, former


def _is_similar(old: Service, new: Service) -> bool:
    """Return whether two services share their places or entity, and have a name in common."""
    same_entity = bool(
        old.entity and new.entity and old.entity.name and fold(old.entity.name) == fold(new.entity.name or "")
    )
    same_places = bool(old.processing) and old.processing == new.processing
    return (same_entity or same_places) and _has_similar_name(old.name, new.name)


def _has_similar_name(one: str, other: str) -> bool:
    words, others = fold(one).split(), fold(other).split()
    return words[:1] == others[:1] or set(words) <= set(others) or set(others) <= set(words)
