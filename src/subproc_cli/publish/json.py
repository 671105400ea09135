"""The list as JSON: `subproc/registry/1`, which `subproc import` reads back without loss."""

from subproc_cli.publish.export import Export
from subproc_cli.publish.plain import plain
from subproc_cli.registry.models import SCHEMA
from subproc_cli.render import json


def render(export: Export) -> bytes:
    """Return everything that the list states of itself and of the chosen services."""
    about = export.about.registry
    head = {key: value for key, value in plain(about).items() if key != "services"}
    services = {key: plain(service) for key, service in export.services.items()}
    return json.render({"schema": SCHEMA, **head, "services": services}).encode()
