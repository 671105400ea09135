"""Annex III of the standard contractual clauses as a Word document."""

from subproc_cli.exporters.annex_iii import build_page
from subproc_cli.exporters.exporter import Export
from subproc_cli.output import docx


def render(export: Export) -> bytes:
    """Return the annex; the same list gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    model = export.registry.model
    return docx.render_page(build_page(export), model.publisher, model.date, str(export.language))
