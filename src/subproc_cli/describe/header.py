"""The header of every output: which list it is about."""

from datetime import date
from typing import Annotated

from typing_extensions import TypedDict

from subproc_cli.diagnostics import Position
from subproc_cli.output.document import Paragraph, dim, make_line
from subproc_cli.output.record import Day, describe_field
from subproc_cli.registry.registry import Registry


class RevisionRecord(TypedDict):
    """Which list, and which revision of it, a record is about."""

    publisher: Annotated[str, describe_field("Whose list it is.")]
    version: Annotated[str, describe_field("The version that the list states: major.minor.patch.")]
    date: Annotated[Day, describe_field("The day on which this revision was published, as the list states.")]
    sha256: Annotated[
        str, describe_field("The SHA-256 hash of the bytes of the file, in hexadecimal digits.")
    ]
    commit: Annotated[
        str | None,
        describe_field("The commit that the file was read from; null if it was read from the disk."),
    ]


class PositionRecord(TypedDict):
    """A position in a file."""

    file: Annotated[str, describe_field("The name of the file.")]
    line: Annotated[int, describe_field("The line, counted from 1; 0 means the file as a whole.")]
    column: Annotated[int, describe_field("The column, counted from 1; 0 means the file as a whole.")]
    path: Annotated[
        str,
        describe_field("The path of the value, such as `services.deepl.sees[0]`; empty for the whole file."),
    ]


def build_registry_record(registry: Registry) -> RevisionRecord:
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
    """Return the header for people, with the day of the facts and the law."""
    model = registry.model
    text = f"{model.publisher}, version {model.version} of {model.date}, as of {as_of}"
    return Paragraph(make_line(dim(text)))


def build_position_record(position: Position) -> PositionRecord:
    """Return a position in a file as plain data."""
    return {
        "file": position.file,
        "line": position.line,
        "column": position.column,
        "path": position.path,
    }
