"""What the Word documents of a list have in common: footer, page numbers and the block for signatures."""

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters.exporter import Export
from subproc_cli.output import docx
from subproc_cli.output.document import Page


def render_page(export: Export, page: Page) -> bytes:
    """Return a page as a Word document; the same list gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    version = wording.format_text("version", version=model.version)
    lines = tuple(wording.format_text(f"signature-{line}") for line in ("place", "name", "signature"))
    setup = docx.PageSetup(
        author=model.publisher,
        day=model.date,
        language=export.language,
        footer=f"{model.publisher} · {version} · SHA-256 {export.registry.sha256[:12]}",
        page_number=wording.format_text("page-number", page="{page}", pages="{pages}"),
        layout=export.layout,
        part_name=wording.format_text("service"),
        colon=wording.colon,
        separator=wording.join_list(("", "")),
        signatures={
            wording.format_text("signature-customer"): lines,
            wording.format_text("signature-publisher", publisher=model.publisher): lines,
        }
        if export.has_signatures
        else {},
    )
    return docx.render_page(page, setup)
