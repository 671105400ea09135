"""Annex III of the standard contractual clauses as a Word document."""

from subproc_cli.exporters import word
from subproc_cli.exporters.annex_iii import build_page
from subproc_cli.exporters.exporter import Export


def render(export: Export) -> bytes:
    """Return the annex; the same list gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    return word.render_page(export, build_page(export))
