"""`subproc fmt`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import ListOption, QuietOption


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
    from subproc_cli.cli.commands.formatting import format_file
    from subproc_cli.cli.registry_file import list_path, refuse_two_lists

    refuse_two_lists(context, files[0] if files else None, registry)
    paths = files or [list_path(registry)]
    changed = [format_file(path, check=check, diff=diff, quiet=quiet) for path in paths]
    if check and any(changed):
        raise typer.Exit(FINDINGS)
