"""The formats of `subproc export`, in the order of the help, each loaded when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from subproc_cli.exporters.exporter import Export


class ExportModule(Protocol):
    """The module of a format: `publish/NAME.py`, with `_` for every hyphen of the name."""

    def render(self, export: "Export", /) -> bytes:
        """Return the list as one file."""


class FolderModule(ExportModule, Protocol):
    """The module of a format that can also be a folder."""

    def files(self, export: "Export", /) -> dict[str, bytes]:
        """Return the files of the folder by name."""


class Exporter(NamedTuple):
    """One format.

    Attributes:
        name: what people type.
        summary: what it is, in a few words.
        extension: how the name of a file ends, without the dot.
        translated: whether people read it, in the language that they choose.
        binary: whether it is no text, so that a terminal cannot show it.
        folder: whether its module has `files`.
        history: whether it tells what the revisions of a history changed.
        linked: whether it says where it will be published.
        complete: whether it holds internal fields as well, for use in the house; any other is for the public.
        fields: whether it has a place for internal fields that are named.
    """

    name: str
    summary: str
    extension: str
    translated: bool = False
    binary: bool = False
    folder: bool = False
    history: bool = False
    linked: bool = False
    complete: bool = False
    fields: bool = False

    def render(self, export: "Export") -> bytes:
        """Return the list as one file, without internal fields unless the format is for the house."""
        return self.module().render(self._given(export))

    def module(self) -> ExportModule:
        """Return the module of the format."""
        return cast("ExportModule", import_module(f"subproc_cli.exporters.{self.name.replace('-', '_')}"))

    def files(self, export: "Export") -> dict[str, bytes]:
        """Return the files of a folder by name; only if `folder` is set."""
        return cast("FolderModule", self.module()).files(self._given(export))

    def _given(self, export: "Export") -> "Export":
        return export if self.complete else export.public()


EXPORTERS = (
    Exporter(
        "site",
        "the public list as HTML; a folder with --out",
        "html",
        translated=True,
        folder=True,
        history=True,
        linked=True,
        fields=True,
    ),
    Exporter("page", "the public list as Markdown", "md", translated=True, fields=True),
    Exporter("graph-svg", "who passes data to whom and where, drawn", "svg", translated=True),
    Exporter("graph-mermaid", "the same for Markdown that draws Mermaid", "mmd", translated=True),
    Exporter("graph-dot", "the same for Graphviz", "dot", translated=True),
    Exporter("csv", "a row for each service, for spreadsheets", "csv", complete=True),
    Exporter(
        "xlsx",
        "services, data, places and changes as an Excel workbook",
        "xlsx",
        binary=True,
        history=True,
        complete=True,
    ),
    Exporter("json", "everything, for programs; import reads it back", "json", complete=True),
    Exporter("sqlite", "a database that answers the two questions", "db", binary=True, complete=True),
    Exporter("annex-iii", "Annex III of the standard contractual clauses", "md", translated=True),
    Exporter("annex-iii-docx", "the same as a Word document", "docx", translated=True, binary=True),
    Exporter("record", "the columns of Art. 30(2) GDPR, as CSV", "csv", translated=True),
    Exporter("dpv", "the W3C Data Privacy Vocabulary, as JSON-LD", "jsonld"),
    Exporter("fides", "a Fides manifest", "yml", fields=True),
    Exporter("cyclonedx", "a CycloneDX 1.6 SaaSBOM", "cdx.json", fields=True),
)
