"""Adds what was imported to a list, after its difference has been seen."""

import os
import sys
from pathlib import Path

import typer  # noqa: TID251

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.commands.importing import Target, refuse_unreadable
from subproc_cli.cli.console import to_stderr, to_stdout
from subproc_cli.cli.registry_file import opened
from subproc_cli.errors import UsageFault
from subproc_cli.importers.merge import Merged, merged
from subproc_cli.importers.pipeline import Imported
from subproc_cli.importers.statistics import Report
from subproc_cli.output import unified_diff
from subproc_cli.registry import source
from subproc_cli.registry.source import STDIN


def merge(made: Imported, target: Target, into: str, *, quiet: bool) -> Report:
    """Add what was imported to a list, and return the report of both.

    Raises:
        UsageFault: nobody can be asked, and nobody said yes.
    """
    before = source.read(into)
    after = merged(before, opened(before), made)
    text = after.content.decode("utf-8-sig")
    refuse_unreadable(made, text)
    difference = unified_diff.render(before.content.decode("utf-8-sig"), text, before.name)
    output = target.output or into
    if target.dry_run:
        to_stdout(difference)
    elif output == STDIN:
        to_stdout(after.content.decode("utf-8"))
    elif _agreed(difference, target, output, quiet=quiet) if difference else target.output:
        stood = before.content if os.path.exists(output) else None  # another file was refused before
        replace_bytes(Path(output), stood, after.content)
    return told(made, after)


def told(made: Imported, after: Merged) -> Report:
    """Return the report of an import with what was added to a list, and what that list states otherwise."""
    added = (f"{key}: is new" for key in after.added)
    filled = (f"{key}: {field} was not stated and is added" for key, field in after.filled)
    remarks = (*made.report.remarks, *added, *filled, *after.differing)
    return made.report._replace(remarks=remarks, skipped=(*made.report.skipped, *made.head))


def _agreed(difference: str, target: Target, output: str, *, quiet: bool) -> bool:
    """Show a difference and ask whether to write it."""
    if not quiet or not target.yes:
        to_stderr(difference.rstrip("\n"))
    if target.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageFault(f"{output}: nothing is written, nobody can be asked", "add --yes, or --dry-run")
    return typer.confirm(f"Write this to {output}?", err=True)
