"""What a command says of a list with guesses that nobody has looked at."""

from subproc_cli.cli.console import to_stderr
from subproc_cli.cli.registry_file import named
from subproc_cli.errors import RefusedFault
from subproc_cli.output.sanitize import visible
from subproc_cli.registry.comments import marks
from subproc_cli.registry.registry import Index
from subproc_cli.text import first_listed


def refuse_guesses(index: Index) -> None:
    """Refuse to tell customers as a fact what an import guessed.

    Raises:
        RefusedFault: with the first of the lines that are marked, and with what finds all.
    """
    found = marks(index)
    if found:
        places = [f"{index.file}:{each.number}" for each in found]
        message = f"{_counted(index, len(found))}: {first_listed(places)}"
        raise RefusedFault(message, f"look at each line and remove the mark; {_check(index)}")


def warn_of_guesses(index: Index) -> None:
    """Tell that answers may rest on what an import guessed."""
    found = marks(index)
    if found:
        told = f"{_counted(index, len(found))}: {_check(index)}"
        to_stderr(f"subproc: {visible(told)}")


def _counted(index: Index, count: int) -> str:
    lines = "1 line" if count == 1 else f"{count:,} lines"
    return f"{lines} of {index.file} {'is' if count == 1 else 'are'} marked as guessed and not looked at"


def _check(index: Index) -> str:
    return f"subproc check{named(index.file, '')} --select SP110"
