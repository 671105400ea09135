"""`subproc places`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    AtOption,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    RegistryRevisionOption,
)
from subproc_cli.enums import Colour

HELP = """List regions with their members, and adequacy decisions, on a date.

\b
subproc places EU --at 2019-12-31
subproc places US UK
"""


def command(
    place: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLACE...", autocompletion=completion.complete_places, help="Only these places."
        ),
    ] = None,
    registry: RegistryRevisionOption = None,
    at: AtOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc places`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_registry_if_any, parse_day_option, resolve_places
    from subproc_cli.enums import Regime
    from subproc_cli.overview.vocabulary import PlacesReport
    from subproc_cli.reference.geography import load_gazetteer

    loaded_registry = open_registry_if_any(registry)
    gazetteer = loaded_registry.gazetteer if loaded_registry else load_gazetteer()
    regimes = loaded_registry.model.law if loaded_registry else tuple(Regime)
    view = PlacesReport(gazetteer, regimes, parse_day_option(at), resolve_places(gazetteer, place or []))
    Output(form, output, colour, quiet).show(
        view, "use one in a question: subproc which process outside the EU"
    )
