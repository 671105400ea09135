"""Plain text: for pipes, files and readers without colour."""

from subproc_cli.render.layout import layout
from subproc_cli.views.page import Page


def render(page: Page, width: int) -> str:
    """Return a page as lines of text."""
    return "".join("".join(span.text for span in line).rstrip() + "\n" for line in layout(page, width))
