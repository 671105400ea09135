"""`subproc matrix`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    AtOption,
    Colour,
    ColourOption,
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
    leaves: Annotated[
        bool, typer.Option("--all", help="Show every category, not only the top-level ones.")
    ] = False,
    where: WhereOption = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            autocompletion=completion.several(completion.data),
            help="Which categories, such as email,content,device.",
        ),
    ] = None,
    sort: SortOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Show which service sees which data, in one table.

    \b
    subproc matrix
    subproc matrix --where "process outside the EU" --sort name
    subproc matrix --columns email,phone,content
    subproc matrix --all -f csv
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.editing import split
    from subproc_cli.cli.registry_file import asked, in_order, known_categories, left_out, open_list_at, warn
    from subproc_cli.overview.matrix import MatrixView

    index, day = open_list_at(registry, at)
    wanted = known_categories(index.tree, split([columns] if columns else []), "--columns: ")
    services, silent = asked(index, day, in_order(index.in_use(day), sort), where)
    more = "" if leaves or wanted else "every category: --all; fewer services: --where QUESTION"
    out = Output(form, output, colour, quiet)
    out.show(MatrixView(index, services, day, leaves, wanted, left_out(silent)), more)
    if form in (Format.JSON, Format.CSV):
        warn(silent)
