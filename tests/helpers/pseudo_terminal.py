"""Runs a command at a terminal of its own and types what a person would."""

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

CTRL_C = b"\x03"
CTRL_D = b"\x04"


class Done(NamedTuple):
    """How a command ended, and all that its terminal showed."""

    code: int
    shown: str


PATIENCE = 60
"""Seconds after which what is awaited will not come any more."""


def talk(folder: Path, words: list[str], typed: list[tuple[bytes, bytes]], **environment: str) -> Done:
    """Run a command; `typed` holds what to wait for on the screen, and what to type then.

    A person types it, so nothing in the environment says that it runs in CI.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "subproc_cli", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "CI"}
        | {"TERM": "xterm", **environment},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  no other thread runs
    ) as process:
        os.close(theirs)
        shown = b""
        for awaited, answer in typed:
            while awaited not in shown:
                if not select.select([ours], [], [], PATIENCE)[0]:
                    process.kill()
                    raise AssertionError(f"{awaited!r} never came behind {shown!r}")
                shown += os.read(ours, 10_000)
            time.sleep(0.2)  # who does not read yet would hear of a signal with the next key only
            os.write(ours, answer)
        shown += rest(ours)
    return Done(process.returncode, shown.decode())


def rest(terminal: int) -> bytes:
    shown = b""
    try:
        while more := os.read(terminal, 10_000):
            shown += more
    except OSError:  # the last one that could write has gone
        pass
    finally:
        os.close(terminal)
    return shown
