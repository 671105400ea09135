"""`subproc show`."""

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
    service: Annotated[
        list[str],
        typer.Argument(metavar="ID...", autocompletion=completion.ids, help="Services, by id or name."),
    ],
    registry: ReadOption = None,
    at: AtOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Show everything that is known of a service, and what is not stated.

    Of several services, a program gets what subproc list says of them.

    \b
    subproc show intercom
    subproc show "Google Cloud" -f json
    subproc show datadog deepl
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import named, open_list_at
    from subproc_cli.overview.list import CardsView, ServicesView
    from subproc_cli.overview.show import ServiceView

    index, day = open_list_at(registry, at)
    whole = " ".join(service)  # a name may be typed without quotes
    found = dict(map(index.service, [whole] if index.called(whole) else service))
    key, one = next(iter(found.items()))
    several = CardsView(ServicesView(index, found, day))
    view = several if len(found) > 1 else ServiceView(index, key, one, day)
    there = named(registry)
    more = f"state a fact: subproc set {key} FIELD VALUE{there}; its life: subproc log {key}{there}"
    Output(form, output, colour, quiet).show(view, more)
