"""Plain text: for pipes, files and readers without colour."""

from subproc_cli.output import terminal
from subproc_cli.output.document import Page


def render(page: Page, width: int, screen: int = 0) -> str:
    """Return the lines that a terminal of this width shows, without colour."""
    return terminal.render(page, width, screen, colour=False)
