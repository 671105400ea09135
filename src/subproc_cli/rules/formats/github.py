"""Annotations of GitHub Actions: workflow commands, one a line, the worst first.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterable
from typing import NamedTuple

from subproc_cli.diagnostics import Where
from subproc_cli.output.sanitize import visible


class Annotation(NamedTuple):
    """A message at a place; `command` is `error`, `warning` or `notice`."""

    command: str
    where: Where
    title: str
    text: str


def render(annotations: Iterable[Annotation]) -> str:
    """Return annotations as workflow commands."""
    return "".join(f"{_command(each)}\n" for each in annotations)


def _command(each: Annotation) -> str:
    place = f"file={_property(each.where.file)}"
    if each.where.line:
        place += f",line={each.where.line},col={each.where.column}"
    return f"::{each.command} {place},title={_property(each.title)}::{_data(each.text)}"


def _data(text: str) -> str:
    lines = (visible(line) for line in text.splitlines())
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
