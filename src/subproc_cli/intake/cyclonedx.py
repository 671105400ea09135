"""Imports a CycloneDX bill of materials: the services that it lists, with their data."""

from collections.abc import Iterator, Mapping
from typing import Any

from subproc_cli.intake import objects
from subproc_cli.intake.found import ABOVE, Cell, Entry, Found

_RENAMED = {"bom-ref": "id", "description": "purpose", "provider.name": "entity.name", "group": "group"}
_WEB = "provider.url"


def is_bill(data: Any) -> bool:
    """Tell whether plain data is a CycloneDX file."""
    return isinstance(data, dict) and data.get("bomFormat") == "CycloneDX"


def found(data: Mapping[str, Any]) -> Found:
    """Return the services of a bill of materials."""
    skipped = [line for key, value in data.items() if key != "services" for line in objects.lines(value, key)]
    return Found(tuple(_entries(data.get("services"), "")), tuple(skipped))


def _entries(services: Any, above: str) -> Iterator[Entry]:
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict):
            yield Entry((*_cells(service), *([Cell(ABOVE, above)] if above else [])))
            yield from _entries(service.get("services"), objects.text(service.get("name")))


def _cells(service: dict[str, Any]) -> Iterator[Cell]:
    for key, value in service.items():
        if key == "data" and isinstance(value, list):
            yield from (cell for each in value for cell in _data(each))
        elif key == "properties" and isinstance(value, list):
            yield from (cell for each in value for cell in _property(each))
        elif key != "services":
            for cell in objects.cells({key: value}):
                yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[Cell]:
    if cell.label == _WEB:
        yield from (Cell("links.website", url) for url in cell.text.split("; ")[:1] if url)
        yield from (Cell(_WEB, url) for url in cell.text.split("; ")[1:])
    else:
        yield cell._replace(label=_RENAMED.get(cell.label, cell.label))


def _data(each: Any) -> Iterator[Cell]:
    """Yield the data of a flow: its name where it has one, else its classification."""
    if not isinstance(each, dict):
        yield Cell("data", objects.text(each))
        return
    yield Cell("sees", objects.text(each.get("name") or each.get("classification")))
    rest = {key: value for key, value in each.items() if key not in ("name", "classification")}
    if each.get("name"):
        rest["classification"] = each.get("classification")
    yield Cell("data flow", objects.text(rest))


def _property(each: Any) -> Iterator[Cell]:
    if isinstance(each, dict) and each.get("name"):
        yield Cell(objects.text(each["name"]).removeprefix("subproc:"), objects.text(each.get("value")))
    else:
        yield Cell("properties", objects.text(each))
