"""The one place where faults are caught and told."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import TyperException

from subproc_cli.cli import interrupts, progress
from subproc_cli.cli.app import app
from subproc_cli.cli.console import drop_the_rest, to_stderr
from subproc_cli.cli.exit_codes import BUG, FINDINGS, FINE, INTERRUPTED
from subproc_cli.cli.usage import told
from subproc_cli.cli.wrapping import columns_of_messages
from subproc_cli.errors import QuestionFault, SubprocError, UnreadableFault, UnwritableFault, UsageFault
from subproc_cli.output.sanitize import cells, quoted

WINDOW = 200
"""Characters that are shown before and after the place where a long text is not understood."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: one of `exits.MEANINGS`."""
    progress.begin()
    try:
        _refuse_to_leave_unexplained()
        code = app(list(arguments), standalone_mode=False, prog_name="subproc")
    except SubprocError as fault:
        return _tell(fault)
    except TyperException as fault:
        _tell_usage(fault)
        return fault.exit_code
    except (typer.Abort, KeyboardInterrupt) as fault:
        return _tell_left(fault)
    except Exception as fault:  # noqa: BLE001  a bug, told in one line, or what no command sees coming
        return _tell_unforeseen(fault)
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # a reader of the help has seen enough
            return FINE
        raise
    finally:
        progress.end()
    return code if isinstance(code, int) else FINE


def _refuse_to_leave_unexplained() -> None:
    if sys.flags.optimize > 1:
        message = "Python has left out the docstrings, by which rules and commands are explained"
        raise UsageFault(message, "unset PYTHONOPTIMIZE, or set it to 1")


def _tell(fault: SubprocError) -> int:
    for detail in fault.details:
        to_stderr(quoted(detail))
    hint = f" ({fault.hint})" if fault.hint else ""
    to_stderr(f"subproc: {quoted(_short(fault.message) + hint)}")
    if isinstance(fault, QuestionFault) and fault.text.strip():
        window = min(WINDOW, (columns_of_messages() or 3 * WINDOW) // 2 - 1)  # beside an indent of two
        start = max(0, fault.start - window)
        before, word = fault.text[start : fault.start], fault.text[fault.start : fault.end][:window]
        to_stderr(f"  {quoted(fault.text[start : fault.start + window])}")
        to_stderr(f"  {' ' * cells(quoted(before))}{'^' * max(1, cells(quoted(word)))}")
    return fault.exit_code


def _short(message: str) -> str:
    """Return a message without the middle of what somebody pasted into it."""
    return message if len(message) <= 2 * WINDOW else f"{message[:WINDOW]} … {message[-WINDOW:]}"


def _tell_usage(fault: TyperException) -> None:
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "subproc"
    to_stderr(f"subproc: {quoted(told(fault))}")
    to_stderr(f"  see: {command} --help")


def _tell_left(fault: BaseException) -> int:
    """Say what came of it where somebody was asked whether to write; who stops a command knows what stops."""
    if isinstance(fault, typer.Abort):
        to_stderr("\nsubproc: nothing was written")
    return INTERRUPTED


def _of_the_system(fault: Exception) -> SubprocError | None:
    """Return what no command sees coming: its folder is gone, or there is no room for its help."""
    if isinstance(fault, FileNotFoundError) and not _somewhere():
        return UnreadableFault("the folder that you are in was deleted", "change to another one")
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        drop_the_rest()
        return UnwritableFault(f"standard output cannot be written: {fault.strerror}")
    if isinstance(fault, OSError) and fault.filename is not None:
        return UnreadableFault(f"{fault.filename}: {fault.strerror}")
    return None


def _somewhere() -> bool:
    try:
        return Path.cwd().exists()
    except FileNotFoundError:
        return False


def _tell_unforeseen(fault: Exception) -> int:
    if "_SUBPROC_COMPLETE" in os.environ:  # a shell that completes is no place for messages
        return FINDINGS
    if interrupts.heard():  # a library has made another exception of it
        return INTERRUPTED
    known = _of_the_system(fault)
    if known is not None:
        return _tell(known)
    if os.environ.get("SUBPROC_DEBUG"):
        raise fault
    to_stderr(f"subproc: this is a bug: {type(fault).__name__}: {quoted(str(fault))}")
    to_stderr("  set SUBPROC_DEBUG=1 to see where, and please report it")
    return BUG
