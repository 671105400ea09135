"""Long results at a terminal go through the reader's pager, as those of git do."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from subproc_cli.cli.wrapping import PROMPT_ROWS, measure_width, replace_unencodable, wrap_text
from subproc_cli.output.sanitize import sanitize_line

_COLOUR_SEQUENCE = re.compile("\x1b\\[[0-9;]*m")
_PROMPT = "space\\: next page, q\\: back to the prompt"
"""The prompt of `less`, with the two keys that a reader needs. `less` requires a backslash before a colon."""
_is_allowed = ContextVar("_is_allowed", default=True)


@contextmanager
def open_none() -> Iterator[None]:
    """Let no pager be opened in a `with` block."""
    token = _is_allowed.set(False)
    try:
        yield
    finally:
        _is_allowed.reset(token)


def show_in_pager(text: str, next_step: str = "") -> bool:
    """Show a text in a pager and wait until the reader closes it; False if no pager is wanted or needed.

    The pager is SUBPROC_PAGER, otherwise PAGER, otherwise `less`; an empty one or `cat` means none.
    With CI in the environment, or after `--no-pager`, there is none either.
    `less` exits at once if everything fits, keeps colour, and its prompt names two keys (LESS, unless set).

    Args:
        text: the result.
        next_step: what to type next, shown below the result.
    """
    command, size = _find_command(), shutil.get_terminal_size()
    content = replace_unencodable(_append_next_step(text, next_step, size.columns), sys.stdout.encoding)
    if not command or _count_rows(content, size.columns) + PROMPT_ROWS <= size.lines:
        return False
    # Ctrl-C is for the pager: it would inherit an ignored signal, but not one with a handler
    old_handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with suppress(BrokenPipeError):
            subprocess.run(  # noqa: S603  the pager that the reader has chosen
                command,
                input=content.encode(sys.stdout.encoding or "utf-8", "backslashreplace"),
                env={"LESS": f"FRXPs{_PROMPT}$", "LV": "-c", **os.environ},
                check=False,
            )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, old_handler)
    return True


def _append_next_step(text: str, next_step: str, columns: int) -> str:
    return f"{text}\n{wrap_text(sanitize_line(next_step), columns)}\n" if next_step else text


def _count_rows(text: str, columns: int) -> int:
    """Return how many rows of a terminal a text takes: a long line takes several, a colour takes no room."""
    lengths = (measure_width(line) for line in _COLOUR_SEQUENCE.sub("", text).splitlines())
    return sum(max(1, -(-length // columns)) for length in lengths)


def _find_command() -> list[str]:
    if os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("CI"):  # nobody leaves a pager in CI
        return []
    if not _is_allowed.get():
        return []
    configured = os.environ.get("SUBPROC_PAGER", os.environ.get("PAGER", "less"))
    try:
        command = shlex.split(configured)
    except ValueError:  # a quotation mark that is not closed
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []
