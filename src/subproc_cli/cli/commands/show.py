"""`subproc show`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.language import ListLanguageOption
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

HELP = """Show everything that is stated about a service, and what is not stated.

With several services, -f json and -f csv print the same fields as subproc list.

\b
subproc show intercom
subproc show "Google Cloud" -f json
subproc show datadog deepl
"""


def command(
    service: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", autocompletion=completion.complete_service_ids, help="Ids or names of services."
        ),
    ],
    registry: RegistryRevisionOption = None,
    at: AtOption = None,
    language: ListLanguageOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc show`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.language import choose_language
    from subproc_cli.cli.registry_file import format_registry_option, open_registry_at
    from subproc_cli.overview.list import ServiceCardsReport, ServicesReport
    from subproc_cli.overview.show import ServiceReport

    loaded_registry, as_of = open_registry_at(registry, at)
    full_name = " ".join(service)  # a name may be typed without quotes
    services = dict(
        map(
            loaded_registry.find_service,
            [full_name] if loaded_registry.find_ids_by_name(full_name) else service,
        )
    )
    shown_services = choose_language(loaded_registry, services, language)
    key, first_service = next(iter(shown_services.items()))
    cards = ServiceCardsReport(ServicesReport(loaded_registry, shown_services, as_of))
    view = cards if len(shown_services) > 1 else ServiceReport(loaded_registry, key, first_service, as_of)
    registry_option = format_registry_option(registry)
    next_step = (
        f"set a field: subproc set {key} FIELD VALUE{registry_option}; "
        f"see its history: subproc log {key}{registry_option}"
    )
    Output(form, output, colour, quiet).show(view, next_step)
