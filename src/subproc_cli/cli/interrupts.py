"""What Ctrl-C does: the first one stops the command, which cleans up; a second one exits at once."""

import os
import signal
import sys

EXIT_CODE = 130


def exit_now(*_: object) -> None:
    """Exit at once: the files on the disk are complete."""
    os._exit(EXIT_CODE)


def install_immediate_exit() -> bool:
    """Let Ctrl-C exit at once while nothing is open yet; False if it is ignored, as in the background."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    signal.signal(signal.SIGINT, exit_now)
    return True


def install_handler() -> None:
    """Let the first Ctrl-C stop the command by an exception from now on.

    Where no exception can get out, it exits at once.
    """
    sys.unraisablehook = _handle_unraisable
    signal.signal(signal.SIGINT, _handle_interrupt)


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on: the work is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def is_interrupted() -> bool:
    """Return whether a Ctrl-C is stopping the command, also if a library has replaced the exception."""
    return signal.getsignal(signal.SIGINT) is exit_now


def _handle_interrupt(*_: object) -> None:
    signal.signal(signal.SIGINT, exit_now)
    raise KeyboardInterrupt


def _handle_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        exit_now()
    sys.__unraisablehook__(unraisable)
