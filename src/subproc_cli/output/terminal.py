"""The same lines as plain text, with colours. Each colour repeats what a word says already."""

from io import StringIO

from rich.console import Console  # this is where Rich lives
from rich.text import Text

from subproc_cli.output.document import Page, Style
from subproc_cli.output.layout import layout_page

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.FAINT: "dim",
    Style.YES: "bold",
    Style.UNKNOWN: "bold magenta",
    Style.NO: "default",
    Style.NOTICE: "bold red",
    Style.INFORM: "bold magenta",
    Style.EDITORIAL: "bold",
    Style.LINK: "",
}
"""Red and magenta are the two of the eight that can be read on black and on white."""


def render(page: Page, width: int, screen: int = 0) -> str:
    """Return a page as lines with the eight colours that every terminal has, whatever `TERM` says."""
    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=width, no_color=False, highlight=False
    )
    for line in layout_page(page, width, screen):
        text = Text()
        for span in line:
            text.append(span.text, _STYLES[span.style])
        console.print(text, soft_wrap=True)
    return out.getvalue()
