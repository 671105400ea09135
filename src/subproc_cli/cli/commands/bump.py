"""`subproc bump`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    Format,
    FormatOption,
    ListOption,
    OutputOption,
    QuietOption,
)


def command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=completion.revisions, help="The revision customers know."
        ),
    ] = "HEAD",
    registry: ListOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Set version and date in the file, and nothing else.")
    ] = False,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The date to --write. [default: today]")
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Print the bump that the changes since a revision need, and the next version.

    \b
    subproc bump
    subproc bump 4.0.0 --write
    """
    from subproc_cli.cli.commands.bumping import bumped, next_step, set_version
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import day_of, list_path
    from subproc_cli.errors import UsageFault

    if day and not write:
        raise UsageFault("--date sets the date in the file, and goes with --write")
    path, dated = list_path(registry), day_of(day, "--date")
    result = bumped(old, path)
    if write and not result.enough:
        set_version(path, result.following, dated)
        result = result._replace(written=True)
    Output(form, output, colour, quiet).show(result, next_step(result, old, path))
