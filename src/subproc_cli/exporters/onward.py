"""Which of the further recipients that a service names are services of the list themselves."""

from collections.abc import Iterator, Mapping

from subproc_cli.registry.models import Service
from subproc_cli.text import fold


def index_by_name(services: Mapping[str, Service]) -> dict[str, set[str]]:
    """Return the services that a word can mean, by its folded form: a name, or an id."""
    found: dict[str, set[str]] = {}
    for key, service in services.items():
        for word in (service.name, key):
            found.setdefault(fold(word), set()).add(key)
    return found


def iter_recipients(
    service: Service, keys_by_name: Mapping[str, set[str]]
) -> Iterator[tuple[str, str | None]]:
    """Yield each name with the id of the one service of the list that it means, None if there is not one."""
    for name in service.onward:
        keys = keys_by_name.get(fold(name), set())
        yield name, next(iter(keys)) if len(keys) == 1 else None
