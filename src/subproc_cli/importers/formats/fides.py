"""Imports a Fides manifest: its systems, with the data categories of Fideslang."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.models import Cell, RawService, RawTable
from subproc_cli.reference.categories import find_counterpart, load_category_tree

_RENAMED = {"description": "purpose", "fides_key": "id"}


def is_manifest(data: Any) -> bool:
    """Return whether plain data is a Fides manifest."""
    return isinstance(data, dict) and isinstance(data.get("system"), list)


def parse_manifest(data: Mapping[str, Any]) -> RawTable:
    """Return the systems of a manifest as services."""
    systems = [each for each in data["system"] if isinstance(each, dict)]
    skipped = [
        line
        for key, value in data.items()
        if key != "system"
        for line in objects.iter_value_lines(value, key)
    ]
    skipped += [objects.format_value(each) for each in data["system"] if not isinstance(each, dict)]
    sources = _find_sources(systems)
    services = [each for each in systems if each.get("fides_key") not in sources]
    skipped += [objects.format_value(each) for each in systems if each.get("fides_key") in sources]
    entries = tuple(RawService(tuple(_cells(system))) for system in services)
    return RawTable(entries, tuple(skipped), is_sure=True)


def _find_sources(systems: list[dict[str, Any]]) -> set[str]:
    """Return the keys of systems that only pass data on to others: those of the publisher, not services."""
    flows = [flow for each in systems for flow in each.get("ingress") or () if isinstance(flow, dict)]
    named = {str(flow.get("fides_key")) for flow in flows}
    return {
        str(each["fides_key"])
        for each in systems
        if str(each.get("fides_key")) in named
        and not each.get("ingress")
        and not each.get("privacy_declarations")
    }


def _cells(system: dict[str, Any]) -> Iterator[Cell]:
    yield Cell("name", objects.format_value(system.get("name") or system.get("fides_key")))
    for key, value in system.items():
        if key == "privacy_declarations" and isinstance(value, list):
            for declaration in value:
                yield from _declared(declaration)
        elif key == "ingress" and isinstance(value, list):
            for flow in value:
                yield from _received(flow)
        elif key != "name":
            for cell in objects.iter_cells({key: value}):
                yield cell._replace(label=_RENAMED.get(cell.label, cell.label))


def _declared(declaration: Any) -> Iterator[Cell]:
    if not isinstance(declaration, dict):
        yield Cell("privacy_declarations", objects.format_value(declaration))
        return
    for key, value in declaration.items():
        if key == "data_categories" and isinstance(value, list):
            for category in value:
                yield _category(objects.format_value(category))
        elif key == "data_subjects":
            yield Cell("subjects", objects.format_value(value))
        else:
            yield Cell(f"privacy_declarations.{key}", objects.format_value(value))


def _received(flow: Any) -> Iterator[Cell]:
    """Yield the data that a system receives from other systems."""
    if not isinstance(flow, dict):
        yield Cell("ingress", objects.format_value(flow))
        return
    for key, value in flow.items():
        if key == "data_categories" and isinstance(value, list):
            for category in value:
                yield _category(objects.format_value(category))
        else:
            yield Cell(f"ingress.{key}", objects.format_value(value))


def _category(key: str) -> Cell:
    """Return a category by our own key; a guess where several of ours share the counterpart."""
    known = _ours().get(key, [])
    if not known:
        return Cell("privacy_declarations.data_categories", key)
    return Cell("sees", known[0], guessed=len(known) > 1)


@cache
def _ours() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for category in load_category_tree():
        found.setdefault(find_counterpart(category.key).fideslang, []).append(category.key)
    return found
