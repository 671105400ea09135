"""Tells a person at a terminal that a command which takes longer than a second is still at work."""

import os
import sys
import time

INTERVAL = 1.0
"""Seconds after which a command is said to be at work, and between two such words."""


class _Indicator:
    """Whether the time is told, and the word that stands on the line now."""

    is_running = False
    shown_text = ""


def start() -> None:
    """Say from the first second on how long the command is at work, until `end`."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return
    import signal

    if not hasattr(signal, "setitimer"):  # Windows has none
        return
    started_at = time.monotonic()

    def show_elapsed(*_: object) -> None:
        _Indicator.shown_text = f"subproc: at work for {time.monotonic() - started_at:.0f} s"
        os.write(sys.stderr.fileno(), f"\r{_Indicator.shown_text}".encode())

    signal.signal(signal.SIGALRM, show_elapsed)
    signal.setitimer(signal.ITIMER_REAL, INTERVAL, INTERVAL)
    _Indicator.is_running = True


def stop() -> None:
    """Say no more, and take back what was said: whatever comes next has the line for itself."""
    if not _Indicator.is_running:
        return
    import signal

    signal.setitimer(signal.ITIMER_REAL, 0)
    _Indicator.is_running = False
    if _Indicator.shown_text:
        os.write(sys.stderr.fileno(), f"\r{' ' * len(_Indicator.shown_text)}\r".encode())
        _Indicator.shown_text = ""
