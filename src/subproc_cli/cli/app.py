"""The command `subproc` and its sub-commands, in the order of the help."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.groups import Commands
from subproc_cli.cli.help import show_help
from subproc_cli.version import __version__

app = typer.Typer(
    name="subproc",
    cls=Commands,
    rich_markup_mode=None,  # half the start, and brackets in a user's text stay text
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"subproc {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who else sees your customers' data? Ask, check and tell from registry.yaml:
    subproc which process outside the EU
    """  # noqa: D205, D415  with one line more the help would not fit the smallest usual screen
    del version
    if context.invoked_subcommand is None:
        show_help(context)
        raise typer.Exit(2)
