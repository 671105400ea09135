"""What every output says of the list it is about."""

from datetime import date
from typing import Any

from subproc_cli.diagnostics import Where
from subproc_cli.output.document import Paragraph, faint, line
from subproc_cli.registry.registry import Index


def list_record(index: Index) -> dict[str, Any]:
    """Return which list, and which revision of it, an output is about."""
    registry = index.registry
    return {
        "publisher": registry.publisher,
        "version": registry.version,
        "date": registry.date.isoformat(),
        "sha256": index.sha256,
        "commit": index.commit or None,
    }


def list_line(index: Index, day: date) -> Paragraph:
    """Return the same for people, with the day whose facts and law are told."""
    registry = index.registry
    text = f"{registry.publisher}, version {registry.version} of {registry.date}, as of {day}"
    return Paragraph(line(faint(text)))


def where_record(where: Where) -> dict[str, Any]:
    """Return a place in a file."""
    return where._asdict()
