"""The list in the W3C Data Privacy Vocabulary, as JSON-LD: https://w3id.org/dpv (version 2.3)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Activation, Role
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import iter_service_facts
from subproc_cli.exporters.identifiers import build_list_urn, build_uuid_urn
from subproc_cli.exporters.published import is_address
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output import json
from subproc_cli.reference import data_files
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.reference.geography import UNKNOWN, load_country_codes
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.internal import is_internal
from subproc_cli.registry.models import Entity, Links, Service
from subproc_cli.registry.parts import Contact

_DPV = "https://w3id.org/dpv#"
_CONTEXT = {
    "dpv": _DPV,
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "hasName": "dpv:hasName",
    "hasAddress": "dpv:hasAddress",
    "hasContact": "dpv:hasContact",
    "hasCountry": {"@id": "dpv:hasCountry", "@type": "@id"},
    "isSubsidiaryOf": "dpv:isSubsidiaryOf",
    "hasDataProtectionOfficer": "dpv:hasDataProtectionOfficer",
    "hasRepresentative": "dpv:hasRepresentative",
    "hasApplicableLaw": {"@id": "dpv:hasApplicableLaw", "@type": "@id"},
    "hasPersonalData": {"@id": "dpv:hasPersonalData", "@type": "@id"},
    "hasPurpose": {"@id": "dpv:hasPurpose", "@type": "@id"},
    "hasProcess": "dpv:hasProcess",
    "hasDataSubject": "dpv:hasDataSubject",
    "hasLocation": {"@id": "dpv:hasLocation", "@type": "@id"},
    "hasDataController": {"@id": "dpv:hasDataController", "@type": "@id"},
    "hasDataProcessor": {"@id": "dpv:hasDataProcessor", "@type": "@id"},
    "hasRecipient": "dpv:hasRecipient",
    "hasThirdParty": "dpv:hasThirdParty",
    "hasLegalBasis": {"@id": "dpv:hasLegalBasis", "@type": "@id"},
    "hasStorageCondition": "dpv:hasStorageCondition",
    "hasDuration": "dpv:hasDuration",
    "hasTechnicalOrganisationalMeasure": "dpv:hasTechnicalOrganisationalMeasure",
    "value": {"@id": "rdf:value", "@type": "xsd:duration"},
    "label": "rdfs:label",
    "comment": "rdfs:comment",
    "seeAlso": {"@id": "rdfs:seeAlso", "@type": "@id"},
    "identifier": "dct:identifier",
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
_PUBLISHER_RELATIONS = {
    Role.SUBPROCESSOR: "hasDataProcessor",
    Role.AFFILIATE: "hasDataProcessor",
    Role.PROCESSOR: "hasDataController",
}
"""What the publisher is in a process, where it follows from the role of the service."""
_EXPRESSED_FIELDS = {
    "role",
    "sees",
    "never_sees",
    "subjects",
    "processing",
    "transfer",
    "entity.name",
    "entity.address",
    "entity.country",
    "entity.parent",
    "onward",
    "retention",
    "certifications",
    "contact",
}
"""Fields that have terms, or comments of their own; every other fact is a comment with its label."""


_USUAL_USE = (Activation.ALWAYS, None)


class _LawTerms(NamedTuple):
    """What the vocabulary has for a law.

    Attributes:
        prefix: the prefix of its legal bases, which is the key of the law.
        namespace: where the legal bases are; empty if there are none.
        law: the term of the law itself; empty if there is none.
        terms: the legal bases by article.
    """

    prefix: str
    namespace: str
    law: str
    terms: Mapping[str, str]


@cache
def _load_law_terms() -> dict[str, _LawTerms]:
    rows = data_files.read("dpv.yaml")
    return {
        key: _LawTerms(key, row.get("namespace", ""), row.get("law", ""), row.get("terms", {}))
        for key, row in rows.items()
    }


def render(export: Export) -> bytes:
    """Return the list as JSON-LD.

    Facts without a term of the vocabulary (promises, possible contents, conditions) are comments.
    """
    model = export.registry.model
    laws = _find_law_terms(model.law)
    record = {
        "@context": _CONTEXT | {each.prefix: each.namespace for each in laws if each.namespace},
        "@id": build_uuid_urn(export.registry.sha256),
        "@type": "dpv:DataProcessingRecord",
        "publisher": _build_publisher(export),
        "version": model.version,
        "issued": model.date.isoformat(),
        "hasApplicableLaw": [each.law for each in laws if each.law],
        "hasProcess": [_build_process(export, key, service) for key, service in export.services.items()],
    }
    return json.render(_drop_empty(record)).encode()


def _drop_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value}


def _build_id(export: Export, part: str) -> str:
    """Return the id of a part of a list: two publishers may have services with the same id."""
    if export.url:
        return f"{export.url.partition('#')[0]}#{part}"
    return build_uuid_urn(build_list_urn(export.registry.model.publisher), part)


def _build_publisher(export: Export) -> dict[str, Any]:
    model = export.registry.model
    contacts = model.contacts
    privacy = contacts.privacy if contacts else None
    return _drop_empty(
        {
            "@id": _build_id(export, "publisher/"),  # no service has an id with a slash
            "@type": ["dpv:Organisation", *_find_publisher_roles(export)],
            "hasName": model.publisher,
            "hasAddress": privacy and privacy.address,
            "hasContact": privacy and privacy.mail,
            "hasDataProtectionOfficer": contacts and _build_contact("DataProtectionOfficer", contacts.dpo),
            "hasRepresentative": contacts and _build_contact("Representative", contacts.representative),
        }
    )


def _find_publisher_roles(export: Export) -> list[str]:
    relations = {_PUBLISHER_RELATIONS.get(service.role) for service in export.services.values()}
    return sorted(f"dpv:{relation.removeprefix('has')}" for relation in relations if relation)


def _build_contact(kind: str, contact: Contact | None) -> dict[str, Any]:
    if contact is None:
        return {}
    return _drop_empty(
        {
            "@type": f"dpv:{kind}",
            "hasName": contact.name,
            "hasAddress": contact.address,
            "hasContact": contact.mail,
        }
    )


def _build_process(export: Export, key: str, service: Service) -> dict[str, Any]:
    wording = PageWording(export.registry, ENGLISH)
    entity = "hasThirdParty" if service.role is Role.VENDOR else "hasRecipient"
    onward = [{"@type": "dpv:Recipient", "hasName": name} for name in service.onward]
    recipients = [_build_entity(export, key, service), *onward]
    process: dict[str, Any] = {
        "@id": _build_id(export, key),
        "@type": "dpv:Process",
        "identifier": key,
        "label": service.name,
        entity: recipients if onward else recipients[0],
        "hasPurpose": [*_iter_purposes(service)],
        "hasPersonalData": [*dict.fromkeys(_iter_data(service))],
        "hasDataSubject": [{"@type": "dpv:DataSubject", "label": each} for each in service.subjects],
        "hasLocation": [*_iter_locations(export, service)],
        "hasLegalBasis": [*_iter_legal_bases(export, service)],
        "hasStorageCondition": _build_retention(service),
        "hasTechnicalOrganisationalMeasure": [
            {"@type": "dpv:Certification", "label": each} for each in service.certifications
        ],
        "comment": [*_iter_comments(export, wording, service)],
    }
    if service.role in _PUBLISHER_RELATIONS:
        process[_PUBLISHER_RELATIONS[service.role]] = _build_id(export, "publisher/")
    return _drop_empty(process)


def _build_entity(export: Export, key: str, service: Service) -> dict[str, Any]:
    entity = service.entity or Entity()
    parent = {
        "@type": "dpv:Organisation",
        "hasName": entity.parent,
        "hasCountry": entity.parent_country and f"loc:{entity.parent_country}",
    }
    return _drop_empty(
        {
            "@id": _build_id(export, f"{key}/entity"),
            "@type": [_ROLES[service.role], "dpv:Organisation"] if entity.parent else _ROLES[service.role],
            "hasName": entity.name,
            "hasAddress": entity.address,
            "hasCountry": entity.country and f"loc:{entity.country}",
            "isSubsidiaryOf": _drop_empty(parent) if entity.parent else None,
            "hasContact": service.contact,
            "seeAlso": [*_iter_links(service)],
        }
    )


def _iter_links(service: Service) -> Iterator[str]:
    links = service.links or Links()
    yield from (url for name in Links.model_fields if (url := getattr(links, name)) and is_address(url))


def _iter_purposes(service: Service) -> Iterator[Any]:
    """Yield the purpose as the list words it, and the terms with the meaning of the types of the service."""
    if service.purpose:
        texts = [
            {"@value": text, "@language": language} for language, text in service.purpose_by_language.items()
        ]
        yield {"@type": "dpv:Purpose", "label": texts or service.purpose}
    for key in service.service_type:
        if term := load_service_types()[key].dpv:
            yield f"dpv:{term}"


def _build_retention(service: Service) -> dict[str, Any]:
    days = service.retention_days
    duration = {"@type": "dpv:TemporalDuration", "value": f"P{days}D"} if days is not None else None
    condition = _drop_empty({"label": service.retention, "hasDuration": duration})
    return {"@type": "dpv:StorageDuration", **condition} if condition else {}


def _find_law_terms(laws: Iterable[str]) -> list[_LawTerms]:
    known = _load_law_terms()
    return [known[law] for law in laws if law in known]


def _iter_terms(export: Export, service: Service) -> Iterator[tuple[int, str]]:
    """Yield the terms for what the laws of the list accept, with the position of each stated basis."""
    for known in _find_law_terms(export.registry.model.law):
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
        if found and not access.when and not access.products:
            yield found.replace(_DPV, "dpv:").replace("https://w3id.org/dpv/pd#", "pd:")


def _iter_locations(export: Export, service: Service) -> Iterator[Any]:
    """Yield the places, except unknown ones, alternatives and places under a condition.

    The vocabulary has a term for each country, the Union and the Economic Area; other regions have a label.
    """
    known = {*load_country_codes(), "EU", "EEA"}
    for processing in service.processing:
        if len(processing.place) == 1 and not processing.when and not processing.products:
            (place,) = processing.place
            if place == UNKNOWN:
                continue
            label = export.registry.gazetteer.get_label(place)
            yield f"loc:{place}" if place in known else {"@type": "dpv:Location", "label": label}


def _iter_comments(export: Export, wording: PageWording, service: Service) -> Iterator[str]:
    registry, formatter = wording.registry, wording.formatter
    if not service.sees and not service.never_sees:
        yield "the list does not state which data it sees"
    if not service.processing:
        yield "the list states no place of processing"
    for access in service.sees:
        statement, label = formatter.format_statement(registry, access), wording.format_category(access.data)
        has_term = find_counterpart(access.data).dpv and not registry.category_tree[access.data].own
        if statement != label or not has_term:
            yield f"sees: {statement}"
    if service.never_sees:
        yield f"listed as never seeing: {formatter.format_never_sees(registry, service)}"
    for place in service.processing:
        if len(place.place) > 1 or UNKNOWN in place.place or place.model_fields_set - {"place"}:
            yield f"processes in: {formatter.format_processing(registry, place)}"
    yield from _iter_transfer_comments(export, wording, service)
    for fact in iter_service_facts(wording, service, export.as_of):
        is_said = fact.field in _EXPRESSED_FIELDS or fact.are_links or is_internal(fact.field)
        if not (is_said or _is_implied(service, fact.field)):
            yield f"{fact.label}: {'; '.join(fact.values)}"


def _iter_transfer_comments(export: Export, wording: PageWording, service: Service) -> Iterator[str]:
    """Yield the bases, unless the terms say all of them: no basis has details, and no other law counts."""
    registry, transfers = wording.registry, wording.formatter.transfers
    asserted = {position for position, _ in _iter_terms(export, service)}
    details = any(transfer.model_fields_set != {"basis"} for transfer in service.transfer)
    if details or len(asserted) < len(service.transfer) or len(registry.model.law) > 1:
        for text in transfers.format_bases(registry, service, registry.model.law, export.as_of):
            yield f"transfer basis: {text}"


def _is_implied(service: Service, field: str) -> bool:
    """Return whether a comment on a field would add nothing."""
    if field == "service_type":
        return all(load_service_types()[key].dpv for key in service.service_type)
    return field == "activation" and (service.activation, service.condition) == _USUAL_USE
