"""The list as a CycloneDX 1.6 bill of materials of services (SaaSBOM): https://cyclonedx.org/docs/1.6/json/."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.identifiers import build_list_urn, build_uuid_urn
from subproc_cli.exporters.onward import index_by_name, iter_recipients
from subproc_cli.exporters.published import is_address
from subproc_cli.exporters.tabular import COLUMNS, build_row
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.customers import mail_address
from subproc_cli.output import json
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.models import Entity, Links, Service
from subproc_cli.registry.parts import Contact
from subproc_cli.version import __version__

_NATIVE_COLUMNS = frozenset(("id", "name", "purpose", "group", "entity.name"))
"""Columns that have a field of their own in CycloneDX; the others become properties.

`sees` and `links.website` are properties too, because their fields there hold less than all of it.
"""


_ENGLISH = StatementFormatter(ENGLISH)
_SPECIAL = "special category of personal data"


def render(export: Export) -> bytes:
    """Return the bill of materials; facts without a field of CycloneDX are properties `subproc:FIELD`."""
    model = export.registry.model
    subject = build_list_urn(model.publisher)
    privacy = (model.contacts and model.contacts.privacy) or Contact()
    publisher = _build_organization(model.publisher, privacy.address, "", privacy.mail)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": build_uuid_urn(export.registry.sha256),
        "version": 1,
        "metadata": {
            "timestamp": f"{model.date.isoformat()}T00:00:00Z",
            "tools": {"components": [{"type": "application", "name": "subproc", "version": __version__}]},
            "manufacturer": publisher,
            "component": {
                "type": "application",
                "bom-ref": subject,
                "name": model.publisher,
                "version": model.version,
                "description": "The services that the publisher uses; the version is that of the list",
            },
            "properties": [
                {"name": "subproc:publisher", "value": model.publisher},
                {"name": "subproc:version", "value": model.version},
            ],
        },
        "services": [_build_service(export, key, service) for key, service in export.services.items()],
        "dependencies": [{"ref": subject, "dependsOn": [*export.services]}, *_iter_dependencies(export)],
    }
    return json.render(bill).encode()


def _iter_dependencies(export: Export) -> Iterator[dict[str, Any]]:
    """Yield the services that pass data on to others of the list."""
    keys_by_name = index_by_name(export.services)
    for key, service in export.services.items():
        found = dict.fromkeys(listed for _, listed in iter_recipients(service, keys_by_name) if listed)
        if found:
            yield {"ref": key, "dependsOn": [*found]}


def _build_service(export: Export, key: str, service: Service) -> dict[str, Any]:
    entity, links = service.entity or Entity(), service.links or Links()
    found: dict[str, Any] = {"bom-ref": key, "name": service.name}
    optional = {
        "provider": _build_organization(
            entity.name, entity.address, entity.country, service.contact, links.website
        ),
        "group": service.group,
        "description": service.purpose,
        "x-trust-boundary": True,
        "data": [*_iter_data(export, service)],
        "externalReferences": [*_iter_references(links)],
        "properties": [*_iter_properties(key, service)],
    }
    return found | {name: value for name, value in optional.items() if value}


def _build_organization(
    name: str | None,
    address: str | None,
    country: str | None,
    contact: str | None,
    website: str | None = None,
) -> dict[str, Any]:
    """Return a company; the address of a list is one text, which CycloneDX has as a street address."""
    postal = {"country": country, "streetAddress": address}
    found = {
        "name": name,
        "address": {key: value for key, value in postal.items() if value},
        "url": [website] if website and is_address(website) else [],
        "contact": [{"email": contact}] if contact and mail_address.is_address(contact) else [],
    }
    return {key: value for key, value in found.items() if value}


def _iter_references(links: Links) -> Iterator[dict[str, str]]:
    """Yield the pages of a service; CycloneDX has a type for the website only."""
    for name in Links.model_fields:
        url = getattr(links, name)
        if url and is_address(url):
            kind = {"type": "website"} if name == "website" else {"type": "other"}
            yield {"url": url, **kind, "comment": _ENGLISH.catalogue.text(f"link.{name}")}


def _iter_data(export: Export, service: Service) -> Iterator[dict[str, Any]]:
    for access in service.sees:
        label = export.registry.category_tree[access.data].label
        details = [
            access.extent == "partial" and "in part",
            access.when and f"when {access.when}",
            access.note,
        ]
        text = "; ".join(each for each in details if each)
        flow = {"flow": "inbound", "classification": _classify_data(export, access.data), "name": access.data}
        yield flow | {"description": f"{label}: {text}" if text else label}


def _classify_data(export: Export, key: str) -> str:
    category = export.registry.category_tree[key]
    laws = (load_law(law) for law in export.registry.model.law)
    found = [
        _SPECIAL if provision.key == "special" else _ENGLISH.transfers.name_provision(law.key, provision)
        for law in laws
        for provision in law.find_sensitive(key, export.as_of)
    ]
    if found:
        return "; ".join(dict.fromkeys(found))
    return {"yes": "personal data", "no": "no personal data"}.get(category.personal, "possibly personal data")


def _iter_properties(key: str, service: Service) -> Iterator[dict[str, str]]:
    for column, cell in zip(COLUMNS, build_row(key, service), strict=True):
        if cell and column not in _NATIVE_COLUMNS:
            yield {"name": f"subproc:{column}", "value": cell}
