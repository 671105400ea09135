"""Imports an HTML page."""

from subproc_cli.importers import html_blocks, page
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import RawTable


def parse_html(text: str, labels: Labels) -> RawTable:
    """Return the services of a page."""
    blocks, title = html_blocks.parse_blocks(text)
    return page.find_services(blocks, labels, title)
