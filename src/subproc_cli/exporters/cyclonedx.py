"""The list as a CycloneDX 1.6 bill of materials of services (SaaSBOM): https://cyclonedx.org/docs/1.6/json/."""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.tabular import COLUMNS, build_row
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output import json
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.models import Service
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
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, export.registry.sha256)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{model.date.isoformat()}T00:00:00Z",
            "tools": {"components": [{"type": "application", "name": "subproc", "version": __version__}]},
            "properties": [
                {"name": "subproc:publisher", "value": model.publisher},
                {"name": "subproc:version", "value": model.version},
            ],
        },
        "services": [_build_service(export, key, service) for key, service in export.services.items()],
    }
    return json.render(bill).encode()


def _build_service(export: Export, key: str, service: Service) -> dict[str, Any]:
    entity = service.entity
    website = service.links.website if service.links else None
    named = {"name": entity.name} if entity and entity.name else {}
    web = {"url": [website]} if website and website.startswith("https://") else {}
    found: dict[str, Any] = {"bom-ref": key, "name": service.name}
    optional = {
        "provider": named | web,
        "group": service.group,
        "description": service.purpose,
        "x-trust-boundary": True,
        "data": [*_iter_data(export, service)],
        "properties": [*_iter_properties(key, service)],
    }
    return found | {name: value for name, value in optional.items() if value}


def _iter_data(export: Export, service: Service) -> Iterator[dict[str, Any]]:
    for access in service.sees:
        label = export.registry.category_tree[access.data].label
        details = [
            access.extent == "partial" and "in part",
            access.when and f"when {access.when}",
            access.note,
        ]
        text = "; ".join(each for each in details if each)
        flow = {"flow": "unknown", "classification": _classify_data(export, access.data), "name": access.data}
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
