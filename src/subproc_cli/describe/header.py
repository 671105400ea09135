"""What every output says of the list it is about."""

from datetime import date
from typing import Any

from subproc_cli.diagnostics import Position
from subproc_cli.output.document import Paragraph, dim, make_line
from subproc_cli.registry.registry import Registry


def build_registry_record(registry: Registry) -> dict[str, Any]:
    """Return which list, and which revision of it, an output is about."""
    model = registry.model
    return {
        "publisher": model.publisher,
        "version": model.version,
        "date": model.date.isoformat(),
        "sha256": registry.sha256,
        "commit": registry.commit or None,
    }


def build_registry_line(registry: Registry, as_of: date) -> Paragraph:
    """Return the same for people, with the day whose facts and law are told."""
    model = registry.model
    text = f"{model.publisher}, version {model.version} of {model.date}, as of {as_of}"
    return Paragraph(make_line(dim(text)))


def build_position_record(position: Position) -> dict[str, Any]:
    """Return a place in a file."""
    return position._asdict()
