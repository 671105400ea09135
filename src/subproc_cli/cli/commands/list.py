"""`subproc list`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    AtOption,
    Colour,
    ColourOption,
    EveryOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    ReadOption,
    SortOption,
    WhereOption,
)


def command(
    registry: ReadOption = None,
    at: AtOption = None,
    every: EveryOption = False,
    where: WhereOption = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            autocompletion=completion.several(completion.columns),
            help="Which columns: id, purpose, used, processing, entity, country, data, never, role, group,"
            " transfer, contact, since, until. [default: purpose,used,processing,entity]",
        ),
    ] = None,
    sort: SortOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """List the services in use, one a row.

    \b
    subproc list
    subproc list --at 2022-06-30
    subproc list --where "see email" --columns data,processing --sort name
    subproc list --all -f csv
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import asked, chosen, in_order, left_out, open_list_at, warn
    from subproc_cli.overview.list import BRIEF, MANY, ServicesView, shown

    out, (index, day) = Output(form, output, colour, quiet), open_list_at(registry, at)
    wanted, services = shown(columns), in_order(chosen(index, day, every=every), sort)
    services, silent = asked(index, day, services, where)
    if columns is None and len(services) > MANY and out.on_terminal():
        wanted = BRIEF
    out.show(ServicesView(index, services, day, wanted, left_out(silent)))
    if form in (Format.JSON, Format.CSV):
        warn(silent)
