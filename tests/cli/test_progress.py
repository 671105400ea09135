"""What a person at a terminal sees of a command that takes longer than a second."""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest

pty = pytest.importorskip("pty")

LIST = b"format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices: {}\n"
COMMAND = [sys.executable, "-m", "subproc_cli", "list", "-r", "-"]


@pytest.mark.parametrize(
    ("seconds", "term", "said"),
    [(1.4, "xterm", True), (0, "xterm", None), (1.4, "dumb", False)],
)
def test_a_long_command_says_that_it_is_at_work(seconds: float, term: str, *, said: bool | None) -> None:
    ours, theirs = pty.openpty()
    start = time.monotonic()
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": term},
    ) as process:
        time.sleep(seconds)
        out, _ = process.communicate(LIST)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # nothing is there, and nobody who could write it
        shown = os.read(ours, 1000)
    os.close(ours)
    assert process.returncode == 0
    assert out.startswith(b"Example GmbH")
    if said is None:  # a short command, unless the machine is so busy that it is none
        said = time.monotonic() - start > 1 and bool(shown)
    first, *told = [each.strip() for each in shown.decode().split("\r")]
    assert first == ""
    assert bool(told) is said
    assert not told or told[-1] == ""  # nothing of it stays
    assert all(re.fullmatch(r"(subproc: at work for \d s)?", each) for each in told)
