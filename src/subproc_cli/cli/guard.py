"""The one place where faults are caught and told."""

import os
from collections.abc import Sequence

import typer  # noqa: TID251
from typer.exceptions import TyperException  # noqa: TID251

from subproc_cli.cli import patience
from subproc_cli.cli.app import app
from subproc_cli.cli.output import to_stderr
from subproc_cli.errors import QuestionFault, SubprocError
from subproc_cli.render.visible import cells, visible

WINDOW = 200
"""Characters that are shown before and after the place where a long text is not understood."""
BUG = 70
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code.

    0 fine, 1 findings, 2 usage, 3 the list cannot be read, 70 a bug, 130 interrupted.
    """
    patience.begin()
    try:
        code = app(list(arguments), standalone_mode=False, prog_name="subproc")
    except SubprocError as fault:
        _tell(fault)
        return fault.exit_code
    except TyperException as fault:
        _tell_usage(fault)
        return fault.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001  a bug, told in one line
        return _tell_bug(fault)
    finally:
        patience.end()
    return code if isinstance(code, int) else 0


def _tell(fault: SubprocError) -> None:
    for detail in fault.details:
        to_stderr(visible(detail))
    hint = f" ({fault.hint})" if fault.hint else ""
    to_stderr(f"subproc: {visible(_short(fault.message) + hint)}")
    if isinstance(fault, QuestionFault) and fault.text.strip():
        start = max(0, fault.start - WINDOW)
        before, word = fault.text[start : fault.start], fault.text[fault.start : fault.end][:WINDOW]
        to_stderr(f"  {visible(fault.text[start : fault.start + WINDOW])}")
        to_stderr(f"  {' ' * cells(visible(before))}{'^' * max(1, cells(visible(word)))}")


def _short(message: str) -> str:
    """Return a message without the middle of what somebody pasted into it."""
    return message if len(message) <= 2 * WINDOW else f"{message[:WINDOW]} … {message[-WINDOW:]}"


def _tell_usage(fault: TyperException) -> None:
    context = getattr(fault, "ctx", None)
    command = context.command_path if context else "subproc"
    said = fault.format_message().replace(": Value error, ", ": ", 1)  # a word of the library's own
    hint = " (put a text of several words in quotes)" if said.startswith("Got unexpected extra") else ""
    to_stderr(f"subproc: {visible(said + hint)}")
    to_stderr(f"  see: {command} --help")


def _tell_bug(fault: Exception) -> int:
    if os.environ.get("SUBPROC_DEBUG"):
        raise fault
    to_stderr(f"subproc: this is a bug: {type(fault).__name__}: {visible(str(fault))}")
    to_stderr("  set SUBPROC_DEBUG=1 to see where, and please report it")
    return BUG
