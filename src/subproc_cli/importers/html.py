"""Imports an HTML page."""

from subproc_cli.importers import html_blocks, page
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import Found


def found(text: str, labels: Labels) -> Found:
    """Return the services of a page."""
    blocks, title = html_blocks.blocks(text)
    return page.found(blocks, labels, title)
