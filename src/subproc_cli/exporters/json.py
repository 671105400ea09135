"""The list as JSON: `subproc/registry/1`, which `subproc import` reads back without loss."""

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.tabular import to_plain_data
from subproc_cli.output import json
from subproc_cli.registry.models import SCHEMA


def render(export: Export) -> bytes:
    """Return everything that the list states of itself and of the chosen services."""
    model = export.registry.model
    head = {key: value for key, value in to_plain_data(model).items() if key != "services"}
    services = {key: to_plain_data(service) for key, service in export.services.items()}
    return json.render({"schema": SCHEMA, **head, "services": services}).encode()
