"""The list as a Fides manifest: a system for each service, its data in Fideslang (Ethyca, CC BY 4.0)."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Role
from subproc_cli.evaluation.data_access import category_of, personal_of
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import iter_service_facts, list_missing_facts
from subproc_cli.exporters.onward import index_by_name, iter_recipients
from subproc_cli.exporters.published import is_address
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output.sanitize import replace_line_breaks, sanitize_quoted
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.reference.law_facts import BasisKind
from subproc_cli.reference.service_types import get_type_label, load_service_types
from subproc_cli.registry.internal import find_hidden_fields
from subproc_cli.registry.models import Entity, Links, Service
from subproc_cli.text import strip_accents
from subproc_cli.yaml.builder import resolve_scalar
from subproc_cli.yaml.libyaml import SafeDumper, yaml

_HEADER = (
    "# Data categories and uses are the nearest ones of Fideslang (Ethyca, CC BY 4.0). A system has a\n"
    "# declaration if the list states exactly one type of the service, and Fideslang has a use for it.\n"
    "# The descriptions contain everything that is stated, a line each. What is not stated or not known\n"
    "# is left out: Fides then has a default, which is not a statement of the list.\n"
)
_INVALID_KEY_CHARACTERS = re.compile(r"[^A-Za-z0-9_.-]+")
"""What a key of Fideslang cannot hold."""
_RESPONSIBILITIES = {
    Role.SUBPROCESSOR: "Sub-Processor",
    Role.AFFILIATE: "Sub-Processor",
    Role.PROCESSOR: "Processor",
    Role.CONTROLLER: "Controller",
}
_TRANSFER_BASES = {"scc": "SCCs", "bcr": "BCRs"}
"""What Fideslang calls the bases that it knows by name, by the word of a list."""
_ANSWERS = {Verdict.YES: True, Verdict.NO: False}


def render(export: Export) -> bytes:
    """Return the manifest."""
    builder = _ManifestBuilder(export)
    text = yaml.dump(builder.build(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"{_HEADER}{_escape_manifest(text)}".encode()


class _Dumper(SafeDumper):
    """Writes texts of several lines as blocks, and quotes texts that YAML 1.2 reads as something else: 1e3.

    In quotes is also what holds a deceiving character, which can be escaped only there.
    """


def _represent_text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None if resolve_scalar(text) == text else '"'
    if any(sanitize_quoted(line) != line for line in text.split("\n")):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _escape_manifest(manifest: str) -> str:
    """Return a manifest with the deceiving characters escaped that the library writes as they are."""
    return "\n".join(map(sanitize_quoted, manifest.split("\n")))


class _ManifestBuilder:
    """Builds the systems of a list, and the data subjects that they refer to."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._wording = PageWording(export.registry, ENGLISH)
        self._classifier = RegionClassifier(export.registry, export.as_of)
        self._keys = {key: _build_system_key(key) for key in export.services}
        self._publisher = _build_publisher_key(export, self._keys.values())
        self._keys_by_name = index_by_name(export.services)
        self._subjects: dict[str, str] = {}

    def build(self) -> dict[str, Any]:
        """Return the manifest, in which every key that is referred to is defined."""
        systems = [self._build_system(key, service) for key, service in self._export.services.items()]
        publisher = {
            "fides_key": self._publisher,
            "name": replace_line_breaks(self._export.registry.model.publisher),
            "description": "The publisher of the list",
            "system_type": "Application",
            "privacy_declarations": [],
        }
        subjects = [{"fides_key": key, "name": name} for key, name in self._subjects.items()]
        sources = [publisher] if any("ingress" in each for each in systems) else []
        return {"system": [*systems, *sources]} | ({"data_subject": subjects} if subjects else {})

    def _build_system(self, key: str, service: Service) -> dict[str, Any]:
        categories = [*dict.fromkeys(_iter_categories(service))]
        ingress = {"fides_key": self._publisher, "type": "system", "data_categories": categories}
        system: dict[str, Any] = {
            "fides_key": self._keys[key],
            "name": replace_line_breaks(service.name),
            "description": "\n".join(map(replace_line_breaks, self._iter_description_lines(key, service))),
            "system_type": "Service",
            **self._build_facts(key, service),
            "ingress": [ingress] if categories else None,
            "egress": self._build_egress(service),
            "privacy_declarations": [*self._iter_declarations(service, categories)],
        }
        return {name: value for name, value in system.items() if value not in (None, "")}

    def _build_facts(self, key: str, service: Service) -> dict[str, Any]:
        """Return the fields with the same meaning as a field of the list; None where it is not known."""
        entity, links = service.entity or Entity(), service.links or Links()
        tree, responsibility = self._export.registry.category_tree, _RESPONSIBILITIES.get(service.role)
        bases = [*dict.fromkeys(self._iter_transfer_bases(service))]
        practices = "; ".join((*service.certifications, *([links.security] if links.security else [])))
        return {
            "legal_name": _to_line(entity.name),
            "legal_address": _to_line(entity.address),
            "dpo": _to_line(service.contact),
            "privacy_policy": links.privacy if links.privacy and is_address(links.privacy) else None,
            "responsibility": [responsibility] if responsibility else None,
            "processes_personal_data": _ANSWERS.get(personal_of(service, tree).verdict),
            "does_international_transfers": _ANSWERS.get(
                self._classifier.evaluate_basis_needed(key, service)
            ),
            "legal_basis_for_transfers": bases or None,
            "data_security_practices": _to_line(practices),
        }

    def _iter_transfer_bases(self, service: Service) -> Iterator[str]:
        """Yield the bases that a law of the list accepts, as Fideslang calls them."""
        registry = self._export.registry
        for law in registry.model.law:
            assessment = assess_service(registry, service, law, self._export.as_of)
            for position, transfer in enumerate(service.transfer):
                rule = assessment.find_rule(position)
                if rule and rule.kind is BasisKind.DECISION:
                    yield "Adequacy Decision"
                elif rule:
                    yield _TRANSFER_BASES.get(transfer.basis, "Other")

    def _build_egress(self, service: Service) -> list[dict[str, str]] | None:
        """Return the systems of the manifest to which a service passes data on."""
        recipients = iter_recipients(service, self._keys_by_name)
        found = dict.fromkeys(self._keys[key] for _, key in recipients if key)
        return [{"fides_key": key, "type": "system"} for key in found] or None

    def _iter_declarations(self, service: Service, categories: list[str]) -> Iterator[dict[str, Any]]:
        """Yield the declaration of a service with one type; with several, the data of each is not known."""
        types = [load_service_types()[key] for key in service.service_type]
        if len(types) != 1 or not types[0].fideslang or not categories:
            return
        special = category_of(service, self._export.registry.category_tree, "special").verdict
        declaration = {
            "name": get_type_label(types[0].key, ENGLISH),
            "data_categories": [*categories],  # YAML would refer to the same list
            "data_use": types[0].fideslang,
            "data_subjects": [self._define_subject(name) for name in service.subjects] or None,
            "ingress": [self._publisher],
            "retention_period": _to_line(service.retention),
            "processes_special_category_data": _ANSWERS.get(special),
            "data_shared_with_third_parties": True if service.onward else None,
            "third_parties": _to_line("; ".join(service.onward)),
        }
        yield {name: value for name, value in declaration.items() if value not in (None, "")}

    def _define_subject(self, name: str) -> str:
        key = _to_key(name)
        self._subjects.setdefault(key, replace_line_breaks(name))
        return key

    def _iter_description_lines(self, key: str, service: Service) -> Iterator[str]:
        wording = self._wording
        hidden = find_hidden_fields(wording.registry.model)
        yield service.purpose or f"Purpose: {wording.format_missing(is_hidden='purpose' in hidden)}"
        for fact in iter_service_facts(wording, service, self._classifier.as_of):
            yield f"{fact.label}: {'; '.join(fact.values)}"
        missing_facts = list_missing_facts(
            wording, service, self._classifier.evaluate_basis_needed(key, service), hidden
        )
        if missing_facts:
            yield f"{wording.format_text('not-stated-title')}: {wording.join_words(missing_facts)}"


def _to_line(text: str | None) -> str | None:
    return replace_line_breaks(text) if text else None


def _iter_categories(service: Service) -> Iterator[str]:
    for access in service.sees:
        found = find_counterpart(access.data).fideslang
        if found:
            yield found


def _build_system_key(key: str) -> str:
    """Return an id as a key; one that cannot be carried gets a mark of its own, whatever else is listed."""
    fit = _to_key(key)
    return key if fit == key else f"{fit}-{_compute_short_hash(key)}"


def _build_publisher_key(export: Export, taken: Iterable[str]) -> str:
    """Return the key of the publisher, which is not that of a service."""
    key = _to_key(export.registry.model.publisher)
    return f"{key}-{_compute_short_hash(key)}" if key in taken else key


def _to_key(text: str) -> str:
    """Return a text as Fideslang can carry it: letters and digits of ASCII, `_`, `.` and `-`."""
    return (
        _INVALID_KEY_CHARACTERS.sub("_", strip_accents(text).lower()).strip("_")
        or f"x{_compute_short_hash(text)}"
    )


def _compute_short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
