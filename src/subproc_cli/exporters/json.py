"""The list as JSON: `subproc/registry/1`, which `subproc import` reads back without loss."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from subproc_cli.exporters.exporter import Export, ExportPart
from subproc_cli.exporters.tabular import to_plain_data, to_plain_header
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
    return json.render(collect(export)).encode()


def collect(export: Export) -> dict[str, Any]:
    """Return the record of a list."""
    services = {key: to_plain_data(service) for key, service in export.services.items()}
    return {"schema": SCHEMA, **to_plain_header(export.registry.model), "services": services}


def render_many(parts: Sequence[ExportPart]) -> bytes:
    """Return an array with the record of each list, which has its file in the field `file`."""
    return json.render([{**part.content, "file": part.file} for part in parts]).encode()
