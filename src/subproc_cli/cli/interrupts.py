"""What Ctrl-C does: the first stops the command, which cleans up behind it; one more leaves at once."""

import os
import signal
import sys

EXIT_CODE = 130


def exit_now(*_: object) -> None:
    """Leave at once: what stands on the disk is whole, and nobody waits for more."""
    os._exit(EXIT_CODE)


def install_immediate_exit() -> bool:
    """Let Ctrl-C leave at once while nothing is open yet; False if it is ignored, as in the background."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    signal.signal(signal.SIGINT, exit_now)
    return True


def install_handler() -> None:
    """Let the first Ctrl-C stop the command by an exception from now on.

    Where it falls on a place that no exception gets out of, it leaves at once.
    """
    sys.unraisablehook = _handle_unraisable
    signal.signal(signal.SIGINT, _handle_interrupt)


def ignore_interrupts() -> None:
    """Hear no Ctrl-C any more: the work is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def is_interrupted() -> bool:
    """Tell whether a Ctrl-C stops the command, whatever a library has made of the exception."""
    return signal.getsignal(signal.SIGINT) is exit_now


def _handle_interrupt(*_: object) -> None:
    signal.signal(signal.SIGINT, exit_now)
    raise KeyboardInterrupt


def _handle_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        exit_now()
    sys.__unraisablehook__(unraisable)
