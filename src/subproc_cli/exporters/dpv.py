"""The list in the W3C Data Privacy Vocabulary, as JSON-LD: https://w3id.org/dpv (version 2.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from subproc_cli.describe.statements import EU_GDPR, named_bases
from subproc_cli.describe.wording import Wording
from subproc_cli.enums import Basis, Language, Regime, Role
from subproc_cli.exporters.exporter import Export
from subproc_cli.output import json
from subproc_cli.reference.categories import counterpart
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

    What the vocabulary has no term for (promises, possible contents, conditions) stands in comments.
    """
    about = export.about.registry
    record = {
        "@context": _CONTEXT,
        "@id": f"urn:subproc:list:{export.about.sha256}",
        "@type": "dpv:RecordOfDataProcessing",
        "publisher": about.publisher,
        "version": about.version,
        "issued": about.date.isoformat(),
        "hasProcess": [_process(export, key, service) for key, service in export.services.items()],
    }
    return json.render(record).encode()


def _process(export: Export, key: str, service: Service) -> dict[str, Any]:
    data = dict.fromkeys(_data(service))
    wording = Wording(export.about, Language.EN)
    process: dict[str, Any] = {
        "@id": f"urn:subproc:service:{key}",
        "@type": "dpv:Process",
        "label": service.name,
        "hasRecipient": _recipient(key, service),
    }
    optional = {
        "hasPurpose": service.purpose and {"@type": "dpv:Purpose", "label": service.purpose},
        "hasPersonalData": list(data),
        "hasDataSubject": [{"@type": "dpv:DataSubject", "label": each} for each in service.subjects],
        "hasLocation": [*_locations(export, service)],
        "hasLegalBasis": [*_grounds(export, service)],
        "comment": [*_comments(wording, service, export.day)],
    }
    return process | {name: value for name, value in optional.items() if value}


def _grounds(export: Export, service: Service) -> Iterator[str]:
    """Yield the grounds of the GDPR, where the list is under it and it knows the stated basis there."""
    if Regime.EU_GDPR in export.about.registry.law:
        named = named_bases(export.about, service, Regime.EU_GDPR, export.day)
        stated = (given.basis for given in service.transfer if given.basis in named)
        yield from dict.fromkeys(_BASES[basis] for basis in stated if basis in _BASES)


def _data(service: Service) -> Iterator[str]:
    for said in service.sees:
        found = counterpart(said.data).dpv
        if found:
            yield found.replace(_DPV, "dpv:").replace("https://w3id.org/dpv/pd#", "pd:")


def _recipient(key: str, service: Service) -> dict[str, Any]:
    entity = service.entity or Entity()
    found: dict[str, Any] = {"@id": f"urn:subproc:entity:{key}", "@type": _ROLES[service.role]}
    known = {"hasName": entity.name, "hasAddress": entity.address, "hasContact": service.contact}
    return found | {name: value for name, value in known.items() if value}


def _locations(export: Export, service: Service) -> Iterator[dict[str, Any]]:
    for said in service.processing:
        for place in said.place:
            kind = "dpv:Region" if place in export.about.gazetteer.regions else "dpv:Country"
            label = export.about.gazetteer.label(place)
            yield {"@type": "dpv:Location" if place == WORLDWIDE else kind, "label": label}


def _comments(wording: Wording, service: Service, day: date) -> Iterator[str]:
    about, say = wording.about, wording.say
    if not service.sees and not service.never_sees:
        yield "the list does not state which data it sees"
    if not service.processing:
        yield "the list states no place of processing"
    for said in service.sees:
        told, label = say.statement(about, said), wording.category(said.data)
        if told != label or about.tree[said.data].own or not counterpart(said.data).dpv:
            yield f"sees: {told}"
    if service.never_sees:
        yield f"promised never to see: {say.never(about, service)}"
    for place in service.processing:
        if place.when or place.how or place.note or len(place.place) > 1:
            yield f"processes in: {say.processing(about, place)}"
    laws = about.registry.law
    named = named_bases(about, service, Regime.EU_GDPR, day) if laws == EU_GDPR else frozenset()
    left = tuple(
        given
        for given in service.transfer
        if given.until or given.note or given.basis not in _BASES or given.basis not in named
    )
    for text in say.bases(about, service.model_copy(update={"transfer": left}), laws, day):
        yield f"transfer basis: {text}"
