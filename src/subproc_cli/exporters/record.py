"""The processor's record of processing activities, Art. 30(2) GDPR, as CSV: a row for each sub-processor.

The columns follow Art. 30(2)(a) to (d), or Art. 12(3) of the Swiss act where it alone applies; what the list
does not state is said, never left blank.
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import Regime
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import subprocessors
from subproc_cli.exporters.regions import Sides
from subproc_cli.output import csv
from subproc_cli.registry.models import Service

COLUMNS = (
    "record_processor",
    "record_contact",
    "record_controllers",
    "record_categories",
    "record_countries",
    "record_basis",
    "record_certifications",
)


def render(export: Export) -> bytes:
    """Return the record."""
    return csv.render(_rows(export)).encode()


def _rows(export: Export) -> Iterator[tuple[str, ...]]:
    wording = Wording(export.about, export.language)
    yield wording.text("service"), *(_heading(wording, column) for column in COLUMNS)
    sides = Sides(export.about, export.day)
    for key, service in subprocessors(export).items():
        cells = _cells(wording, service, sides, key, export.day)
        yield service.name, *(cell or wording.text("not_stated") for cell in cells)


def _heading(wording: Wording, column: str) -> str:
    """Return the heading of a column, with the article of the Swiss act where no other law applies."""
    swiss = wording.about.registry.law == (Regime.CH_FADP,)
    return wording.text(f"{column}_ch" if swiss else column)


def _cells(wording: Wording, service: Service, sides: Sides, key: str, day: date) -> Iterator[str]:
    entity, say = service.entity, wording.say
    address = entity.address if entity else None
    yield ", ".join(part for part in (entity and entity.name, address) if part)
    yield service.contact or ""
    yield wording.text("record_customers", publisher=wording.about.registry.publisher)
    seen = [say.statement(wording.about, each) for each in service.sees]
    yield "; ".join(part for part in (service.purpose, *seen) if part)
    laws, leaves = wording.about.registry.law, sides.leaves(key, service)
    foreign = (say.processing(wording.about, each) for each in sides.foreign(key, service))
    yield wording.text("record_none", area=say.home(laws)) if leaves is Verdict.NO else "; ".join(foreign)
    yield "; ".join(say.transfers(wording.about, service, laws, day))
    yield "; ".join(service.certifications)
