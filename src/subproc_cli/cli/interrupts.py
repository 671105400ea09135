"""What Ctrl-C does: the first stops the command, which cleans up behind it; one more leaves at once."""

import os
import signal
import sys

CODE = 130


def leave(*_: object) -> None:
    """Leave at once: what stands on the disk is whole, and nobody waits for more."""
    os._exit(CODE)


def leave_at_first() -> bool:
    """Let Ctrl-C leave at once while nothing is open yet; False if it is ignored, as in the background."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    signal.signal(signal.SIGINT, leave)
    return True


def listen() -> None:
    """Let the first Ctrl-C stop the command by an exception from now on.

    Where it falls on a place that no exception gets out of, it leaves at once.
    """
    sys.unraisablehook = _unraisable
    signal.signal(signal.SIGINT, _stop)


def ignore() -> None:
    """Hear no Ctrl-C any more: the work is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def heard() -> bool:
    """Tell whether a Ctrl-C stops the command, whatever a library has made of the exception."""
    return signal.getsignal(signal.SIGINT) is leave


def _stop(*_: object) -> None:
    signal.signal(signal.SIGINT, leave)
    raise KeyboardInterrupt


def _unraisable(about: "sys.UnraisableHookArgs") -> None:
    if issubclass(about.exc_type, KeyboardInterrupt):
        leave()
    sys.__unraisablehook__(about)
