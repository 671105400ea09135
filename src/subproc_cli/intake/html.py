"""Imports an HTML page."""

from subproc_cli.intake import outline, page
from subproc_cli.intake.found import Found
from subproc_cli.intake.labels import Labels


def found(text: str, labels: Labels) -> Found:
    """Return the services of a page."""
    blocks, title = outline.blocks(text)
    return page.found(blocks, labels, title)
