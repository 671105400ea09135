"""The services of one list or of many as NDJSON: one JSON object a line, for streams and for DuckDB."""

from collections.abc import Mapping, Sequence
from typing import Any

from subproc_cli.exporters.exporter import Export, ExportPart
from subproc_cli.exporters.tabular import find_named, to_plain_data, to_plain_header
from subproc_cli.output import json
from subproc_cli.registry.registry import get_state


def render(export: Export) -> bytes:
    """Return a line for each of the chosen services."""
    return json.render_lines(collect(export), "").encode()


def collect(export: Export) -> list[dict[str, Any]]:
    """Return the statements on each service, with the list and the day."""
    model = export.registry.model
    head = {
        "publisher": model.publisher,
        "version": model.version,
        "date": model.date.isoformat(),
        "as_of": export.as_of.isoformat(),
    }
    stated = to_plain_header(model)
    own = {name: stated.get(name, {}) for name in _DEFINITIONS}
    return [
        {
            **head,
            "service": key,
            "state": str(get_state(service, export.as_of)),
            **to_plain_data(service),
            **_find_definitions(own, to_plain_data(service)),
        }
        for key, service in export.services.items()
    ]


_DEFINITIONS = ("categories", "regions")
"""What the publisher defines in the list, and a line cannot be read without."""


def _find_definitions(own: Mapping[str, dict[str, Any]], service: dict[str, Any]) -> dict[str, Any]:
    """Return the categories and regions of the publisher's own that a service names."""
    used = {name: find_named(known, service) for name, known in own.items()}
    return {name: found for name, found in used.items() if found}


def render_many(parts: Sequence[ExportPart]) -> bytes:
    """Return the lines of several lists, which have the file of their list in the field `file`."""
    lines = [{**line, "file": part.file} for part in parts for line in part.content]
    return json.render_lines(lines, "").encode()
