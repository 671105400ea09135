"""The formats of `subproc export`, in the order of the help, each loaded when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from subproc_cli.exporters.exporter import Export, ExportPart


class ExportModule(Protocol):
    """The module of a format: `exporters/NAME.py`, with `_` for every hyphen of the name."""

    def render(self, export: "Export", /) -> bytes:
        """Return the list as one file."""


class FolderModule(ExportModule, Protocol):
    """The module of a format that can also be a folder."""

    def render_files(self, export: "Export", /) -> dict[str, bytes]:
        """Return the files of the folder by name."""


class ManyModule(ExportModule, Protocol):
    """The module of a format that can hold several lists."""

    def collect(self, export: "Export", /) -> Any:
        """Return the plain data of one list."""

    def render_many(self, parts: "Sequence[ExportPart]", /) -> bytes:
        """Return several lists as one file."""

    def render_many_files(self, parts: "Sequence[ExportPart]", /) -> dict[str, bytes]:
        """Return several lists as the files of a folder, by name; only if it has a folder."""


class Exporter(NamedTuple):
    """One format.

    Attributes:
        name: what people type.
        summary: what it is, in a few words.
        extension: how the name of a file ends, without the dot.
        is_translated: whether people read it, in the language that they choose.
        is_binary: whether a terminal cannot show it.
        has_folder: whether its module has `files`.
        has_many: whether it can hold several lists: its module has `collect` and `render_many`, and if it has
            a folder, `render_many_files`.
        has_history: whether it shows what the revisions of a history changed.
        has_url: whether it says where it will be published.
        is_internal: whether it holds internal fields as well unless the export is public; any other format
            is for the public.
        accepts_fields: whether it has a place for internal fields that are named.
        shows_logo: whether it shows the publisher's logo.
        has_template: whether the publisher can have a template of its own.
        has_clauses: whether it depends on the clauses of the contract with customers.
        names_customers: whether it names the customers of a file of customers.
        has_layout: whether it can be laid out in several ways, and signed.
        has_grouping: whether it draws the services in groups.
    """

    name: str
    summary: str
    extension: str
    is_translated: bool = False
    is_binary: bool = False
    has_folder: bool = False
    has_many: bool = False
    has_history: bool = False
    has_url: bool = False
    is_internal: bool = False
    accepts_fields: bool = False
    shows_logo: bool = False
    has_template: bool = False
    has_clauses: bool = False
    names_customers: bool = False
    has_layout: bool = False
    has_grouping: bool = False

    def render(self, export: "Export") -> bytes:
        """Return the list as one file, without internal fields unless the format may have them."""
        return self.load_module().render(self._prepare(export))

    def load_module(self) -> ExportModule:
        """Return the module of the format."""
        return cast("ExportModule", import_module(f"subproc_cli.exporters.{self.name.replace('-', '_')}"))

    def render_files(
        self, export: "Export", track: "Callable[[Collection[str]], Iterable[str]]" = iter
    ) -> dict[str, bytes]:
        """Return the files of a folder by name, in each of its languages; only if `has_folder` is set.

        Args:
            export: what is exported.
            track: iterates over the languages, and may show how many are done.
        """
        module, files = cast("FolderModule", self.load_module()), dict[str, bytes]()
        for language in track(export.languages or (export.language,)):
            files |= module.render_files(self._prepare(export._replace(language=language)))
        return files

    def collect(self, export: "Export") -> Any:
        """Return the plain data of one list of several; only if `has_many` is set."""
        return self.load_many_module().collect(self._prepare(export))

    def load_many_module(self) -> ManyModule:
        """Return the module of a format that can hold several lists; only if `has_many` is set."""
        return cast("ManyModule", self.load_module())

    def _prepare(self, export: "Export") -> "Export":
        prepared = export.localize() if self.is_translated and not self.is_internal else export
        return prepared if self.is_internal and not export.is_public else prepared.strip_internal()


EXPORTERS = (
    Exporter(
        "site",
        "the public list as HTML; a folder with --out",
        "html",
        is_translated=True,
        has_folder=True,
        has_history=True,
        has_url=True,
        accepts_fields=True,
        shows_logo=True,
        has_template=True,
    ),
    Exporter(
        "page",
        "the public list as Markdown",
        "md",
        is_translated=True,
        accepts_fields=True,
        shows_logo=True,
    ),
    Exporter(
        "graph-mermaid",
        "who passes data to whom and where, for Markdown with Mermaid",
        "mmd",
        is_translated=True,
        has_grouping=True,
    ),
    Exporter(
        "graph-dot",
        "the same graph for Graphviz, which draws SVG",
        "dot",
        is_translated=True,
        has_grouping=True,
    ),
    Exporter(
        "csv",
        "a row for each service: codes, or with --lang words for people",
        "csv",
        is_translated=True,
        has_many=True,
        is_internal=True,
    ),
    Exporter(
        "csv-long",
        "a row for each statement; the same as csv --long",
        "csv",
        has_many=True,
        is_internal=True,
    ),
    Exporter(
        "xlsx",
        "an Excel workbook for people, which import reads back",
        "xlsx",
        is_translated=True,
        is_binary=True,
        has_history=True,
        is_internal=True,
    ),
    Exporter(
        "json",
        "everything, for programs; import reads it back",
        "json",
        has_many=True,
        is_internal=True,
    ),
    Exporter(
        "ndjson",
        "one line of JSON per service, for streams",
        "ndjson",
        has_many=True,
        is_internal=True,
    ),
    Exporter(
        "sqlite",
        "a database for queries: who sees what, and where",
        "db",
        is_binary=True,
        has_history=True,
        is_internal=True,
    ),
    Exporter(
        "parquet",
        "statements and answers as Parquet; both files with --out",
        "parquet",
        is_binary=True,
        has_folder=True,
        has_many=True,
        is_internal=True,
    ),
    Exporter(
        "annex-iii",
        "Annex III of the standard contractual clauses",
        "md",
        is_translated=True,
        has_clauses=True,
    ),
    Exporter(
        "annex-iii-docx",
        "the same document for Word",
        "docx",
        is_translated=True,
        is_binary=True,
        has_layout=True,
        has_clauses=True,
    ),
    Exporter(
        "record",
        "the columns of Art. 30(2) GDPR, as CSV",
        "csv",
        is_translated=True,
        names_customers=True,
    ),
    Exporter(
        "record-docx",
        "the same document for Word",
        "docx",
        is_translated=True,
        is_binary=True,
        names_customers=True,
        has_layout=True,
    ),
    Exporter("dpv", "the W3C Data Privacy Vocabulary, as JSON-LD", "jsonld", has_url=True),
    Exporter("fides", "a Fides manifest", "yml", accepts_fields=True),
    Exporter("cyclonedx", "a CycloneDX 1.6 SaaSBOM", "cdx.json", accepts_fields=True),
)
REPLACED_FORMATS = {
    "graph-svg": "draw graph-dot with Graphviz: subproc export graph-dot | dot -Tsvg -o subprocessors.svg"
}
"""Formats that older versions wrote, each with the way to get the same."""
