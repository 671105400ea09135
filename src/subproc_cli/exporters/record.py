"""The processor's record of processing activities, Art. 30(2) GDPR, as CSV: a row for each sub-processor.

The columns follow Art. 30(2)(a) to (d), or Art. 12(3) of the Swiss act where it alone applies; what the list
does not state is said, never left blank.
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Regime
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_subprocessors
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.output import csv
from subproc_cli.registry.models import Service

_FIELDS = {
    "record-processor": "entity",
    "record-contact": "contact",
    "record-controllers": "",
    "record-categories": "sees",
    "record-countries": "processing",
    "record-basis": "transfer",
    "record-certifications": "certifications",
}
"""The field that each column states, by the id of its heading; empty if the list does not state it."""
COLUMNS = tuple(_FIELDS)


def render(export: Export) -> bytes:
    """Return the record."""
    return csv.render(_iter_rows(export)).encode()


def _iter_rows(export: Export) -> Iterator[tuple[str, ...]]:
    wording = PageWording(export.registry, export.language)
    yield wording.format_text("service"), *(_format_heading(wording, column) for column in COLUMNS)
    classifier = RegionClassifier(export.registry, export.as_of)
    for key, service in find_subprocessors(export).items():
        cells = _iter_cells(wording, service, classifier, key, export.as_of)
        yield (
            service.name,
            *(
                cell or wording.format_missing(is_hidden=_FIELDS[column] in export.hidden_fields)
                for column, cell in zip(COLUMNS, cells, strict=True)
            ),
        )


def _format_heading(wording: PageWording, column: str) -> str:
    """Return the heading of a column, with the article of the Swiss act where no other law applies."""
    swiss = wording.registry.model.law == (Regime.CH_FADP,)
    return wording.format_text(f"{column}-ch" if swiss else column)


def _iter_cells(
    wording: PageWording, service: Service, classifier: RegionClassifier, key: str, as_of: date
) -> Iterator[str]:
    entity, formatter = service.entity, wording.formatter
    address = entity.address if entity else None
    yield ", ".join(part for part in (entity and entity.name, address) if part)
    yield service.contact or ""
    yield wording.format_text("record-customers", publisher=wording.registry.model.publisher)
    seen = [formatter.format_statement(wording.registry, each) for each in service.sees]
    yield "; ".join(part for part in (service.purpose, *seen) if part)
    laws, leaves = wording.registry.model.law, classifier.evaluate_third_country(key, service)
    foreign = (
        formatter.format_processing(wording.registry, each)
        for each in classifier.iter_third_country_places(key, service)
    )
    yield (
        wording.format_text("record-none", area=formatter.format_home_area(laws))
        if leaves is Verdict.NO
        else "; ".join(foreign)
    )
    yield "; ".join(formatter.format_transfers(wording.registry, service, laws, as_of))
    yield "; ".join(service.certifications)
