"""Annotations of GitHub Actions: workflow commands, one a line, the worst first.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterable
from typing import NamedTuple

from subproc_cli.diagnostics import Position
from subproc_cli.output.sanitize import sanitize_line


class Annotation(NamedTuple):
    """A message at a place; `command` is `error`, `warning` or `notice`."""

    command: str
    position: Position
    title: str
    text: str


def render(annotations: Iterable[Annotation]) -> str:
    """Return annotations as workflow commands."""
    return "".join(f"{_format_command(annotation)}\n" for annotation in annotations)


def _format_command(annotation: Annotation) -> str:
    location = f"file={_escape_property(annotation.position.file)}"
    if annotation.position.line:
        location += f",line={annotation.position.line},col={annotation.position.column}"
    title = _escape_property(annotation.title)
    return f"::{annotation.command} {location},title={title}::{_escape_data(annotation.text)}"


def _escape_data(text: str) -> str:
    lines = (sanitize_line(line) for line in text.splitlines())
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
