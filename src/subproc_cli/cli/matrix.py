"""`subproc matrix`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.options import (
    AtOption,
    Colour,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    ReadOption,
    WhereOption,
)


def command(
    registry: ReadOption = None,
    at: AtOption = None,
    leaves: Annotated[
        bool, typer.Option("--all", help="Show every category, not only the top-level ones.")
    ] = False,
    where: WhereOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Show which service sees which data, in one table.

    \b
    subproc matrix
    subproc matrix --where "process outside the EU"
    subproc matrix --all -f csv
    """
    from subproc_cli.cli.choosing import asked, left_out, warn
    from subproc_cli.cli.output import Output
    from subproc_cli.cli.reading import open_list_at
    from subproc_cli.views.matrix import MatrixView

    index, day = open_list_at(registry, at)
    services, silent = asked(index, day, index.in_use(day), where)
    out = Output(form, output, colour, quiet)
    out.show(MatrixView(index, services, day, leaves, left_out(silent)))
    if form in (Format.JSON, Format.CSV):
        warn(silent)
    if not leaves:
        out.hint("every category: --all; fewer services: --where QUESTION")
