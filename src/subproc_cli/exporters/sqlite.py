"""The list as a SQLite database with the answers to the two questions in it, ready for Datasette."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import TypeAlias

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import by_data, by_region
from subproc_cli.exporters.tabular import COLUMNS, row

Row: TypeAlias = tuple[object, ...]

_TABLES = """
CREATE TABLE list (publisher TEXT NOT NULL, version TEXT NOT NULL, date TEXT NOT NULL,
    at TEXT NOT NULL, sha256 TEXT NOT NULL, notice_days INTEGER, objection_days INTEGER,
    termination_days INTEGER, contact TEXT);
CREATE TABLE categories (category TEXT PRIMARY KEY, label TEXT NOT NULL, personal TEXT NOT NULL,
    special INTEGER NOT NULL);
CREATE TABLE sees (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category), extent TEXT NOT NULL, condition TEXT, note TEXT);
CREATE TABLE may_contain (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category), inside TEXT NOT NULL REFERENCES categories (category));
CREATE TABLE never_sees (service TEXT NOT NULL REFERENCES services (id), category TEXT NOT NULL REFERENCES
    categories (category));
CREATE TABLE processing (service TEXT NOT NULL REFERENCES services (id), statement INTEGER NOT NULL,
    place TEXT NOT NULL, how TEXT, condition TEXT, note TEXT);
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


def _list(export: Export) -> Iterator[Row]:
    about = export.about.registry
    notice = about.notice
    head = about.publisher, about.version, about.date.isoformat(), export.day.isoformat(), export.about.sha256
    yield *head, notice.days, notice.objection_days, notice.termination_days, notice.contact


def _services(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        yield tuple(cell or None for cell in row(key, service))


def _categories(export: Export) -> Iterator[Row]:
    for each in export.about.tree:
        yield each.key, each.label, each.personal, each.special


def _sees(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for said in service.sees:
            yield key, said.data, said.extent, said.when, said.note


def _may_contain(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for said in service.sees:
            yield from ((key, said.data, inside) for inside in said.may_contain)


def _never_sees(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        yield from ((key, each) for each in service.never_sees)


def _processing(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for number, said in enumerate(service.processing):
            yield from ((key, number, place, said.how, said.when, said.note) for place in said.place)


def _transfers(export: Export) -> Iterator[Row]:
    for key, service in export.services.items():
        for said in service.transfer:
            yield key, said.basis, said.until and said.until.isoformat(), said.note


_CONTENTS: dict[str, Callable[[Export], Iterator[Row]]] = {
    "list": _list,
    "services": _services,
    "categories": _categories,
    "sees": _sees,
    "may_contain": _may_contain,
    "never_sees": _never_sees,
    "processing": _processing,
    "transfers": _transfers,
    "data_answers": by_data,
    "place_answers": by_region,
}
"""The rows of each table; one that refers to another stands behind it."""


def render(export: Export) -> bytes:
    """Return the database; the same list gives the same bytes with the same version of SQLite."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA foreign_keys = ON")
        columns = ", ".join(f'"{name}" TEXT' for name in COLUMNS[1:])
        base.executescript(f"CREATE TABLE services (id TEXT PRIMARY KEY, {columns});{_TABLES}")
        for table, rows in _CONTENTS.items():
            given = list(rows(export))
            if given:
                marks = ", ".join("?" * len(given[0]))
                base.executemany(f"INSERT INTO {table} VALUES ({marks})", given)  # noqa: S608  our own names
        base.commit()
        base.execute("VACUUM")
        return bytes(base.serialize())
    finally:
        base.close()
