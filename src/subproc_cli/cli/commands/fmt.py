"""`subproc fmt`."""

from typing import Annotated

import typer

from subproc_cli.cli.console import hint, to_stderr
from subproc_cli.cli.editing import keep
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import ListOption, QuietOption
from subproc_cli.cli.registry_file import opened
from subproc_cli.output.sanitize import visible
from subproc_cli.registry import source
from subproc_cli.registry.formatter import Formatted, formatted
from subproc_cli.registry.source import STDIN
from subproc_cli.yaml.source import Source


def command(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="The lists. [default: that of --registry]")
    ] = None,
    registry: ListOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; leave with 1 if a file would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show the difference.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write codes of places and the order of fields in the one way.

    Comments stay with their fields. Nothing else changes, and never what the list says.

    \b
    subproc fmt
    subproc fmt --check registry.yaml
    """
    from subproc_cli.cli.registry_file import list_path, refuse_two_lists

    refuse_two_lists(context, files[0] if files else None, registry)
    paths = files or [list_path(registry)]
    changed = [format_file(path, check=check, diff=diff, quiet=quiet) for path in paths]
    if check and any(changed):
        raise typer.Exit(FINDINGS)


def format_file(path: str, *, check: bool, diff: bool, quiet: bool) -> bool:
    """Format a file, or tell what would change, and return whether it differs.

    Raises:
        UnreadableFault: it has faults.
    """
    given = source.read(path)
    index = opened(given)
    result = formatted(given, index)
    after = opened(Source(given.name, result.content))
    assert after.registry == index.registry  # noqa: S101  the meaning is the same, or this is a bug
    if not check or diff:
        keep(path, given, result.content, dry_run=diff)
    if not quiet and (check or (path != STDIN and not diff)):
        _tell(given.name, result, check=check)
    changes = result.content != given.content
    if path != STDIN and not diff:
        _tell_next(path, quiet=quiet, due=changes and check, same=not changes)
    return changes


def _tell_next(path: str, *, quiet: bool, due: bool, same: bool) -> None:
    """Tell what to type next: the same once more if the change is due, or what else there is to mend."""
    step = f"write it: subproc fmt {path}" if due else f"what the list lacks: subproc check {path}"
    hint(f"{path}: nothing to change; {step}" if same else step, quiet=quiet)


def _tell(name: str, result: Formatted, *, check: bool) -> None:
    for note in result.notes:
        to_stderr(visible(f"{name}:{note}"))
    if result.notes:
        count = f"{len(result.notes)} change" + "s" * (len(result.notes) > 1)
        to_stderr(visible(f"subproc: {name}: {count}" + (" needed" if check else "")))
