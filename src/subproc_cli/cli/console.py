"""The only place that prints; files are written by `atomic_write`."""

import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.cli import progress
from subproc_cli.cli.wrapping import (
    DEFAULT_WIDTH,
    PROMPT_ROWS,
    get_message_width,
    reinterpret_as_utf8,
    replace_unencodable,
    wrap_text,
)
from subproc_cli.enums import Colour
from subproc_cli.errors import WriteError
from subproc_cli.output.document import Report
from subproc_cli.output.sanitize import sanitize_line

MIN_WIDTH = 20
"""Minimum width: narrower text is not readable."""
MIN_ROWS = 10
"""Minimum height: on fewer rows, the repeated header of a table would leave no room for its rows."""
TEXT_FORMATS = ("text", "oneline")


class Output(NamedTuple):
    """Where a result goes, and what it is written as."""

    output_format: StrEnum
    file: str | None
    colour: Colour
    quiet: bool

    def show(self, view: Report, next_step: str = "") -> None:
        """Write a view in the chosen format; to a person at a terminal, what to type next as well."""
        if not self._is_silent:
            self.write(self._render(view), next_step)

    def is_on_terminal(self) -> bool:
        """Return whether a person at a terminal reads the result."""
        is_text = self.output_format == "text" and self.file is None and not self.quiet
        return is_text and sys.stdout is not None and sys.stdout.isatty()

    def write(self, text: str, next_step: str = "") -> None:
        """Write a text to the chosen file, or to standard output; what programs read is in UTF-8."""
        if self._writes_to_file:
            from subproc_cli.atomic_write import write_text

            write_text(Path(str(self.file)), text)
            return
        if self._is_silent:
            return
        content = (
            _escape_workflow_commands(text) if self.output_format in {*TEXT_FORMATS, "markdown"} else text
        )
        if self.output_format in TEXT_FORMATS or sys.stdout is None or sys.stdout.isatty():
            if self.is_on_terminal():
                print_or_page(content, next_step)
            else:
                print_stdout(content)
        else:
            _write_stdout_bytes(content.encode("utf-8", "backslashreplace"))

    @property
    def _writes_to_file(self) -> bool:
        return self.file not in (None, "", "-")

    @property
    def _is_silent(self) -> bool:
        """Whether only the exit code is wanted; a file that an option names is still written."""
        return self.quiet and not self._writes_to_file

    def _render(self, view: Report) -> str:
        match self.output_format:
            case "json":
                from subproc_cli.output import json

                return json.render(view.to_record())
            case "ndjson":
                return _render_lines(view.to_record())
            case "csv":
                from subproc_cli.output import csv

                return csv.render(view.to_rows())
            case "markdown":
                from subproc_cli.output import markdown

                return markdown.render(view.to_document())
            case "html":
                from subproc_cli.output import html

                return html.render(view.to_document())
            case _:
                return self._render_text(view)

    @property
    def width(self) -> int:
        """The columns of text that fit next to each other where the output goes."""
        size = shutil.get_terminal_size((DEFAULT_WIDTH, 24))
        return DEFAULT_WIDTH if self._writes_to_file else max(MIN_WIDTH, size.columns)

    def _render_text(self, view: Report) -> str:
        size = shutil.get_terminal_size((DEFAULT_WIDTH, 24))
        screen = max(MIN_ROWS, size.lines - PROMPT_ROWS) if self.is_on_terminal() else 0
        from subproc_cli.output import terminal

        return terminal.render(view.to_document(), self.width, screen, colour=self.uses_colour())

    def uses_colour(self) -> bool:
        """Return whether a text is coloured where it goes."""
        if self.colour is not Colour.AUTO:
            return self.colour is Colour.ALWAYS
        if os.environ.get("NO_COLOR") or self._writes_to_file:
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _render_lines(record: Mapping[str, Any] | list[Any]) -> str:
    """Return a record, or the record of each list, as NDJSON."""
    from subproc_cli.output import json
    from subproc_cli.records import find_record

    records = record if isinstance(record, list) else [record]
    known = find_record(records[0]["schema"]) if records else None
    return json.render_lines(records, known.items if known else "")


def print_or_page(text: str, next_step: str = "") -> None:
    """Print a result, and to a person at a terminal what to type next: both in the pager if they are long."""
    is_on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if is_on_terminal:
        progress.stop()
        from subproc_cli.cli.pager import show_in_pager

        if show_in_pager(text, next_step):
            return
    print_stdout(text)
    if next_step and is_on_terminal:
        print_stderr("")
        print_hint(next_step)


def print_hint(text: str, *, quiet: bool = False) -> None:
    """Print on standard error what to type next, if the result goes to a terminal."""
    if text and not quiet and sys.stdout is not None and sys.stdout.isatty():
        print_stderr(sanitize_line(text))


def print_stdout(text: str) -> None:
    """Print a text to standard output. A reader that closes the pipe early is not an error.

    Raises:
        WriteError: standard output is closed, or on a disk that is full.
    """
    if sys.stdout is None:
        raise WriteError("standard output is closed")
    progress.stop()
    try:
        sys.stdout.write(replace_unencodable(text, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        discard_stdout()
    except OSError as error:
        discard_stdout()
        raise WriteError(f"standard output cannot be written: {error.strerror or error}") from None


def discard_stdout() -> None:
    """Discard what is still to be flushed at the end, so that it causes no second error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_output_bytes(content: bytes, file: str | None, next_step: str = "") -> None:
    """Write bytes to a file, or unchanged to standard output, where a closed pipe is not an error.

    Raises:
        WriteError: they cannot be written.
    """
    if file and file != "-":
        from subproc_cli.atomic_write import write_bytes

        write_bytes(Path(file), content)
        print_hint(next_step)
    elif sys.stdout is None or sys.stdout.isatty():
        print_or_page(content.decode("utf-8", "backslashreplace"), next_step)
    else:
        _write_stdout_bytes(content)


def _write_stdout_bytes(content: bytes) -> None:
    progress.stop()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard_stdout()
    except OSError as error:
        discard_stdout()
        raise WriteError(f"standard output cannot be written: {error.strerror or error}") from None


def print_stderr(text: str) -> None:
    """Print an error, a hint or a warning to standard error, if that is open.

    At a terminal, lines break between words, because the terminal itself would break within them.
    """
    if sys.stderr is None:
        return
    progress.stop()
    columns = get_message_width()
    wrapped = wrap_text(text, columns) if columns else text
    with suppress(OSError):
        sys.stderr.write(replace_unencodable(_escape_workflow_commands(wrapped), sys.stderr.encoding) + "\n")


def print_record(record: Mapping[str, Any]) -> None:
    """Print a record in JSON to standard error, where standard output has another one or none."""
    from subproc_cli.output import json

    if sys.stderr is not None:
        progress.stop()
        with suppress(OSError):
            sys.stderr.write(json.render(record))


def warn_of_renamed_option(old: str, new: str, *, quiet: bool) -> None:
    """Print a note that an option has another name now; the old one still works."""
    if not quiet:
        print_stderr(f"subproc: {old} has been renamed: use {new}")


def prompt(question: str) -> str:
    """Ask at the terminal and return the answer; the question goes to standard error.

    Raises:
        KeyboardInterrupt: the user pressed Ctrl-C or Ctrl-D.
    """
    progress.stop()
    try:
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        return reinterpret_as_utf8(input().strip())
    except (EOFError, KeyboardInterrupt):
        print_stderr("\nsubproc: nothing was written")
        raise KeyboardInterrupt from None


def _escape_workflow_commands(text: str) -> str:
    """Return a text in which GitHub Actions finds no command such as `::error::…`."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return "\n".join(
        line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in text.split("\n")
    )
