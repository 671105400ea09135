"""The publisher's record of the processing that it carries out for its customers, as CSV.

The record is that of Art. 30(2) GDPR or of its counterpart under the laws of the list, with a row for each
sub-processor. Its columns follow the article, and those that it does not ask for are marked as additions.
A cell is never blank: it states that the list does not state the fact. Each row names what the record lacks.
"""

from collections.abc import Iterator, Sequence

from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.service_transfers import PlaceAssessment, assess_service
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_subprocessors
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.recipients import Audiences, may_use
from subproc_cli.output import csv
from subproc_cli.reference.laws import load_law
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.parts import Contact

_FIELDS = {
    "record-categories": "service_type",
    "record-countries": "processing",
    "record-basis": "transfer",
    "record-certifications": "certifications",
    "record-subprocessor": "entity",
    "record-subprocessor-contact": "contact",
    "record-purpose": "purpose",
    "record-data": "sees",
}
"""The field of a service that a column states, by the id of its heading."""
ARTICLES = {
    "record-processor": "contact",
    "record-contact": "contact",
    "record-controllers": "contact",
    "record-categories": "record-categories",
    "record-countries": "record-transfers",
    "record-basis": "",
    "record-certifications": "record-security",
    "record-representative": "officer",
    "record-dpo": "officer",
    "record-subprocessor": "",
    "record-subprocessor-contact": "",
    "record-purpose": "",
    "record-data": "",
    "record-absent": "",
}
"""The columns after the name of a service, each with the key of its article; empty for an addition."""


_ABSENT_OFFICERS = {
    (True, True): "record-absent-officer",
    (True, False): "record-absent-dpo",
    (False, True): "record-absent-representative",
}
"""The text for a record without a data protection officer, without a representative, or without both."""


def render(export: Export) -> bytes:
    """Return the record."""
    return csv.render(iter_rows(export)).encode()


def iter_rows(export: Export) -> Iterator[tuple[str, ...]]:
    """Yield the headings, and a row for each service: its name, and a cell for each of `ARTICLES`."""
    wording = PageWording(export.registry, export.language)
    headings = (_format_heading(export, wording, column, key) for column, key in ARTICLES.items())
    yield wording.format_text("service"), *headings
    audiences = Audiences((export.registry, export.registry), export.as_of)
    for key, service in find_subprocessors(export).items():
        controllers = [each for each in export.customers if may_use(each, key, service, audiences)]
        cells = zip(ARTICLES, _iter_cells(export, wording, service, controllers), strict=True)
        yield (
            service.name,
            *(cell or wording.format_missing(is_hidden=_is_hidden(export, column)) for column, cell in cells),
        )


def _is_hidden(export: Export, column: str) -> bool:
    return _FIELDS.get(column) in export.hidden_fields


def _format_heading(export: Export, wording: PageWording, column: str, key: str) -> str:
    laws = export.registry.model.law
    article = wording.formatter.transfers.format_articles(key, laws, export.as_of) if key else ""
    # What one law asks for is an addition under another
    return wording.format_text(column, article=article or wording.format_text("record-addition"))


def _iter_cells(
    export: Export, wording: PageWording, service: Service, controllers: Sequence[Customer]
) -> Iterator[str]:
    registry, formatter, entity = export.registry, wording.formatter, service.entity
    contacts = registry.model.contacts
    privacy = contacts.privacy if contacts else None
    yield _join(registry.model.publisher, privacy.address if privacy else None)
    yield _format_contact(privacy, with_address=False)
    named = wording.join_list(map(_format_controller, controllers))
    yield named or wording.format_text("record-customers", publisher=registry.model.publisher)
    types = [get_type_label(each, wording.language) for each in service.service_type]
    yield wording.join_list(types) or service.purpose or ""
    yield _format_countries(export, wording, service)
    transfers = formatter.transfers.format_transfers(registry, service, registry.model.law, export.as_of)
    yield wording.join_list(transfers)
    yield wording.join_list(service.certifications)
    yield _format_contact(contacts.representative if contacts else None)
    yield _format_contact(contacts.dpo if contacts else None)
    yield _join(entity.name, entity.address) if entity else ""
    yield service.contact or ""
    yield service.purpose or ""
    yield wording.join_list(formatter.format_statement(registry, each) for each in service.sees)
    yield wording.join_list(_iter_absent(export, wording, service, controllers))


def _format_controller(customer: Customer) -> str:
    return _join(customer.name, customer.contact, *(customer.address or ()))


def _format_contact(contact: Contact | None, *, with_address: bool = True) -> str:
    if contact is None:
        return ""
    return _join(contact.name, contact.address if with_address else None, contact.mail)


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _format_countries(export: Export, wording: PageWording, service: Service) -> str:
    """Return the places to which data is transferred under a law of the list, or that there is none."""
    registry, transfers = export.registry, wording.formatter.transfers
    laws = registry.model.law
    assessments = [assess_service(registry, service, law, export.as_of) for law in laws]
    places = zip(service.processing, zip(*(each.places for each in assessments), strict=True), strict=True)
    abroad = [*_iter_abroad(wording, places)]
    if abroad or not service.processing:
        return wording.join_list(abroad)
    recipients = transfers.format_recipients(registry, assessments)
    if any(each.is_treated_as_home for each in assessments):
        return wording.join_list((*transfers.iter_within(registry, assessments), *recipients))
    area, count = transfers.format_home_area(laws), len(service.processing)
    none = wording.format_text("record-none", n=count, area=area)
    return wording.join_list((none, *recipients))


def _iter_abroad(
    wording: PageWording, places: Iterator[tuple[Processing, tuple[PlaceAssessment, ...]]]
) -> Iterator[str]:
    """Yield the places abroad; one that is at home under another law of the list, with the laws."""
    for place, by_law in places:
        laws = [each.law.key for each in by_law if not each.is_home]
        text = wording.formatter.format_processing(wording.registry, place)
        if len(laws) == len(by_law):
            yield text
        elif laws:
            names = wording.formatter.transfers.format_laws(laws)
            yield wording.format_text("record-under", place=text, laws=names)


def _iter_absent(
    export: Export, wording: PageWording, service: Service, controllers: Sequence[Customer]
) -> Iterator[str]:
    """Yield the facts that the articles require but neither the list nor the customer file states."""
    contacts, laws = export.registry.model.contacts, export.registry.model.law
    if not controllers:
        yield wording.format_text("record-absent-controllers")
    unreachable = [each.name for each in controllers if not (each.address or each.contact)]
    if unreachable:
        names = wording.formatter.join_words(unreachable)
        yield wording.format_text("record-absent-controller-contacts", names=names)
    if contacts is None or contacts.privacy is None:
        yield wording.format_text("record-absent-contact")
    if any(load_law(law).find_article("officer", export.as_of) for law in laws):
        absent = (contacts is None or not contacts.dpo, contacts is None or not contacts.representative)
        if any(absent):
            yield wording.format_text(_ABSENT_OFFICERS[absent])
        yield wording.format_text("record-absent-controller-officers")
    yield wording.format_text("record-absent-security")
    if _relies_on_last_resort(export, service):
        yield wording.format_text("record-absent-safeguards")


def _relies_on_last_resort(export: Export, service: Service) -> bool:
    """Return whether an exception carries a transfer under a law that may ask for documents on safeguards."""
    registry = export.registry
    laws = (
        law for law in registry.model.law if load_law(law).find_article("record-safeguards", export.as_of)
    )
    assessments = (assess_service(registry, service, law, export.as_of) for law in laws)
    rules = (each.find_rule(position) for each in assessments for position in range(len(service.transfer)))
    return any(rule is not None and rule.is_last_resort for rule in rules)
