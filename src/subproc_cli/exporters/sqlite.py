"""The list as a SQLite database with the answers to the two questions in it, ready for Datasette."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.report import format_change
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import iter_data_verdicts, iter_region_verdicts
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.exporters.tabular import COLUMNS, build_row
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.models import Links
from subproc_cli.registry.registry import get_state

Row: TypeAlias = tuple[object, ...]

_TABLES = """
CREATE TABLE list (publisher TEXT NOT NULL, version TEXT NOT NULL, date TEXT NOT NULL,
    at TEXT NOT NULL, sha256 TEXT NOT NULL, notice_days INTEGER, objection_days INTEGER,
    termination_days INTEGER, contact TEXT);
CREATE TABLE categories (category TEXT PRIMARY KEY, label TEXT NOT NULL, personal TEXT NOT NULL,
    special INTEGER NOT NULL);
CREATE TABLE sensitive (category TEXT NOT NULL REFERENCES categories (category), law TEXT NOT NULL,
    provision TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (category, law, provision));
CREATE TABLE sees (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category), extent TEXT NOT NULL, condition TEXT, note TEXT);
CREATE TABLE may_contain (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category), inside TEXT NOT NULL REFERENCES categories (category));
CREATE TABLE never_sees (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category));
CREATE TABLE processing (service TEXT NOT NULL REFERENCES services (id), statement INTEGER NOT NULL,
    place TEXT NOT NULL, how TEXT, condition TEXT, note TEXT);
CREATE TABLE places (place TEXT PRIMARY KEY, name TEXT NOT NULL, is_region INTEGER NOT NULL,
    is_in_eu INTEGER NOT NULL, is_in_eea INTEGER NOT NULL);
CREATE TABLE links (service TEXT NOT NULL REFERENCES services (id), kind TEXT NOT NULL, url TEXT NOT NULL);
CREATE TABLE states (service TEXT PRIMARY KEY REFERENCES services (id), state TEXT NOT NULL, since TEXT,
    until TEXT);
CREATE TABLE certifications (service TEXT NOT NULL REFERENCES services (id), certification TEXT NOT NULL);
CREATE TABLE onward (service TEXT NOT NULL REFERENCES services (id), recipient TEXT NOT NULL);
CREATE TABLE subjects (service TEXT NOT NULL REFERENCES services (id), subject TEXT NOT NULL);
CREATE TABLE products (service TEXT NOT NULL REFERENCES services (id), product TEXT NOT NULL);
CREATE TABLE changes (date TEXT NOT NULL, version TEXT NOT NULL, level TEXT NOT NULL, kind TEXT NOT NULL,
    service TEXT NOT NULL, sentence TEXT NOT NULL);
CREATE TABLE transfers (service TEXT NOT NULL REFERENCES services (id), basis TEXT NOT NULL, until TEXT,
    note TEXT);
CREATE TABLE data_answers (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category), verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'unknown')),
    because TEXT NOT NULL, PRIMARY KEY (service, category));
CREATE TABLE place_answers (service TEXT NOT NULL REFERENCES services (id), outside TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'unknown')), because TEXT NOT NULL,
    PRIMARY KEY (service, outside));
CREATE VIEW sees_email AS SELECT s.name, a.verdict, a.because FROM data_answers a
    JOIN services s ON s.id = a.service WHERE a.category = 'identity.email';
CREATE VIEW outside_eu AS SELECT s.name, a.verdict, a.because FROM place_answers a
    JOIN services s ON s.id = a.service WHERE a.outside = 'EU';
"""


def _iter_list_rows(export: Export) -> Iterator[Row]:
    model = export.registry.model
    notice = model.notice
    head = (
        model.publisher,
        model.version,
        model.date.isoformat(),
        export.as_of.isoformat(),
        export.registry.sha256,
    )
    yield *head, notice.days, notice.objection_days, notice.termination_days, notice.contact


def _iter_service_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        yield tuple(cell or None for cell in build_row(key, service))


def _iter_category_rows(export: Export) -> Iterator[Row]:
    for each in export.registry.category_tree:
        yield each.key, each.label, each.personal, each.special


def _iter_sensitive_rows(export: Export) -> Iterator[Row]:
    """Yield what makes a category sensitive under each law of the list."""
    for law in dict.fromkeys(export.registry.model.law):
        for each in export.registry.category_tree:
            for provision in load_law(law).find_sensitive(each.key, export.as_of):
                yield each.key, str(law), provision.key, provision.article


def _iter_sees_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for access in service.sees:
            yield key, access.data, access.extent, access.when, access.note


def _iter_may_contain_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for access in service.sees:
            yield from ((key, access.data, inside) for inside in access.may_contain)


def _iter_never_sees_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        yield from ((key, each) for each in service.never_sees)


def _iter_processing_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for number, processing in enumerate(service.processing):
            yield from (
                (key, number, place, processing.how, processing.when, processing.note)
                for place in processing.place
            )


def _iter_transfer_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for transfer in service.transfer:
            yield key, transfer.basis, transfer.until and transfer.until.isoformat(), transfer.note


def _iter_place_rows(export: Export) -> Iterator[Row]:
    """Yield the places that the services name, with whether they are in the EU and the EEA on the day."""
    resolver = PlaceResolver(export.registry.gazetteer, export.as_of)
    inside = {name: resolver.resolve_place(name) for name in ("EU", "EEA")}
    wording = PageWording(export.registry, ENGLISH)
    named = dict.fromkeys(
        place
        for service in export.services.values()
        for place in (
            *(place for processing in service.processing for place in processing.place),
            *(place for transfer in service.transfer for place in transfer.places),
            *((service.entity.country,) if service.entity and service.entity.country else ()),
        )
    )
    for place in named:
        countries = resolver.resolve_place(place)
        is_in = (bool(countries) and countries <= inside[name] for name in ("EU", "EEA"))
        yield place, wording.format_place(place), place not in load_country_codes(), *is_in


def _iter_link_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for kind in Links.model_fields if service.links else ():
            if url := getattr(service.links, kind):
                yield key, kind, url


def _iter_state_rows(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        days = (day and day.isoformat() for day in (service.since, service.until))
        yield key, str(get_state(service, export.as_of)), *days


def _iter_items(field: str) -> Callable[[Export], Iterator[Row]]:
    """Return what yields a row for each text of a field that is a list."""

    def iter_rows(export: Export) -> Iterator[Row]:
        for key, service in export.services.items():
            yield from ((key, item) for item in getattr(service, field))

    return iter_rows


def _iter_change_rows(export: Export) -> Iterator[Row]:
    for entry in find_preceding_history(export):
        if entry.old and entry.new:
            model = entry.new.model
            for each in entry.changes:
                sentence = format_change(entry.old, entry.new, each)
                yield model.date.isoformat(), model.version, each.level, each.kind, each.service, sentence


_ROWS_BY_TABLE: dict[str, Callable[[Export], Iterator[Row]]] = {
    "list": _iter_list_rows,
    "services": _iter_service_rows,
    "categories": _iter_category_rows,
    "sensitive": _iter_sensitive_rows,
    "sees": _iter_sees_rows,
    "may_contain": _iter_may_contain_rows,
    "never_sees": _iter_never_sees_rows,
    "processing": _iter_processing_rows,
    "transfers": _iter_transfer_rows,
    "places": _iter_place_rows,
    "links": _iter_link_rows,
    "states": _iter_state_rows,
    **{table: _iter_items(table) for table in ("certifications", "onward", "subjects", "products")},
    "changes": _iter_change_rows,
    "data_answers": iter_data_verdicts,
    "place_answers": iter_region_verdicts,
}
"""The rows of each table; a table that refers to another comes after it."""


def _make_view() -> str:
    """Return a view of the services whose columns need no quotes, with the state of each."""
    columns = ", ".join(f's."{name}" AS "{name.replace(".", "_")}"' for name in COLUMNS)
    select = "SELECT", columns, ", t.state FROM services s JOIN states t ON t.service = s.id;"
    return " ".join(("CREATE VIEW service_list AS", *select))


def _make_indexes() -> str:
    tables = ("sees", "may_contain", "never_sees", "processing", "transfers", "links")
    return "".join(f"CREATE INDEX {table}_service ON {table} (service);" for table in tables)


def render(export: Export) -> bytes:
    """Return the database; the same list gives the same bytes with the same version of SQLite."""
    connection = sqlite3.connect(":memory:")
    try:
        columns = ", ".join(f'"{name}" TEXT' for name in COLUMNS[1:])
        connection.executescript(
            f"CREATE TABLE services (id TEXT PRIMARY KEY, {columns});{_TABLES}{_make_view()}{_make_indexes()}"
        )
        connection.execute("PRAGMA ignore_check_constraints = ON")  # checking takes longer than inserting
        for table, rows in _ROWS_BY_TABLE.items():
            contents = iter(rows(export))
            first = next(contents, None)
            if first is not None:
                marks = ", ".join("?" * len(first))
                insert = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608  our own names
                connection.executemany(insert, chain((first,), contents))
        connection.commit()
        connection.execute("VACUUM")
        return bytes(connection.serialize())
    finally:
        connection.close()
