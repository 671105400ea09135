"""An overview of the services of a list, one a row: `subproc list`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe.explanations import ENGLISH
from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.header import build_registry_line, build_registry_record
from subproc_cli.errors import UsageError
from subproc_cli.output.document import Line, Page, Paragraph, Table, dim, emphasize, format_count, make_line
from subproc_cli.overview.filter import COLUMNS as FILTER_COLUMNS
from subproc_cli.overview.filter import EVERYTHING, Filter
from subproc_cli.overview.show import NOT_STATED, ServiceReport, build_service_record
from subproc_cli.registry.field_row import FieldRow
from subproc_cli.registry.field_table import SERVICE_FIELDS
from subproc_cli.registry.models import Service
from subproc_cli.registry.parts import Dpa
from subproc_cli.registry.registry import Registry, State, get_state
from subproc_cli.suggest import suggest

DEFAULT_COLUMNS = ("purpose", "used", "processing", "entity")
"""The columns of an overview if none are asked for."""
BRIEF_COLUMNS = DEFAULT_COLUMNS[1:]
"""Those of many services at a narrow terminal: without what takes several lines of each."""
_FEW_SERVICES = 30
"""Maximum number of services for which purposes of several lines still make a short list."""
_PURPOSE_WIDTH = 20
"""Minimum width of a readable column of purposes."""
_LONG_CELL = 26
_GAP = 2
"""Columns that the longest cell may claim next to purposes, and those between two cells."""


class ServicesReport(NamedTuple):
    """An overview of services, given by id; the filter is the question that chose them."""

    registry: Registry
    services: Mapping[str, Service]
    as_of: date
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    filter: Filter = EVERYTHING

    def to_document(self) -> Page:
        """Return a table of the services."""
        rows = tuple(self._build_row(key, service) for key, service in self.services.items())
        heads = ("Service", *(name.capitalize() for name in self.columns))
        return (
            build_registry_line(self.registry, self.as_of),
            Table(heads, rows),
            Paragraph(make_line(dim(" ".join(self._iter_summary())))),
        )

    def fit(self, width: int) -> "ServicesReport":
        """Return the overview without purposes if there are many services and no room for purposes."""
        if len(self.services) <= _FEW_SERVICES:
            return self
        rows = [self._build_row(key, service) for key, service in self.services.items()]
        purpose = 1 + self.columns.index("purpose")
        widths = [max(map(_measure_cell, cells)) for cells in zip(*rows, strict=True)]
        room = width - sum(
            min(_LONG_CELL, each) + _GAP for column, each in enumerate(widths) if column != purpose
        )
        return self if room >= _PURPOSE_WIDTH else self._replace(columns=BRIEF_COLUMNS)

    def _iter_summary(self) -> Iterator[str]:
        """Yield how many services there are, how many more the list has, and how to see one."""
        yield f"{format_count(len(self.services), 'service')}."
        note = self.filter.format_note(self.registry)
        if note:
            yield note
        states = [
            get_state(each, self.as_of) for key, each in self._iter_all_services() if key not in self.services
        ]
        others = [
            f"{states.count(each)} {each}" for each in (State.ANNOUNCED, State.RETIRED) if each in states
        ]
        if others and not self.filter.question:
            yield f"{' and '.join(others)}: subproc list --all."
        if self.columns == BRIEF_COLUMNS:
            yield f"Without their purposes: --columns {','.join(DEFAULT_COLUMNS)} has them."

    def _iter_all_services(self) -> Iterable[tuple[str, Service]]:
        return self.registry.model.services.items()

    def _build_row(self, key: str, service: Service) -> tuple[Line, ...]:
        cells = (key if name == _ID else COLUMNS[name](self, service) for name in self.columns)
        return make_line(emphasize(self.registry.get_label(key))), *(
            make_line(cell or NOT_STATED) for cell in cells
        )

    def format_usage(self, service: Service) -> str:
        """Return who decides that a service is used, or that it is announced or retired."""
        now = get_state(service, self.as_of)
        return service.activation if now is State.IN_USE else now

    def _format_places(self, service: Service) -> list[str]:
        return [" or ".join(place.place) for place in service.processing]

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/services/1`."""
        return {
            "schema": "subproc/services/1",
            "at": self.as_of.isoformat(),
            "registry": build_registry_record(self.registry),
            **self.filter.build_record(),
            "services": [
                build_service_record(self.registry, key, service, self.as_of)
                for key, service in self.services.items()
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
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
            *FILTER_COLUMNS,
        )
        cells = self.filter.build_cells(self.as_of.isoformat(), self.registry.model.version)
        for key, service in self.services.items():
            entity = service.entity
            yield (
                key,
                service.name,
                get_state(service, self.as_of),
                service.role,
                service.purpose or "",
                service.activation,
                "; ".join(self._format_places(service)),
                (entity and entity.name) or "",
                (entity and entity.country) or "",
                *cells,
            )


def _measure_cell(line: Line) -> int:
    return sum(len(span.text) for span in line)


class ServiceCardsReport(NamedTuple):
    """Several services in full, one after the other; a program gets the same records as an overview."""

    overview: ServicesReport

    def to_document(self) -> Page:
        """Return the card of each service."""
        overview = self.overview
        cards = (
            ServiceReport(overview.registry, key, service, overview.as_of)
            for key, service in overview.services.items()
        )
        return tuple(block for card in cards for block in card.to_document())

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/services/1`."""
        return self.overview.to_record()

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service."""
        return self.overview.to_rows()


def _format_entity(service: Service) -> str:
    entity = service.entity
    if entity is None or entity.name or not entity.country:
        return (entity and entity.name) or ""
    return f"{NOT_STATED.text} (in {entity.country})"


def _format_contract(dpa: Dpa) -> str:
    """Return the day on which a contract was signed, or else what is stated about it."""
    return str(dpa.signed or "") or (f"until {dpa.until}" if dpa.until else "") or dpa.url or ""


_ID = "id"
_CELLS: dict[str, Callable[[ServicesReport, Service], str]] = {
    "activation": lambda view, service: view.format_usage(service),
    "processing": lambda _, service: ", ".join(" or ".join(each.place) for each in service.processing),
    "entity.name": lambda _, service: _format_entity(service),
    "entity.country": lambda _, service: (service.entity and service.entity.country) or "",
    "entity.parent": lambda _, service: (service.entity and service.entity.parent) or "",
    "entity.parent_country": lambda _, service: (service.entity and service.entity.parent_country) or "",
    "sees": lambda view, service: ", ".join(
        ENGLISH.format_category(view.registry, each.data) for each in service.sees
    ),
    "role": lambda _, service: service.role,
    "transfer": lambda _, service: ", ".join(each.basis for each in service.transfer),
    "dpa": lambda _, service: _format_contract(service.dpa) if service.dpa else "",
}
"""What is shorter in a cell than on a card: codes, and no conditions."""


def _build_cell_formatter(row: FieldRow) -> Callable[[ServicesReport, Service], str]:
    def format_cell(report: ServicesReport, service: Service) -> str:
        view = FieldFormatter(ENGLISH, report.registry, report.as_of)
        return ", ".join(view.format_value(service, row))

    return _CELLS.get(row.path, format_cell)


COLUMNS: dict[str, Callable[[ServicesReport, Service], str]] = {
    row.column: _build_cell_formatter(row) for row in SERVICE_FIELDS if row.column
}
"""The columns that an overview can have next to the id."""


def format_cell(report: ServicesReport, key: str, column: str) -> str:
    """Return the cell of a column for a service; empty if the list does not state it."""
    return key if column == _ID else COLUMNS[column](report, report.services[key])


_COLUMN_ALIASES = {row.path: row.column for row in SERVICE_FIELDS if row.column} | {"place": "processing"}
"""Other names of columns."""


def parse_columns(names: str | None) -> tuple[str, ...]:
    """Return the columns of a text with commas; the column of the name is always added first.

    Raises:
        UsageError: there is no such column.
    """
    typed = [name.strip().lower() for name in names.split(",")] if names else DEFAULT_COLUMNS
    wanted = [_COLUMN_ALIASES.get(name, name) for name in typed if name != "name"]
    known = _ID, *COLUMNS
    for name in wanted:
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known)}"
            raise UsageError(f"--columns: there is no column {name!r}", hint)
    return tuple(dict.fromkeys(wanted))
