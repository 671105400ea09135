"""Imports a CycloneDX bill of materials: the services that it lists, with their data.

A bill that `subproc export cyclonedx` wrote has properties of its own, `subproc:FIELD`, whose values are
taken as they are; what that export says a second time in the words of CycloneDX is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.models import ABOVE, Cell, RawService, RawTable
from subproc_cli.importers.text import values

_RENAMED = {"bom-ref": "id", "description": "purpose", "provider.name": "entity.name"}
_OWN = "subproc:"
_BOUNDARY = "x-trust-boundary"
_REPEATED_PARTS = frozenset(("dependencies", "externalReferences"))
"""Parts of a bill and of its services that repeat properties `subproc:FIELD`."""
_REPEATED_OF_PROVIDER = frozenset(("address", "contact"))
_FLOWS = ("inbound", "unknown")
_REPEATED = frozenset(("flow", "classification", "name", "description"))
"""The text of an export for data whose statement is in the property `subproc:sees`."""


def is_bill(data: Any) -> bool:
    """Return whether plain data is a CycloneDX file."""
    return isinstance(data, dict) and data.get("bomFormat") == "CycloneDX"


def parse_bill(data: Mapping[str, Any]) -> RawTable:
    """Return the services of a bill of materials."""
    ours = bool(_own(data.get("metadata")))
    services = [*_services(data.get("services"), "", ours=ours)]
    repeated = ("component", "manufacturer") if ours else ()
    metadata = data.get("metadata")
    if isinstance(metadata, dict):
        data = {**data, "metadata": {key: value for key, value in metadata.items() if key not in repeated}}
    skipped = [
        line
        for key, value in data.items()
        if key != "services" and not (ours and key in _REPEATED_PARTS)
        for line in objects.iter_value_lines(value, key)
    ]
    skipped += [each for each in services if isinstance(each, str)]
    entries = tuple(each for each in services if isinstance(each, RawService))
    return RawTable(entries, tuple(skipped), is_sure=True)


def _services(services: Any, above: str, *, ours: bool) -> Iterator[RawService | str]:
    """Yield services with the nested ones, and anything else among them as a line."""
    for service in services if isinstance(services, list) else [services]:
        if isinstance(service, dict):
            yield RawService((*_cells(service, ours=ours), *([Cell(ABOVE, above)] if above else [])))
            yield from _services(
                service.get("services"), objects.format_value(service.get("name")), ours=ours
            )
        else:
            yield from objects.iter_value_lines(service, "services")


def _own(holder: Any) -> dict[str, str]:
    """Return the properties `subproc:FIELD` of a bill or a service, by field."""
    properties = holder.get("properties") if isinstance(holder, dict) else None
    return {
        name.removeprefix(_OWN): objects.format_value(each.get("value"))
        for each in (properties if isinstance(properties, list) else ())
        if isinstance(each, dict) and (name := objects.format_value(each.get("name"))).startswith(_OWN)
    }


def _cells(service: dict[str, Any], *, ours: bool) -> Iterator[Cell]:
    stated = values.split_export_values(_own(service).get("sees", ""))
    for key, value in service.items():
        if ours and key in _REPEATED_PARTS:
            continue
        if key == "data" and isinstance(value, list):
            yield from (cell for each in value for cell in (_beside(each, stated) if stated else _data(each)))
        elif key == "properties" and isinstance(value, list):
            yield from (cell for each in value for cell in _property(each))
        elif key == "provider" and isinstance(value, dict):
            yield from (cell._replace(exact=ours) for cell in _provider(value, ours=ours))
        elif key != "services" and not (ours and (key, value) == (_BOUNDARY, True)):
            for cell in objects.iter_cells({key: value}):
                yield cell._replace(label=_RENAMED.get(cell.label, cell.label), exact=ours)


def _provider(provider: dict[str, Any], *, ours: bool) -> Iterator[Cell]:
    """Yield what is stated about a provider; the first of its addresses is its website."""
    urls = provider.get("url")
    for at, url in enumerate(urls if isinstance(urls, list) else [urls]):
        yield Cell("provider.url" if at else "links.website", objects.format_value(url))
    left_out = {"url"} | (_REPEATED_OF_PROVIDER if ours else set())
    rest = {key: value for key, value in provider.items() if key not in left_out}
    for cell in objects.iter_cells({"provider": rest}):
        yield cell._replace(label=_RENAMED.get(cell.label, cell.label))


def _beside(each: Any, stated: list[Any]) -> Iterator[Cell]:
    """Yield data without a statement in the property `subproc:sees`, for the notes."""
    known = [said.get("data") if isinstance(said, dict) else said for said in stated]
    repeated = isinstance(each, dict) and each.keys() <= _REPEATED and each.get("flow") in _FLOWS
    if not repeated or each.get("name") not in known:
        yield Cell("data flow", objects.format_value(each))


def _data(each: Any) -> Iterator[Cell]:
    """Yield the data of a flow: its name where it has one, otherwise its classification."""
    if not isinstance(each, dict):
        yield Cell("data", objects.format_value(each))
        return
    yield Cell("sees", objects.format_value(each.get("name") or each.get("classification")))
    rest = {key: value for key, value in each.items() if key not in ("name", "classification")}
    if each.get("name"):
        rest["classification"] = each.get("classification")
    yield Cell("data flow", objects.format_value(rest))


def _property(each: Any) -> Iterator[Cell]:
    if not isinstance(each, dict) or not each.get("name"):
        yield Cell("properties", objects.format_value(each))
        return
    name = objects.format_value(each["name"])
    yield Cell(name.removeprefix(_OWN), objects.format_value(each.get("value")), exact=name.startswith(_OWN))
    rest = {key: value for key, value in each.items() if key not in ("name", "value")}
    yield Cell("properties", objects.format_value({name: rest} if rest else ""))
