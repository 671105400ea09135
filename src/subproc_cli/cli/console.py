"""The only place that prints; files are written by `files`."""

import os
import shutil
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from subproc_cli.atomic_write import write_bytes, write_file
from subproc_cli.cli import progress
from subproc_cli.cli.options import Colour
from subproc_cli.cli.wrapping import WIDTH, as_utf8, columns_of_messages, encodable, folded
from subproc_cli.errors import UnwritableFault
from subproc_cli.output.document import View
from subproc_cli.output.sanitize import visible

NARROW = 20
"""Columns at least: what is narrower nobody can read."""
PROMPT = 1
"""Rows of a terminal below what is read at once: for the shell, or for the pager."""
MIN_SCREEN = 10
"""Rows that are read at once, at least: on fewer, the heads of a table would leave no room for it."""
FOR_PEOPLE = ("text", "oneline")


class Output(NamedTuple):
    """Where a result goes, and what it is written as."""

    form: StrEnum
    file: str | None
    colour: Colour
    quiet: bool

    def show(self, view: View, following: str = "") -> None:
        """Write a view in the chosen format; to a person at a terminal, what to type next as well."""
        if not self._silent:
            self.write(self._rendered(view), following)

    def on_terminal(self) -> bool:
        """Tell whether a person at a terminal reads the result."""
        plain = self.form == "text" and self.file is None and not self.quiet
        return plain and sys.stdout is not None and sys.stdout.isatty()

    def write(self, text: str, following: str = "") -> None:
        """Write a text to the chosen file, or to standard output; what programs read is in UTF-8."""
        if self._to_file:
            write_file(Path(str(self.file)), text)
            return
        if self._silent:
            return
        said = _no_commands(text) if self.form in {*FOR_PEOPLE, "markdown"} else text
        if self.form in FOR_PEOPLE or sys.stdout is None or sys.stdout.isatty():
            if self.on_terminal():
                to_reader(said, following)
            else:
                to_stdout(said)
        else:
            _put(said.encode("utf-8", "backslashreplace"))

    @property
    def _to_file(self) -> bool:
        return self.file not in (None, "", "-")

    @property
    def _silent(self) -> bool:
        """Whether nothing is wanted but the exit code; a file that is named is wanted."""
        return self.quiet and not self._to_file

    def _rendered(self, view: View) -> str:
        match self.form:
            case "json":
                from subproc_cli.output import json

                return json.render(view.record())
            case "csv":
                from subproc_cli.output import csv

                return csv.render(view.rows())
            case "markdown":
                from subproc_cli.output import markdown

                return markdown.render(view.page())
            case "html":
                from subproc_cli.output import html

                return html.render(view.page())
            case _:
                return self._text(view)

    def _text(self, view: View) -> str:
        size = shutil.get_terminal_size((WIDTH, 24))
        width = WIDTH if self._to_file else max(NARROW, size.columns)
        screen = max(MIN_SCREEN, size.lines - PROMPT) if self.on_terminal() else 0
        if self._coloured():
            from subproc_cli.output import terminal

            return terminal.render(view.page(), width, screen)
        from subproc_cli.output import text

        return text.render(view.page(), width, screen)

    def _coloured(self) -> bool:
        if self.colour is not Colour.AUTO:
            return self.colour is Colour.ALWAYS
        if os.environ.get("NO_COLOR") or self._to_file:
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def to_reader(text: str, following: str = "") -> None:
    """Print a result, and to a person at a terminal what to type next: both in the pager if they are long."""
    at_terminal = sys.stdout is not None and sys.stdout.isatty()
    if at_terminal:
        progress.end()
        from subproc_cli.cli.pager import paged

        if paged(text, following):
            return
    to_stdout(text)
    if following and at_terminal:
        to_stderr("")
        hint(following)


def hint(text: str, *, quiet: bool = False) -> None:
    """Tell a person at a terminal what to type next; that is no result."""
    if text and not quiet and sys.stdout is not None and sys.stdout.isatty():
        to_stderr(visible(text))


def to_stdout(text: str) -> None:
    """Print a text. A reader who has seen enough and closes the pipe is no error.

    Raises:
        UnwritableFault: standard output is closed, or on a disk that is full.
    """
    if sys.stdout is None:
        raise UnwritableFault("standard output is closed")
    progress.end()
    try:
        sys.stdout.write(encodable(text, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        drop_the_rest()
    except OSError as fault:
        drop_the_rest()
        raise UnwritableFault(f"standard output cannot be written: {fault.strerror or fault}") from None


def drop_the_rest() -> None:
    """Let what is still to be flushed at the end go nowhere, without a second fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_bytes(content: bytes, file: str | None, following: str = "") -> None:
    """Write bytes to a file, or as they are to standard output, whose closed pipe is no error.

    Raises:
        UnwritableFault: they cannot be written.
    """
    if file and file != "-":
        write_bytes(Path(file), content)
        hint(following)
    elif sys.stdout is None or sys.stdout.isatty():
        to_reader(content.decode("utf-8", "backslashreplace"), following)
    else:
        _put(content)


def _put(content: bytes) -> None:
    progress.end()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        drop_the_rest()
    except OSError as fault:
        drop_the_rest()
        raise UnwritableFault(f"standard output cannot be written: {fault.strerror or fault}") from None


def to_stderr(text: str) -> None:
    """Print a text that is no result: a fault, a hint, a warning. Without a reader the exit code tells.

    A terminal would cut its words at the edge, so there its lines fold between them; elsewhere they stay.
    """
    if sys.stderr is None:
        return
    progress.end()
    columns = columns_of_messages()
    fitted = folded(text, columns) if columns else text
    with suppress(OSError):
        sys.stderr.write(encodable(_no_commands(fitted), sys.stderr.encoding) + "\n")


def asked(question: str) -> str:
    """Ask at the terminal and return the answer; the question is no result.

    Raises:
        KeyboardInterrupt: the one who is asked has left.
    """
    progress.end()
    try:
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        return as_utf8(input().strip())
    except (EOFError, KeyboardInterrupt):
        to_stderr("\nsubproc: nothing was written")
        raise KeyboardInterrupt from None


def _no_commands(text: str) -> str:
    """Return a text of which GitHub Actions takes no line for a command, as it does `::error::…`."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return "\n".join(
        line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in text.split("\n")
    )
