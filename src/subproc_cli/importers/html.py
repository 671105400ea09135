"""Imports an HTML page."""

from subproc_cli.importers import html_blocks, page
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import RawTable


def parse_html(text: str, labels: Labels, title: str = "") -> RawTable:
    """Return the services of a page; its title may come from outside."""
    blocks, own_title = html_blocks.parse_blocks(text)
    return page.find_services(blocks, labels, own_title or title)
