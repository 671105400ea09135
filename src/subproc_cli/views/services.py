"""The services of a list, and one of them in full: `subproc list` and `subproc show`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.enums import Activation
from subproc_cli.errors import UsageFault
from subproc_cli.facts.stated import FIELDS
from subproc_cli.registry.index import Index, State, state
from subproc_cli.registry.service import Service
from subproc_cli.views import words
from subproc_cli.views.about import list_line, list_record, where_record
from subproc_cli.views.page import (
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Table,
    Tone,
    counted,
    faint,
    line,
    strong,
)
from subproc_cli.words import did_you_mean, listed

NOT_STATED = Span("not stated", Tone.UNKNOWN)


USUAL = ("purpose", "used", "processing", "entity")
"""The columns of an overview if none are asked for."""


class ServicesView(NamedTuple):
    """An overview of services, given by id."""

    about: Index
    services: Mapping[str, Service]
    day: date
    columns: tuple[str, ...] = USUAL

    def page(self) -> Page:
        """Return a table of the services."""
        rows = tuple(self._row(service) for service in self.services.values())
        heads = ("Service", *(name.capitalize() for name in self.columns))
        count = counted(len(rows), "service")
        return (
            list_line(self.about, self.day),
            Table(heads, rows),
            Paragraph(line(faint(f"{count}. One in full: subproc show ID"))),
        )

    def _row(self, service: Service) -> tuple[Line, ...]:
        cells = (_COLUMNS[name](self, service) for name in self.columns)
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


def _entity(service: Service) -> str:
    return (service.entity and (service.entity.name or service.entity.country)) or ""


_COLUMNS: dict[str, Callable[[ServicesView, Service], str]] = {
    "purpose": lambda _, service: service.purpose or "",
    "used": lambda view, service: view.used(service),
    "processing": lambda _, service: ", ".join(" or ".join(each.place) for each in service.processing),
    "entity": lambda _, service: _entity(service),
    "country": lambda _, service: (service.entity and service.entity.country) or "",
    "data": lambda view, service: ", ".join(words.category(view.about, each.data) for each in service.sees),
    "never": lambda view, service: words.never(view.about, service),
    "role": lambda _, service: service.role,
    "group": lambda _, service: service.group or "",
    "transfer": lambda _, service: ", ".join(each.basis for each in service.transfer),
    "contact": lambda _, service: service.contact or "",
    "since": lambda _, service: str(service.since or ""),
    "until": lambda _, service: str(service.until or ""),
}
"""The columns that an overview can have."""


def shown(names: str | None) -> tuple[str, ...]:
    """Return the columns that are asked for, with commas between them.

    Raises:
        UsageFault: there is no such column.
    """
    wanted = [name.strip().lower() for name in names.split(",")] if names else USUAL
    for name in wanted:
        if name not in _COLUMNS:
            hint = did_you_mean(name, _COLUMNS) or f"there are {', '.join(_COLUMNS)}"
            raise UsageFault(f"--columns: there is no column {name!r}", hint)
    return tuple(dict.fromkeys(wanted))


def service_record(index: Index, key: str, service: Service, day: date) -> dict[str, Any]:
    """Return what is stated of a service, in the file's own words; what is not stated is left out."""
    stated = service.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "service": key,
        "state": str(state(service, day)),
        **stated,
        "not_stated": not_stated(service),
        "where": where_record(index.where(("services", key))),
    }


def not_stated(service: Service) -> list[str]:
    """Return the facts that the list leaves out; what is always used needs no condition."""
    missing = [field for field, (_, given) in FIELDS.items() if not given(service)]
    if service.activation is Activation.ALWAYS and "condition" in missing:
        missing.remove("condition")
    return missing


class ServiceView(NamedTuple):
    """Everything that the list says of one service, and what it does not say."""

    about: Index
    key: str
    service: Service
    day: date

    def page(self) -> Page:
        """Return a card."""
        missing = [words.FIELDS[field] for field in not_stated(self.service)]
        facts = tuple(
            Fact(Span(name, Tone.STRONG), tuple(line(text) for text in texts))
            for name, texts in self._facts()
            if texts
        )
        return (
            Heading(line(strong(self.service.name)), 1),
            list_line(self.about, self.day),
            Facts(facts),
            Heading(line(Span("Not stated", Tone.UNKNOWN))),
            Paragraph(line(f"{listed(missing)}." if missing else "Nothing: everything is stated.")),
        )

    def _facts(self) -> Iterator[tuple[str, list[str]]]:
        index, service = self.about, self.service
        yield "Id", [self.key]
        yield "State", [self._state()]
        yield "Role", [words.ROLES[service.role]]
        yield "Purpose", _one(service.purpose)
        yield "Group", _one(service.group)
        yield "Products", list(service.products)
        yield "Used", [words.use(service)]
        yield "Sees", [words.statement(index, each) for each in service.sees]
        yield "Never sees", _one(words.never(index, service))
        yield "Claim", _one(_claim(service))
        yield "Whose data", list(service.subjects)
        yield "Processing", [words.processing(index, each) for each in service.processing]
        yield "Entity", _one(words.entity(index, service.entity))
        yield "Owned by", _one(service.entity.parent if service.entity else None)
        yield "Transfers", [_transfer(each) for each in service.transfer]
        yield "Contact", _one(service.contact)
        yield "Links", _links(service)
        yield "Retention", _one(service.retention)
        yield "Certified", list(service.certifications)
        yield "Passes on to", list(service.onward)
        yield "Formerly", list(service.formerly)
        yield "Replaces", _one(service.replaces)
        yield "Notes", _one(service.notes)
        yield "Source", _one(service.source)
        for key, value in service.own.items():
            yield key, [str(value)]
        yield "In the file", [str(index.where(("services", self.key)))]

    def _state(self) -> str:
        since = f", since {self.service.since}" if self.service.since else ""
        until = f", no longer used from {self.service.until}" if self.service.until else ""
        return f"{state(self.service, self.day)}{since}{until}"

    def record(self) -> dict[str, Any]:
        """Return `subproc/service/1`."""
        return {
            "schema": "subproc/service/1",
            "at": self.day.isoformat(),
            "registry": list_record(self.about),
            **service_record(self.about, self.key, self.service, self.day),
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        yield "Name", self.service.name
        for name, texts in self._facts():
            for text in texts:
                yield name, text


def _one(text: str | None) -> list[str]:
    return [text] if text else []


def _claim(service: Service) -> str:
    if service.personal_data is None:
        return ""
    return "sees personal data" if service.personal_data else "sees no personal data"


def _transfer(given: Any) -> str:
    until = f", until {given.until}" if given.until else ""
    note = f" ({given.note})" if given.note else ""
    return f"{words.BASES[given.basis]}{until}{note}"


def _links(service: Service) -> list[str]:
    if service.links is None:
        return []
    return [f"{name}: {url}" for name, url in service.links if isinstance(url, str)]
