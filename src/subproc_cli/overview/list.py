"""An overview of the services of a list, one a row: `subproc list`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from subproc_cli.describe.explanations import ENGLISH
from subproc_cli.describe.header import list_line, list_record
from subproc_cli.errors import UsageFault
from subproc_cli.output.document import Line, Page, Paragraph, Table, counted, faint, line, strong
from subproc_cli.overview.show import NOT_STATED, ServiceView, service_record
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index, State, state
from subproc_cli.text import did_you_mean

USUAL = ("purpose", "used", "processing", "entity")
"""The columns of an overview if none are asked for."""
BRIEF = USUAL[1:]
"""Those of many services at a terminal: without what takes several lines of each."""
MANY = 30
"""Services beyond which they are many."""


class ServicesView(NamedTuple):
    """An overview of services, given by id; `beside` tells what a question left out of it."""

    about: Index
    services: Mapping[str, Service]
    day: date
    columns: tuple[str, ...] = USUAL
    beside: str = ""

    def page(self) -> Page:
        """Return a table of the services."""
        rows = tuple(self._row(key, service) for key, service in self.services.items())
        heads = ("Service", *(name.capitalize() for name in self.columns))
        return (
            list_line(self.about, self.day),
            Table(heads, rows),
            Paragraph(line(faint(" ".join(self._told())))),
        )

    def _told(self) -> Iterator[str]:
        """Yield how many services there are, how many more the list has, and how to see one."""
        yield f"{counted(len(self.services), 'service')}{f', {self.beside}' if self.beside else ''}."
        states = [state(each, self.day) for key, each in self._registered() if key not in self.services]
        others = [
            f"{states.count(each)} {each}" for each in (State.ANNOUNCED, State.RETIRED) if each in states
        ]
        if others and not self.beside:
            yield f"{' and '.join(others)}: subproc list --all."
        if self.columns == BRIEF:
            yield f"Without their purposes: --columns {','.join(USUAL)} has them."
        for key in islice(self.services, 1):
            yield f"One in full: subproc show {key}"

    def _registered(self) -> Iterable[tuple[str, Service]]:
        return self.about.registry.services.items()

    def _row(self, key: str, service: Service) -> tuple[Line, ...]:
        cells = (key if name == _ID else COLUMNS[name](self, service) for name in self.columns)
        return line(strong(service.name)), *(line(cell or NOT_STATED) for cell in cells)

    def used(self, service: Service) -> str:
        """Return who decides that a service is used, or that it is announced or retired."""
        now = state(service, self.day)
        return service.activation if now is State.IN_USE else now

    def _places(self, service: Service) -> list[str]:
        return [" or ".join(place.place) for place in service.processing]

    def record(self) -> dict[str, Any]:
        """Return `subproc/services/1`."""
        return {
            "schema": "subproc/services/1",
            "at": self.day.isoformat(),
            "registry": list_record(self.about),
            "services": [
                service_record(self.about, key, service, self.day) for key, service in self.services.items()
            ],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service."""
        yield (
            "service",
            "name",
            "state",
            "role",
            "purpose",
            "activation",
            "processing",
            "entity",
            "country",
        )
        for key, service in self.services.items():
            entity = service.entity
            yield (
                key,
                service.name,
                state(service, self.day),
                service.role,
                service.purpose or "",
                service.activation,
                "; ".join(self._places(service)),
                (entity and entity.name) or "",
                (entity and entity.country) or "",
            )


class CardsView(NamedTuple):
    """Several services in full, one below the other; a program gets what an overview says of them."""

    overview: ServicesView

    def page(self) -> Page:
        """Return the card of each service."""
        index, services, day, *_ = self.overview
        cards = (ServiceView(index, key, service, day) for key, service in services.items())
        return tuple(block for card in cards for block in card.page())

    def record(self) -> dict[str, Any]:
        """Return `subproc/services/1`."""
        return self.overview.record()

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service."""
        return self.overview.rows()


def _entity(service: Service) -> str:
    entity = service.entity
    if entity is None or entity.name or not entity.country:
        return (entity and entity.name) or ""
    return f"{NOT_STATED.text} (in {entity.country})"


_ID = "id"
COLUMNS: dict[str, Callable[[ServicesView, Service], str]] = {
    "purpose": lambda _, service: service.purpose or "",
    "used": lambda view, service: view.used(service),
    "processing": lambda _, service: ", ".join(" or ".join(each.place) for each in service.processing),
    "entity": lambda _, service: _entity(service),
    "country": lambda _, service: (service.entity and service.entity.country) or "",
    "data": lambda view, service: ", ".join(ENGLISH.category(view.about, each.data) for each in service.sees),
    "never": lambda view, service: ENGLISH.never(view.about, service),
    "role": lambda _, service: service.role,
    "group": lambda _, service: service.group or "",
    "transfer": lambda _, service: ", ".join(each.basis for each in service.transfer),
    "contact": lambda _, service: service.contact or "",
    "since": lambda _, service: str(service.since or ""),
    "until": lambda _, service: str(service.until or ""),
}
"""The columns that an overview can have beside the id."""
_ALSO = {
    "sees": "data",
    "never_sees": "never",
    "activation": "used",
    "place": "processing",
    "entity.name": "entity",
    "entity.country": "country",
}
"""What a list or another option calls a column."""


def shown(names: str | None) -> tuple[str, ...]:
    """Return the columns that are asked for, with commas between them; the name stands before them always.

    Raises:
        UsageFault: there is no such column.
    """
    typed = [name.strip().lower() for name in names.split(",")] if names else USUAL
    wanted = [_ALSO.get(name, name) for name in typed if name != "name"]
    known = _ID, *COLUMNS
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
            raise UsageFault(f"--columns: there is no column {name!r}", hint)
    return tuple(dict.fromkeys(wanted))
