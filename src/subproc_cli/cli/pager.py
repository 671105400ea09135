"""Long results at a terminal go through the reader's pager, as those of git do."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

from subproc_cli.cli.console import PROMPT
from subproc_cli.cli.wrapping import encodable, folded
from subproc_cli.output.sanitize import cells, visible

_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def paged(text: str, following: str = "") -> bool:
    """Show a text in a pager and wait until its reader has left it; False if none is wanted or needed.

    The pager is that of SUBPROC_PAGER, else of PAGER, else `less`; an empty one or `cat` means none.
    `less` leaves at once if everything fits, and keeps colour (LESS=FRX, unless it is set).

    Args:
        text: the result.
        following: what to type next, which stands below it.
    """
    command, size = _command(), shutil.get_terminal_size()
    whole = encodable(_with(text, following, size.columns), sys.stdout.encoding)
    if not command or _rows(whole, size.columns) + PROMPT <= size.lines:
        return False
    # Ctrl-C is the pager's, which inherits a signal that is ignored, but not one that is heard in vain
    interrupts = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with suppress(BrokenPipeError):
            subprocess.run(  # noqa: S603  the pager that the reader has chosen
                command,
                input=whole.encode(sys.stdout.encoding or "utf-8", "backslashreplace"),
                env={"LESS": "FRX", "LV": "-c", **os.environ},
                check=False,
            )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, interrupts)
    return True


def _with(text: str, following: str, columns: int) -> str:
    return f"{text}\n{folded(visible(following), columns)}\n" if following else text


def _rows(text: str, columns: int) -> int:
    """Return how many rows of a terminal a text takes: a long line takes several, a colour takes no room."""
    lengths = (cells(line) for line in _COLOUR.sub("", text).splitlines())
    return sum(max(1, -(-length // columns)) for length in lengths)


def _command() -> list[str]:
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    wanted = os.environ.get("SUBPROC_PAGER", os.environ.get("PAGER", "less"))
    try:
        command = shlex.split(wanted)
    except ValueError:  # a quotation mark that is not closed
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []
