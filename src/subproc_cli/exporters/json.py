"""The list as JSON: `subproc/registry/1`, which `subproc import` reads back without loss."""

from typing import Annotated, Literal

from pydantic import Field

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.tabular import to_plain_data
from subproc_cli.output import json
from subproc_cli.registry.models import SCHEMA, RegistryModel


class RegistryRecord(RegistryModel):
    """The record `subproc/registry/1`: the fields of the file, and the name of the record."""

    schema_: Annotated[
        Literal["subproc/registry/1"],
        Field(alias="schema", description="The name and number of this record."),
    ]


def render(export: Export) -> bytes:
    """Return everything that the list states of itself and of the chosen services."""
    model = export.registry.model
    head = {key: value for key, value in to_plain_data(model).items() if key != "services"}
    services = {key: to_plain_data(service) for key, service in export.services.items()}
    return json.render({"schema": SCHEMA, **head, "services": services}).encode()
