"""The list in the W3C Data Privacy Vocabulary, as JSON-LD: https://w3id.org/dpv (version 2.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from subproc_cli.describe.statements import EU_GDPR, find_carrying_bases
from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Basis, Regime, Role
from subproc_cli.exporters.exporter import Export
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output import json
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.reference.geography import WORLDWIDE
from subproc_cli.registry.models import Entity, Service

_DPV = "https://w3id.org/dpv#"
_CONTEXT = {
    "dpv": _DPV,
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "hasName": "dpv:hasName",
    "hasAddress": "dpv:hasAddress",
    "hasContact": "dpv:hasContact",
    "hasPersonalData": {"@id": "dpv:hasPersonalData", "@type": "@id"},
    "hasPurpose": "dpv:hasPurpose",
    "hasProcess": "dpv:hasProcess",
    "hasDataSubject": "dpv:hasDataSubject",
    "hasLocation": "dpv:hasLocation",
    "hasRecipient": "dpv:hasRecipient",
    "hasLegalBasis": {"@id": "dpv:hasLegalBasis", "@type": "@id"},
    "label": "rdfs:label",
    "comment": "rdfs:comment",
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "version": "dct:hasVersion",
    "publisher": "dct:publisher",
}
_ROLES = {
    Role.SUBPROCESSOR: "dpv:DataSubProcessor",
    Role.AFFILIATE: "dpv:DataSubProcessor",
    Role.PROCESSOR: "dpv:DataProcessor",
    Role.CONTROLLER: "dpv:DataController",
    Role.VENDOR: "dpv:ThirdParty",
}
_BASES = {
    Basis.SCC: "eu-gdpr:A46-2-c",
    Basis.DPF: "eu-gdpr:A45-3",
    Basis.ADEQUACY: "eu-gdpr:A45-3",
    Basis.BCR: "eu-gdpr:A46-2-b",
}
"""A derogation has none: the vocabulary has the grounds of Art. 49 one by one, a list does not say which."""


def render(export: Export) -> bytes:
    """Return the list as JSON-LD.

    Facts without a term of the vocabulary (promises, possible contents, conditions) are comments.
    """
    model = export.registry.model
    record = {
        "@context": _CONTEXT,
        "@id": f"urn:subproc:list:{export.registry.sha256}",
        "@type": "dpv:RecordOfDataProcessing",
        "publisher": model.publisher,
        "version": model.version,
        "issued": model.date.isoformat(),
        "hasProcess": [_build_process(export, key, service) for key, service in export.services.items()],
    }
    return json.render(record).encode()


def _build_process(export: Export, key: str, service: Service) -> dict[str, Any]:
    data = dict.fromkeys(_iter_data(service))
    wording = PageWording(export.registry, ENGLISH)
    process: dict[str, Any] = {
        "@id": f"urn:subproc:service:{key}",
        "@type": "dpv:Process",
        "label": service.name,
        "hasRecipient": _build_recipient(key, service),
    }
    optional = {
        "hasPurpose": service.purpose and {"@type": "dpv:Purpose", "label": service.purpose},
        "hasPersonalData": list(data),
        "hasDataSubject": [{"@type": "dpv:DataSubject", "label": each} for each in service.subjects],
        "hasLocation": [*_iter_locations(export, service)],
        "hasLegalBasis": [*_iter_legal_bases(export, service)],
        "comment": [*_iter_comments(wording, service, export.as_of)],
    }
    return process | {name: value for name, value in optional.items() if value}


def _iter_legal_bases(export: Export, service: Service) -> Iterator[str]:
    """Yield the grounds of the GDPR, where the list is under it and it knows the stated basis there."""
    if Regime.EU_GDPR in export.registry.model.law:
        named = find_carrying_bases(export.registry, service, Regime.EU_GDPR, export.as_of)
        stated = (transfer.basis for transfer in service.transfer if transfer.basis in named)
        yield from dict.fromkeys(_BASES[basis] for basis in stated if basis in _BASES)


def _iter_data(service: Service) -> Iterator[str]:
    for access in service.sees:
        found = find_counterpart(access.data).dpv
        if found:
            yield found.replace(_DPV, "dpv:").replace("https://w3id.org/dpv/pd#", "pd:")


def _build_recipient(key: str, service: Service) -> dict[str, Any]:
    entity = service.entity or Entity()
    found: dict[str, Any] = {"@id": f"urn:subproc:entity:{key}", "@type": _ROLES[service.role]}
    known = {"hasName": entity.name, "hasAddress": entity.address, "hasContact": service.contact}
    return found | {name: value for name, value in known.items() if value}


def _iter_locations(export: Export, service: Service) -> Iterator[dict[str, Any]]:
    for processing in service.processing:
        for place in processing.place:
            kind = "dpv:Region" if place in export.registry.gazetteer.regions else "dpv:Country"
            label = export.registry.gazetteer.get_label(place)
            yield {"@type": "dpv:Location" if place == WORLDWIDE else kind, "label": label}


def _iter_comments(wording: PageWording, service: Service, as_of: date) -> Iterator[str]:
    registry, formatter = wording.registry, wording.formatter
    if not service.sees and not service.never_sees:
        yield "the list does not state which data it sees"
    if not service.processing:
        yield "the list states no place of processing"
    for access in service.sees:
        statement, label = formatter.format_statement(registry, access), wording.format_category(access.data)
        if (
            statement != label
            or registry.category_tree[access.data].own
            or not find_counterpart(access.data).dpv
        ):
            yield f"sees: {statement}"
    if service.never_sees:
        yield f"promised never to see: {formatter.format_never_sees(registry, service)}"
    for place in service.processing:
        if place.when or place.how or place.note or len(place.place) > 1:
            yield f"processes in: {formatter.format_processing(registry, place)}"
    laws = registry.model.law
    named = find_carrying_bases(registry, service, Regime.EU_GDPR, as_of) if laws == EU_GDPR else frozenset()
    remaining = tuple(
        transfer
        for transfer in service.transfer
        if transfer.until or transfer.note or transfer.basis not in _BASES or transfer.basis not in named
    )
    for text in formatter.format_bases(
        registry, service.model_copy(update={"transfer": remaining}), laws, as_of
    ):
        yield f"transfer basis: {text}"
