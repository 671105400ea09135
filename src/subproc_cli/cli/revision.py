"""Reads the list that a question is about, and warns of what its answers may rest on."""

import os
from datetime import date
from pathlib import Path

from subproc_cli.cli.console import to_stderr
from subproc_cli.cli.guesses import warn_of_guesses
from subproc_cli.cli.registry_file import day_of, list_path, nearest, open_list
from subproc_cli.errors import SubprocError
from subproc_cli.output.sanitize import visible
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import STDIN


def open_list_at(name: str | None, at: str | None) -> tuple[Index, date]:
    """Return the list and the day that it is asked about, today without one.

    Who asks a list about a day before it was published is warned: it need not be what held on that day. So is
    who asks one that an import guessed at.
    """
    index, day = open_list(name), day_of(at)
    if day < index.registry.date:
        told = f"{index.file} is of {index.registry.date}, so a service without a first day counts as in use"
        known = _is_published(name, day)
        then = f"as published then: --registry @{day}" if known else "nothing published by then is known here"
        to_stderr(f"subproc: {visible(told)} on {day} ({then})")
    warn_of_guesses(index)
    return index, day


def _is_published(name: str | None, day: date) -> bool:
    """Tell whether `--registry @DAY` finds what was published by a day, in the history of the same list."""
    from subproc_cli.history.revisions import Revisions

    here, path = nearest(), list_path(name)
    if here is None or path == STDIN or (os.path.exists(path) and not Path(path).samefile(here)):
        return False
    try:
        return bool(Revisions(here).read(f"@{day}"))
    except SubprocError:
        return False
