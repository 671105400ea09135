"""The same lines as plain text, with colours. Each colour repeats what a word says already."""

from io import StringIO
from typing import TextIO

from rich.console import Console  # this is where Rich lives
from rich.text import Text

from subproc_cli.output.document import Page, Style
from subproc_cli.output.layout import layout_page
from subproc_cli.output.sanitize import sanitize_line

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


class ProgressBar:
    """A line that shows how much is done, out of how much, and for how long the command has been running."""

    def __init__(self, file: TextIO, description: str, total: int | None, done: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(file=file)
        count = [MofNCompleteColumn()] if total is not None else []
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            *count,
            TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task(sanitize_line(description), total=total, completed=done)
        self._progress.start()
        console.show_cursor()  # a command that is killed could not show it again

    def update(self, done: int) -> None:
        """Show how much is done now."""
        self._progress.update(self._task, completed=done)

    def stop(self) -> None:
        """Remove the line."""
        self._progress.stop()
