"""Annex III of the standard contractual clauses as a Word document."""

from subproc_cli.exporters.annex_iii import page
from subproc_cli.exporters.exporter import Export
from subproc_cli.output import docx


def render(export: Export) -> bytes:
    """Return the annex; the same list gives the same bytes.

    Raises:
        UsageFault: python-docx is not installed.
    """
    about = export.about.registry
    return docx.of_page(page(export), about.publisher, about.date, str(export.language))
