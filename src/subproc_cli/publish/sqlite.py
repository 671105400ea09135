"""The list as a SQLite database with the answers to the two questions in it, ready for Datasette."""

import sqlite3
from collections.abc import Iterable, Iterator

from subproc_cli.publish.columns import COLUMNS, row
from subproc_cli.publish.export import Export
from subproc_cli.publish.verdicts import by_data, by_region

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


def render(export: Export) -> bytes:
    """Return the database; the same list gives the same bytes with the same version of SQLite."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA foreign_keys = ON")
        columns = ", ".join(f'"{name}" TEXT' for name in COLUMNS[1:])
        base.executescript(f"CREATE TABLE services (id TEXT PRIMARY KEY, {columns});{_TABLES}")
        for table, rows in _contents(export):
            given = list(rows)
            if given:
                marks = ", ".join("?" * len(given[0]))
                base.executemany(f"INSERT INTO {table} VALUES ({marks})", given)  # noqa: S608  our own names
        base.commit()
        base.execute("VACUUM")
        return bytes(base.serialize())
    finally:
        base.close()


def _contents(export: Export) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    about, services = export.about.registry, export.services
    notice = about.notice
    head = about.publisher, about.version, about.date.isoformat(), export.day.isoformat(), export.about.sha256
    periods = notice.days, notice.objection_days, notice.termination_days, notice.contact
    yield "list", [(*head, *periods)]
    yield "services", [tuple(cell or None for cell in row(key, each)) for key, each in services.items()]
    tree = export.about.tree
    yield "categories", [(each.key, each.label, each.personal, each.special) for each in tree]
    yield (
        "sees",
        [
            (key, said.data, said.extent, said.when, said.note)
            for key, service in services.items()
            for said in service.sees
        ],
    )
    yield (
        "may_contain",
        [
            (key, said.data, inside)
            for key, service in services.items()
            for said in service.sees
            for inside in said.may_contain
        ],
    )
    yield "never_sees", [(key, each) for key, service in services.items() for each in service.never_sees]
    yield (
        "processing",
        [
            (key, number, place, said.how, said.when, said.note)
            for key, service in services.items()
            for number, said in enumerate(service.processing)
            for place in said.place
        ],
    )
    yield (
        "transfers",
        [
            (key, said.basis, said.until and said.until.isoformat(), said.note)
            for key, service in services.items()
            for said in service.transfer
        ],
    )
    yield "data_answers", by_data(export)
    yield "place_answers", by_region(export)
