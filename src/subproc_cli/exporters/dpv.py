"""The list in the W3C Data Privacy Vocabulary, as JSON-LD: https://w3id.org/dpv (version 2.3)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Role
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.exporters.exporter import Export
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output import json
from subproc_cli.reference import data_files
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.reference.geography import WORLDWIDE
from subproc_cli.registry.models import Entity, Service
from subproc_cli.text import slugify

_DPV = "https://w3id.org/dpv#"
_CONTEXT = {
    "dpv": _DPV,
    "pd": "https://w3id.org/dpv/pd#",
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


class _LegalBases(NamedTuple):
    """What the vocabulary has for a law.

    Attributes:
        prefix: the prefix of its terms, which is the key of the law.
        namespace: where the terms are.
        terms: the terms by article.
    """

    prefix: str
    namespace: str
    terms: Mapping[str, str]


@cache
def _load_legal_bases() -> dict[str, _LegalBases]:
    rows = data_files.read("dpv.yaml")
    return {law: _LegalBases(law, row["namespace"], row["terms"]) for law, row in rows.items()}


def render(export: Export) -> bytes:
    """Return the list as JSON-LD.

    Facts without a term of the vocabulary (promises, possible contents, conditions) are comments.
    """
    model = export.registry.model
    record = {
        "@context": _CONTEXT | {each.prefix: each.namespace for each in _find_legal_bases(model.law)},
        "@id": f"urn:subproc:list:{export.registry.sha256}",
        "@type": "dpv:DataProcessingRecord",
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
        "@id": _build_id(export, "service", key),
        "@type": "dpv:Process",
        "label": service.name,
        "hasRecipient": _build_recipient(export, key, service),
    }
    optional = {
        "hasPurpose": service.purpose and {"@type": "dpv:Purpose", "label": service.purpose},
        "hasPersonalData": list(data),
        "hasDataSubject": [{"@type": "dpv:DataSubject", "label": each} for each in service.subjects],
        "hasLocation": [*_iter_locations(export, service)],
        "hasLegalBasis": [*_iter_legal_bases(export, service)],
        "comment": [*_iter_comments(export, wording, service)],
    }
    return process | {name: value for name, value in optional.items() if value}


def _build_id(export: Export, kind: str, key: str) -> str:
    """Return the id of a part of a list: two publishers may have services with the same id."""
    publisher = quote(slugify(export.registry.model.publisher), safe="")
    return f"urn:subproc:{publisher}:{kind}:{key}"


def _find_legal_bases(laws: Iterable[str]) -> list[_LegalBases]:
    known = _load_legal_bases()
    return [known[law] for law in laws if law in known]


def _iter_terms(export: Export, service: Service) -> Iterator[tuple[int, str]]:
    """Yield the terms for what the laws of the list accept, with the position of each stated basis."""
    for known in _find_legal_bases(export.registry.model.law):
        assessment = assess_service(export.registry, service, known.prefix, export.as_of)
        for position in range(len(service.transfer)):
            rule = assessment.find_rule(position)
            if rule and rule.article in known.terms:
                yield position, f"{known.prefix}:{known.terms[rule.article]}"


def _iter_legal_bases(export: Export, service: Service) -> Iterator[str]:
    yield from dict.fromkeys(term for _, term in _iter_terms(export, service))


def _iter_data(service: Service) -> Iterator[str]:
    """Yield the terms of the data that a service sees; what it sees under a condition is a comment."""
    for access in service.sees:
        found = find_counterpart(access.data).dpv
        if found and not access.when:
            yield found.replace(_DPV, "dpv:").replace("https://w3id.org/dpv/pd#", "pd:")


def _build_recipient(export: Export, key: str, service: Service) -> dict[str, Any]:
    entity = service.entity or Entity()
    found: dict[str, Any] = {"@id": _build_id(export, "entity", key), "@type": _ROLES[service.role]}
    known = {"hasName": entity.name, "hasAddress": entity.address, "hasContact": service.contact}
    return found | {name: value for name, value in known.items() if value}


def _iter_locations(export: Export, service: Service) -> Iterator[dict[str, Any]]:
    """Yield the places; of several of which one is meant, and under a condition, none is asserted."""
    for processing in service.processing:
        if len(processing.place) == 1 and not processing.when:
            (place,) = processing.place
            kind = "dpv:Region" if place in export.registry.gazetteer.regions else "dpv:Country"
            label = export.registry.gazetteer.get_label(place)
            yield {"@type": "dpv:Location" if place == WORLDWIDE else kind, "label": label}


def _iter_comments(export: Export, wording: PageWording, service: Service) -> Iterator[str]:
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
    # The terms say all where every basis is one of them, nothing is added to it, and no other law counts
    asserted = {position for position, _ in _iter_terms(export, service)}
    details = any(transfer.model_fields_set != {"basis"} for transfer in service.transfer)
    if details or len(asserted) < len(service.transfer) or len(registry.model.law) > 1:
        for text in formatter.transfers.format_bases(registry, service, registry.model.law, export.as_of):
            yield f"transfer basis: {text}"
