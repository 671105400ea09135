"""`subproc list`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.language import ListLanguageOption
from subproc_cli.cli.options import (
    AllOption,
    AtOption,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    RegistryRevisionOption,
    SortOption,
    WhereOption,
)
from subproc_cli.enums import Colour

HELP = """List the services in use, one per row.

\b
subproc list
subproc list --at 2022-06-30
subproc list --where "see email" --columns data,processing --sort name
subproc list --all -f csv
"""


def command(
    registry: RegistryRevisionOption = None,
    at: AtOption = None,
    every: AllOption = False,
    where: WhereOption = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            autocompletion=completion.make_list_completer(completion.complete_columns),
            help="Columns to show, such as id, role, type, purpose, used, data, processing, entity, country, "
            "transfer, dpa, retention and since. `--columns ?` lists all of them. "
            "[default: purpose,used,processing,entity]",
        ),
    ] = None,
    sort: SortOption = None,
    language: ListLanguageOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc list`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.language import choose_language
    from subproc_cli.cli.registry_file import (
        filter_by_question,
        format_left_out,
        open_registry_at,
        select_services,
        sort_services,
        warn_of_left_out,
    )
    from subproc_cli.overview.list import BRIEF_COLUMNS, MANY_SERVICES, ServicesReport, parse_columns

    out, (loaded_registry, as_of) = Output(form, output, colour, quiet), open_registry_at(registry, at)
    selected_columns, services = (
        parse_columns(columns),
        sort_services(select_services(loaded_registry, as_of, include_all=every), sort),
    )
    services, undecided_ids = filter_by_question(loaded_registry, as_of, services, where)
    services = choose_language(loaded_registry, services, language)
    if columns is None and len(services) > MANY_SERVICES and out.is_on_terminal():
        selected_columns = BRIEF_COLUMNS
    out.show(
        ServicesReport(loaded_registry, services, as_of, selected_columns, format_left_out(undecided_ids))
    )
    if form in (Format.JSON, Format.CSV):
        warn_of_left_out(undecided_ids)
