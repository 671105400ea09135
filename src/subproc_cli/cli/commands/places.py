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

HELP = """List regions with their members, and how each law assesses countries, on a date.

For each country and law, the decisions in force and the earlier ones are shown. For a part of a country,
the country is shown.

\b
subproc places EU --at 2019-12-31
subproc places US UK
subproc places --law
subproc places US --law uk-gdpr
"""


def command(
    place: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLACE...",
            autocompletion=completion.complete_places,
            help="Only these places; with --law also the keys of laws.",
        ),
    ] = None,
    shows_laws: Annotated[
        bool, typer.Option("--law", help="Show the laws, and until which day the data on them is complete.")
    ] = False,
    registry: RegistryRevisionOption = None,
    at: AtOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc places`.

    Raises:
        UsageError: there is no such place or law.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_registry_if_any, parse_day_option, resolve_places
    from subproc_cli.errors import UsageError
    from subproc_cli.overview.places import PlacesReport
    from subproc_cli.reference.geography import find_countries_of_part, load_gazetteer
    from subproc_cli.reference.laws import list_laws, suggest_law

    words = place or []
    loaded_registry = open_registry_if_any(registry)
    gazetteer = loaded_registry.gazetteer if loaded_registry else load_gazetteer()
    chosen_laws = tuple(word for word in words if shows_laws and word in list_laws())
    names = [word for word in words if word not in chosen_laws]
    parts = {
        word: codes for word in names if not gazetteer.find(word) and (codes := find_countries_of_part(word))
    }
    unknown = [word for word in names if word not in parts and not gazetteer.find(word)]
    if shows_laws and unknown:
        hint = suggest_law(unknown[0]) or gazetteer.suggest(unknown[0]) or "see: subproc places --law"
        raise UsageError(f"{unknown[0]!r} is not a law or a known place", hint)
    known_names = [each for word in names for each in parts.get(word, (word,))]
    view = PlacesReport(
        gazetteer,
        chosen_laws or (loaded_registry.model.law if loaded_registry else list_laws()),
        parse_day_option(at),
        resolve_places(gazetteer, known_names),
        parts,
        shows_laws,
    )
    Output(form, output, colour, quiet).show(
        view, "use one in a question: subproc which process outside the EU"
    )
