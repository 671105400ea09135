"""`subproc places`."""

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
)


def command(
    place: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACE...", autocompletion=completion.places, help="Only these."),
    ] = None,
    registry: ReadOption = None,
    at: AtOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """List regions with their members, and which countries are held adequate, on a day.

    \b
    subproc places EU --at 2019-12-31
    subproc places US UK
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import day_of, known_places, open_list_if_any
    from subproc_cli.enums import Regime
    from subproc_cli.overview.vocabulary import PlacesView
    from subproc_cli.reference.geography import built_in

    index = open_list_if_any(registry)
    gazetteer = index.gazetteer if index else built_in()
    regimes = index.registry.law if index else tuple(Regime)
    view = PlacesView(gazetteer, regimes, day_of(at), known_places(gazetteer, place or []))
    Output(form, output, colour, quiet).show(view, "ask with them: subproc which process outside the EU")
