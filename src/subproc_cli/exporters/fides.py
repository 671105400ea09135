"""The list as a Fides manifest: a system for each service, its data in Fideslang (Ethyca, CC BY 4.0)."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import Language
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import missing, told
from subproc_cli.exporters.regions import Sides
from subproc_cli.output.sanitize import on_one_line, quoted
from subproc_cli.reference.categories import counterpart
from subproc_cli.registry.models import Service
from subproc_cli.text import unaccented
from subproc_cli.yaml.builder import core
from subproc_cli.yaml.libyaml import yaml

_HEAD = (
    "# Data categories are the nearest ones of Fideslang (Ethyca, CC BY 4.0). The descriptions say in full\n"
    "# what is stated, a line each. A list does not state uses of data: they are essential.service here.\n"
)
_USE = "essential.service"
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
"""What a key of Fideslang cannot hold."""


def render(export: Export) -> bytes:
    """Return the manifest."""
    wording, sides = Wording(export.about, Language.EN), Sides(export.about, export.day)
    systems = [_system(wording, sides, key, service) for key, service in export.services.items()]
    text = yaml.dump({"system": systems}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"{_HEAD}{_with_escapes(text)}".encode()


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes texts of several lines as they are, and in quotes what is no text to YAML 1.2, such as 1e3.

    In quotes is also what holds a deceiving character, which can be escaped only there.
    """


def _text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None if core(text) == text else '"'
    if any(quoted(line) != line for line in text.split("\n")):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _with_escapes(manifest: str) -> str:
    """Return a manifest with the deceiving characters escaped that the library writes as they are."""
    return "\n".join(map(quoted, manifest.split("\n")))


def _system(wording: Wording, sides: Sides, key: str, service: Service) -> dict[str, Any]:
    categories = [*dict.fromkeys(_categories(service))]
    system: dict[str, Any] = {
        "fides_key": _system_key(key),
        "name": on_one_line(service.name),
        "description": "\n".join(map(on_one_line, _described(wording, sides, key, service))),
        "system_type": "Service",
        "administrating_department": on_one_line(wording.about.registry.publisher),
        "privacy_declarations": [],
    }
    if categories:
        declaration = {"name": on_one_line(service.purpose or service.name), "data_use": _USE}
        subjects = [*dict.fromkeys(map(_key, service.subjects))]
        declared = declaration | {"data_categories": categories, "data_subjects": subjects}
        system["privacy_declarations"] = [declared]
    return system


def _categories(service: Service) -> Iterator[str]:
    for said in service.sees:
        found = counterpart(said.data).fideslang
        if found:
            yield found


def _described(wording: Wording, sides: Sides, key: str, service: Service) -> Iterator[str]:
    yield service.purpose or "Purpose: not stated"
    for fact in told(wording, service, sides.day):
        yield f"{fact.label}: {'; '.join(fact.values)}"
    lacking = missing(wording, service, sides.asks(key, service))
    if lacking:
        yield f"{wording.text('not_stated_title')}: {wording.listed(lacking)}"


def _system_key(key: str) -> str:
    """Return an id as a key; one that cannot be carried gets a mark of its own, whatever else is listed."""
    fit = _key(key)
    return key if fit == key else f"{fit}-{_mark(key)}"


def _key(text: str) -> str:
    """Return a text as Fideslang can carry it: letters and digits of ASCII, `_`, `.` and `-`."""
    return _UNFIT.sub("_", unaccented(text).lower()).strip("_") or f"x{_mark(text)}"


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
