"""Imports for tests: a small file in, the services of the list that it becomes out."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.importers import pipeline
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.statistics import ImportSummary
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

TODAY = date(2026, 1, 31)


class Made(NamedTuple):
    """What an import made of a file."""

    text: str
    read: Registry
    report: ImportSummary

    @property
    def services(self) -> Mapping[str, Service]:
        return self.read.model.services

    @property
    def block(self) -> str:
        """The text of the services, without the head of the file."""
        return self.text.partition("services:\n")[2]


def made(
    content: str | bytes, kind: InputFormat = InputFormat.MARKDOWN, mapped: Mapping[str, str] | None = None
) -> Made:
    """Import a file, write the list and read it back."""
    source = Source("file", content.encode() if isinstance(content, str) else content)
    imported = import_file(source, kind, Labels(mapped))
    text = pipeline.render_registry(imported, "", TODAY)
    index = load_registry(Source("registry.yaml", text.encode()))
    assert isinstance(index, Registry), index
    return Made(text, index, imported.report)
