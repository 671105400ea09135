"""Plain text: for pipes, files and readers without colour."""

from subproc_cli.output.document import Page
from subproc_cli.output.layout import layout_page


def render(page: Page, width: int, screen: int = 0) -> str:
    """Return a page as lines of text."""
    lines = ("".join(span.text for span in line) for line in layout_page(page, width, screen))
    return "".join(f"{line.rstrip()}\n" for line in lines)
