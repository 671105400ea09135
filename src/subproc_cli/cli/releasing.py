"""Puts the entry of a revision into a changelog."""

import os
from pathlib import Path

from subproc_cli.cli.files import replace_bytes
from subproc_cli.cli.output import hint, to_stderr
from subproc_cli.errors import UsageFault
from subproc_cli.registry import source
from subproc_cli.render.markdown import render
from subproc_cli.views.changelog import Entry, inserted, place

_BEGINNING = "# Changelog\n"
_NO_CHANGELOG = frozenset((".yaml", ".yml", ".json"))


def put(entry: Entry, file: str, *, quiet: bool) -> None:
    """Write an entry to its place in a changelog; one that is there already stays as it is.

    A changelog that does not exist is begun.

    Raises:
        UnreadableFault: the file cannot be read.
        UsageFault: there is no change to tell, or the file is no changelog.
    """
    version = entry.new.registry.version
    if Path(file).suffix in _NO_CHANGELOG:
        raise UsageFault(f"{file}: is a list of services, not a changelog")
    if not entry.changes:
        raise UsageFault("no change: there is nothing to put into the changelog")
    try:
        old = source.read(file).content if os.path.lexists(file) else None
        text = _BEGINNING if old is None else old.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageFault(f"{file}: is not a text in UTF-8") from None
    found = place(text, version)
    if found.taken:
        to_stderr(f"subproc: {file} has an entry for {version} already; nothing was written")
        return
    new = inserted(text, render(entry.page(found.level)), found.line)
    replace_bytes(Path(file), old, new.encode("utf-8", "backslashreplace"))
    if not quiet:
        to_stderr(f"{file}: {'begun, with ' if text == _BEGINNING else ''}the entry for {version}")
        hint(f"who must be told: subproc notice {entry.old.registry.version} --dry-run")
