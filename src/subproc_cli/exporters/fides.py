"""The list as a Fides manifest: a system for each service, its data in Fideslang (Ethyca, CC BY 4.0)."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import iter_service_facts, list_missing_facts
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output.sanitize import replace_line_breaks, sanitize_quoted
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.registry.internal import find_hidden_fields
from subproc_cli.registry.models import Service
from subproc_cli.text import strip_accents
from subproc_cli.yaml.builder import resolve_scalar
from subproc_cli.yaml.libyaml import yaml

_HEADER = (
    "# Data categories are the nearest ones of Fideslang (Ethyca, CC BY 4.0). The descriptions say in full\n"
    "# what is stated, a line each. A list states no uses of data in the words of Fideslang, so there is no\n"
    "# declaration: the data is what the system gets from the publisher.\n"
)
_INVALID_KEY_CHARACTERS = re.compile(r"[^A-Za-z0-9_.-]+")
"""What a key of Fideslang cannot hold."""


def render(export: Export) -> bytes:
    """Return the manifest."""
    wording, classifier = (
        PageWording(export.registry, ENGLISH),
        RegionClassifier(export.registry, export.as_of),
    )
    systems = [_build_system(wording, classifier, key, service) for key, service in export.services.items()]
    text = yaml.dump({"system": systems}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"{_HEADER}{_escape_manifest(text)}".encode()


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
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


def _build_system(
    wording: PageWording, classifier: RegionClassifier, key: str, service: Service
) -> dict[str, Any]:
    categories = [*dict.fromkeys(_iter_categories(service))]
    system: dict[str, Any] = {
        "fides_key": _build_system_key(key),
        "name": replace_line_breaks(service.name),
        "description": "\n".join(
            map(replace_line_breaks, _iter_description_lines(wording, classifier, key, service))
        ),
        "system_type": "Service",
        "administrating_department": replace_line_breaks(wording.registry.model.publisher),
        "privacy_declarations": [],
    }
    if categories:
        publisher = {"fides_key": _to_key(wording.registry.model.publisher), "type": "system"}
        system["ingress"] = [publisher | {"data_categories": categories}]
    return system


def _iter_categories(service: Service) -> Iterator[str]:
    for access in service.sees:
        found = find_counterpart(access.data).fideslang
        if found:
            yield found


def _iter_description_lines(
    wording: PageWording, classifier: RegionClassifier, key: str, service: Service
) -> Iterator[str]:
    hidden = find_hidden_fields(wording.registry.model)
    yield service.purpose or f"Purpose: {wording.format_missing(is_hidden='purpose' in hidden)}"
    for fact in iter_service_facts(wording, service, classifier.as_of):
        yield f"{fact.label}: {'; '.join(fact.values)}"
    missing_facts = list_missing_facts(
        wording, service, classifier.evaluate_basis_needed(key, service), hidden
    )
    if missing_facts:
        yield f"{wording.format_text('not-stated-title')}: {wording.join_words(missing_facts)}"


def _build_system_key(key: str) -> str:
    """Return an id as a key; one that cannot be carried gets a mark of its own, whatever else is listed."""
    fit = _to_key(key)
    return key if fit == key else f"{fit}-{_compute_short_hash(key)}"


def _to_key(text: str) -> str:
    """Return a text as Fideslang can carry it: letters and digits of ASCII, `_`, `.` and `-`."""
    return (
        _INVALID_KEY_CHARACTERS.sub("_", strip_accents(text).lower()).strip("_")
        or f"x{_compute_short_hash(text)}"
    )


def _compute_short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
