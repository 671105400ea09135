"""Long results at a terminal go through the reader's pager, as those of git do."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress


def paged(text: str) -> bool:
    """Show a text in a pager and wait until its reader has left it; False if none is wanted or needed.

    The pager is that of SUBPROC_PAGER, else of PAGER, else `less`; an empty one or `cat` means none.
    `less` leaves at once if everything fits, and keeps colour (LESS=FRX, unless it is set).
    """
    command = _command()
    if not command or text.count("\n") < shutil.get_terminal_size().lines:
        return False
    # Ctrl-C is the pager's, which inherits a signal that is ignored, but not one that is heard in vain
    interrupts = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with suppress(BrokenPipeError):
            subprocess.run(  # noqa: S603  the pager that the reader has chosen
                command,
                input=text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"),
                env={"LESS": "FRX", "LV": "-c", **os.environ},
                check=False,
            )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, interrupts)
    return True


def _command() -> list[str]:
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    wanted = os.environ.get("SUBPROC_PAGER", os.environ.get("PAGER", "less"))
    try:
        command = shlex.split(wanted)
    except ValueError:  # a quotation mark that is not closed
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []
