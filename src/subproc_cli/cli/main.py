"""The one place where errors are caught and reported."""

import errno
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import TyperException

from subproc_cli.cli import interrupts, progress
from subproc_cli.cli.app import COMMANDS, load_program
from subproc_cli.cli.console import discard_stdout, print_stderr
from subproc_cli.cli.exit_codes import BUG, FINDINGS, INTERRUPTED, SUCCESS
from subproc_cli.cli.usage import format_usage_error
from subproc_cli.cli.wrapping import get_message_width, measure_width
from subproc_cli.errors import QuestionSyntaxError, ReadError, SubprocError, WriteError
from subproc_cli.output.sanitize import sanitize_quoted

SHOWN_CHARACTERS = 200
"""Number of characters shown before and after an error in a long text."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: one of `exit_codes`."""
    try:
        code = load_program()(list(arguments), standalone_mode=False, prog_name="subproc")
    except SubprocError as error:
        return _report_error(error)
    except TyperException as error:
        _report_usage_error(error, arguments)
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt) as error:
        return _report_abort(error)
    except Exception as error:  # noqa: BLE001  a bug, reported in one line, or an error that no command expects
        return _report_unexpected_error(error)
    except SystemExit as system_exit:
        if isinstance(system_exit.__context__, BrokenPipeError):  # the reader of the help closed the pipe
            return SUCCESS
        raise
    finally:
        progress.stop()
    return code if isinstance(code, int) else SUCCESS


def _report_error(error: SubprocError) -> int:
    for detail in error.details:
        print_stderr(sanitize_quoted(detail))
    hint = f" ({error.hint})" if error.hint else ""
    print_stderr(f"subproc: {sanitize_quoted(_shorten(error.message) + hint)}")
    if isinstance(error, QuestionSyntaxError) and error.text.strip():
        window = min(
            SHOWN_CHARACTERS, (get_message_width() or 3 * SHOWN_CHARACTERS) // 2 - 1
        )  # next to an indent of two
        start = max(0, error.start - window)
        before, word = error.text[start : error.start], error.text[error.start : error.end][:window]
        print_stderr(f"  {sanitize_quoted(error.text[start : error.start + window])}")
        print_stderr(
            f"  {' ' * measure_width(sanitize_quoted(before))}"
            f"{'^' * max(1, measure_width(sanitize_quoted(word)))}"
        )
        for line in error.proposals:
            print_stderr(f"    {sanitize_quoted(_format_proposal(line))}")
    return error.exit_code


def _format_proposal(line: str) -> str:
    """Return a proposed question as a command that can be typed."""
    if line.startswith("subproc "):
        return line
    question = line.removeprefix("which ")
    is_plain = question.replace(" ", "").replace("-", "").isalnum()
    return f"subproc which {question if is_plain else shlex.quote(question)}"


def _shorten(message: str) -> str:
    """Return a message in which a long pasted text is shortened in the middle."""
    return (
        message
        if len(message) <= 2 * SHOWN_CHARACTERS
        else f"{message[:SHOWN_CHARACTERS]} … {message[-SHOWN_CHARACTERS:]}"
    )


def _report_usage_error(error: TyperException, arguments: Sequence[str]) -> None:
    context = getattr(error, "ctx", None)
    # An option without its value is reported without the command that it belongs to.
    typed = f"subproc {arguments[0]}" if arguments and arguments[0] in COMMANDS else "subproc"
    command = context.command_path if context else typed
    print_stderr(f"subproc: {sanitize_quoted(format_usage_error(error))}")
    print_stderr(f"  see: {command} --help")


def _report_abort(error: BaseException) -> int:
    """Report that nothing was written if a question was not answered; a Ctrl-C needs no message."""
    if isinstance(error, typer.Abort):
        print_stderr("\nsubproc: nothing was written")
    return INTERRUPTED


def _convert_system_error(error: Exception) -> SubprocError | None:
    """Return the error for an unexpected state of the system: the folder was deleted, or the disk is full."""
    if isinstance(error, FileNotFoundError) and not _has_working_directory():
        return ReadError("the current folder no longer exists", "change to another folder")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        discard_stdout()
        return WriteError(f"standard output cannot be written: {error.strerror}")
    if isinstance(error, OSError) and error.filename is not None:
        return ReadError(f"{error.filename}: {error.strerror}")
    return None


def _has_working_directory() -> bool:
    try:
        return Path.cwd().exists()
    except FileNotFoundError:
        return False


def _report_unexpected_error(error: Exception) -> int:
    if "_SUBPROC_COMPLETE" in os.environ:  # a message would disturb the completion of the shell
        return FINDINGS
    if interrupts.is_interrupted():  # a library has made another exception of it
        return INTERRUPTED
    system_error = _convert_system_error(error)
    if system_error is not None:
        return _report_error(system_error)
    if os.environ.get("SUBPROC_DEBUG"):
        raise error
    print_stderr(f"subproc: this is a bug: {type(error).__name__}: {sanitize_quoted(str(error))}")
    print_stderr("  set SUBPROC_DEBUG=1 to see where, and please report it")
    return BUG
