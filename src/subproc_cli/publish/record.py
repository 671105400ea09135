"""The processor's record of processing activities, Art. 30(2) GDPR, as CSV: a row for each service.

The columns are those of Art. 30(2)(a) to (d); what the list does not state is said, never left blank.
"""

from collections.abc import Iterator

from subproc_cli.law.places import WORLDWIDE
from subproc_cli.publish.export import Export
from subproc_cli.publish.wording import Wording
from subproc_cli.registry.service import Service
from subproc_cli.render import csv

COLUMNS = (
    "record_processor",
    "record_contact",
    "record_controllers",
    "record_categories",
    "record_countries",
    "record_safeguards",
    "record_security",
)


def render(export: Export) -> bytes:
    """Return the record."""
    return csv.render(_rows(export)).encode()


def _rows(export: Export) -> Iterator[tuple[str, ...]]:
    wording = Wording(export.about, export.language)
    yield wording.text("service"), *(wording.text(column) for column in COLUMNS)
    for service in export.services.values():
        cells = _cells(export, wording, service)
        yield service.name, *(cell or wording.text("not_stated") for cell in cells)


def _cells(export: Export, wording: Wording, service: Service) -> Iterator[str]:
    entity = service.entity
    address = entity.address if entity else None
    yield ", ".join(part for part in (entity and entity.name, address) if part)
    yield service.contact or ""
    yield wording.text("record_customers", publisher=export.about.registry.publisher)
    seen = wording.listed([wording.category(each.data) for each in service.sees])
    yield "; ".join(part for part in (service.purpose, seen) if part)
    countries = list(_countries(export, wording, service)) if service.processing else []
    yield "; ".join(countries)
    safeguards = [wording.say.basis(each) for each in service.transfer]
    needless = countries == [wording.text("record_none")]
    yield "; ".join(safeguards) or (wording.text("annex_no_transfer") if needless else "")
    yield "; ".join(service.certifications)


def _countries(export: Export, wording: Wording, service: Service) -> Iterator[str]:
    """Yield the third countries that data may go to, or that there are none."""
    eea = export.about.gazetteer.countries("EEA", export.day)
    abroad = [
        place
        for each in service.processing
        for place in each.place
        if place == WORLDWIDE or not export.about.gazetteer.countries(place, export.day) <= eea
    ]
    yield from (wording.place(place) for place in dict.fromkeys(abroad))
    if not abroad:
        yield wording.text("record_none")
