"""Tells a person at a terminal that a command which takes longer than a second is still at work."""

import os
import sys
import time

FIRST = 1.0
"""Seconds after which a command is said to be at work, and between two such words."""


class _Clock:
    """Whether the time is told, and the word that stands on the line now."""

    runs = False
    said = ""


def begin() -> None:
    """Say from the first second on how long the command is at work, until `end`."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return
    import signal

    if not hasattr(signal, "setitimer"):  # Windows has none
        return
    start = time.monotonic()

    def tell(*_: object) -> None:
        _Clock.said = f"subproc: at work for {time.monotonic() - start:.0f} s"
        os.write(sys.stderr.fileno(), f"\r{_Clock.said}".encode())

    signal.signal(signal.SIGALRM, tell)
    signal.setitimer(signal.ITIMER_REAL, FIRST, FIRST)
    _Clock.runs = True


def end() -> None:
    """Say no more, and take back what was said: whatever comes next has the line for itself."""
    if not _Clock.runs:
        return
    import signal

    signal.setitimer(signal.ITIMER_REAL, 0)
    _Clock.runs = False
    if _Clock.said:
        os.write(sys.stderr.fileno(), f"\r{' ' * len(_Clock.said)}\r".encode())
        _Clock.said = ""
