"""`subproc log`."""

import shlex
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import ColourOption, Format, FormatOption, OutputOption, QuietOption
from subproc_cli.enums import Colour, Level

HELP = """Show the history of the list or of one service, from git or a folder of revisions.

\b
subproc log
subproc log intercom --level notice
subproc log -r examples/caplena --since 2023-01-01
"""


def command(
    service: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            autocompletion=completion.complete_service_ids,
            help="Only this service: its current or former id, or its name.",
        ),
    ] = None,
    registry: Annotated[
        str | None,
        typer.Option(
            "--registry",
            "-r",
            metavar="FILE|FOLDER",
            envvar="SUBPROC_REGISTRY",
            help="The registry, or a folder of revisions. "
            " [default: registry.yaml here or in a parent folder]",
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only revisions from this date on.")
    ] = None,
    level: Annotated[
        Level | None, typer.Option("--level", help="Only changes of this level or higher.")
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc log`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.history import load_log

    report = load_log(registry, service, since, level)
    service_step = (
        f"current state: subproc show {shlex.quote(service)}" if service else "one service: subproc log ID"
    )
    next_step = f"{service_step}; compare revisions: subproc diff OLD NEW"
    Output(form, output, colour, quiet).show(report, next_step)
