"""`subproc show`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completing
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
        str,
        typer.Argument(metavar="ID", autocompletion=completing.ids, help="The id or the name of a service."),
    ],
    registry: ReadOption = None,
    at: AtOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Show everything that is known of a service, and what is not stated.

    \b
    subproc show intercom
    subproc show "Google Cloud" -f json
    """
    from subproc_cli.cli.output import Output
    from subproc_cli.cli.reading import open_list_at
    from subproc_cli.views.services import ServiceView

    index, day = open_list_at(registry, at)
    key, found = index.service(service)
    more = f"state a fact: subproc set {key} FIELD VALUE; its life: subproc log {key}"
    Output(form, output, colour, quiet).show(ServiceView(index, key, found, day), more)
