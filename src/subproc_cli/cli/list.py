"""`subproc list`."""

from subproc_cli.cli.options import (
    AtOption,
    Colour,
    ColourOption,
    EveryOption,
    Format,
    FormatOption,
    ListOption,
    OutputOption,
    QuietOption,
)


def command(
    registry: ListOption = None,
    at: AtOption = None,
    every: EveryOption = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """List the services in use, one a row.

    \b
    subproc list
    subproc list --at 2022-06-30
    subproc list --all -f csv
    """
    from subproc_cli.cli.output import Output
    from subproc_cli.cli.reading import chosen, day_of, open_list
    from subproc_cli.views.services import ServicesView

    index, day = open_list(registry), day_of(at)
    services = chosen(index, day, every=every)
    Output(form, output, colour, quiet).show(ServicesView(index, services, day))
