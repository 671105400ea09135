"""The services of a list as a table for people: a column for each fact, in the words of a language."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import format_own_value
from subproc_cli.output.markdown import is_web_address
from subproc_cli.registry.field_row import FieldRow, build_getter
from subproc_cli.registry.field_table import PAGE_FIELDS, SERVICE_ROWS
from subproc_cli.registry.internal import collect_own_fields
from subproc_cli.registry.models import Links, Service
from subproc_cli.registry.registry import get_state

_HOME = "EEA"
_FIRST = ("purpose",)
"""The first fields of the table, which a page has in its headings."""


class Link(NamedTuple):
    """A cell that leads to a page."""

    address: str


Cell: TypeAlias = str | tuple[str, ...] | date | Link | Verdict | None
"""A text, several texts, a day, a link or an answer; nothing where nothing is stated."""


class Column(NamedTuple):
    """One column: its header, and the cell of a service, given its id."""

    header: str
    find_cell: Callable[[str, Service], Cell]


def build_table(export: Export) -> Iterator[tuple[Cell, ...]]:
    """Yield the header and the row of each service, without columns that are empty for all of them.

    Args:
        export: the list, with its texts in the language of the export.
    """
    columns = tuple(_iter_columns(export))
    rows = [
        tuple(column.find_cell(key, service) for column in columns)
        for key, service in export.services.items()
    ]
    used = [number for number in range(len(columns)) if not rows or any(row[number] for row in rows)]
    yield tuple(columns[number].header for number in used)
    for row in rows:
        yield tuple(row[number] for number in used)


def _iter_columns(export: Export) -> Iterator[Column]:
    wording = PageWording(export.registry, export.language)
    view = FieldFormatter(wording.formatter, export.registry, export.as_of)
    yield Column("ID", lambda key, _: key)
    yield Column(wording.format_text("service"), lambda _, service: service.name)
    for row in (*map(SERVICE_ROWS.__getitem__, _FIRST), *PAGE_FIELDS):
        if row.path == "links":
            yield from (_build_link_column(wording, name) for name in Links.model_fields)
        else:
            yield _build_column(view, row)
        if row.path == "processing":
            yield _build_area_column(export, wording)
    yield _build_state_column(export, wording)
    own_fields = {key: collect_own_fields(service) for key, service in export.services.items()}
    for name in dict.fromkeys(chain.from_iterable(own_fields.values())):
        yield _build_own_column(name, own_fields)


def _build_column(view: FieldFormatter, row: FieldRow) -> Column:
    read = build_getter(row.path)

    def find_cell(_: str, service: Service) -> Cell:
        value = read(service)
        return value if isinstance(value, date) else tuple(view.format_value(service, row)) or None

    return Column(view.format_label(row.path), find_cell)


def _build_own_column(name: str, own_fields: Mapping[str, Mapping[str, list[Any]]]) -> Column:
    """Return the column of a field of the publisher's own, given those of each service by id."""

    def find_cell(key: str, _: Service) -> Cell:
        return tuple(map(format_own_value, own_fields[key].get(name, ()))) or None

    return Column(name, find_cell)


def _build_link_column(wording: PageWording, name: str) -> Column:
    def find_cell(_: str, service: Service) -> Cell:
        address = getattr(service.links, name) if service.links else None
        return Link(address) if address and is_web_address(address) else address

    return Column(wording.get_word("link", name), find_cell)


def _build_state_column(export: Export, wording: PageWording) -> Column:
    def find_cell(_: str, service: Service) -> Cell:
        return wording.get_word("criterion", get_state(service, export.as_of))

    return Column(wording.get_word("workbook", "state"), find_cell)


def _build_area_column(export: Export, wording: PageWording) -> Column:
    resolver = PlaceResolver(export.registry.gazetteer, export.as_of)
    condition = AreaCondition(resolver.build_area([_HOME]), is_outside=True)

    def find_cell(key: str, service: Service) -> Cell:
        return evaluate_processing(key, service, resolver, condition).verdict

    return Column(wording.format_text("outside-eea"), find_cell)
