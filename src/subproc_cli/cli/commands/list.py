"""`subproc list`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
    RegistriesOption,
    SortOption,
    WhereOption,
)
from subproc_cli.enums import Colour

if TYPE_CHECKING:
    from subproc_cli.overview.list import ServicesReport
    from subproc_cli.registry.registry import Registry

HELP = """List the services in use, one per row.

\b
subproc list
subproc list --at 2022-06-30
subproc list --where "see email" --columns data,processing --sort name
subproc list --all -f csv
subproc list -r lists/ -f ndjson
"""


def command(
    registry: RegistriesOption = None,
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
            "transfer, dpa, retention and since. An unknown name lists all of them. "
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
    """Run `subproc list`.

    Raises:
        UsageError: a question or a column is not understood.
        typer.Exit: with the code of several lists.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.many_lists import find_only_registry, find_registry_names, show_lists

    out = Output(form, output, colour, quiet)
    width = out.width if out.is_on_terminal() else 0
    options = _Options(at, every, where, columns, sort, language, width, form)
    names = find_registry_names(registry)
    if names is not None:
        raise typer.Exit(show_lists(names, partial(_build_report, options), out))
    _, report = _build_report(options, find_only_registry(registry))
    first = next(iter(report.services), "")
    out.show(report, f"for one service in full: subproc show {first}" if first else "")


class _Options(NamedTuple):
    """The options, as they were typed."""

    at: str | None
    include_all: bool
    where: str | None
    columns: str | None
    sort: str | None
    language: str | None
    width: int
    form: Format


def _build_report(options: _Options, name: str | None) -> "tuple[Registry, ServicesReport]":
    """Open a list, and return it with the report to show."""
    from subproc_cli.cli.language import choose_language
    from subproc_cli.cli.registry_file import (
        filter_by_question,
        open_registry_at,
        select_services,
        sort_services,
        warn_of_left_out,
    )
    from subproc_cli.overview.list import ServicesReport, parse_columns

    registry, as_of = open_registry_at(name, options.at)
    columns = parse_columns(options.columns)
    services = sort_services(select_services(registry, as_of, include_all=options.include_all), options.sort)
    services, filtered = filter_by_question(registry, as_of, services, options.where)
    services = choose_language(registry, services, options.language)
    report = ServicesReport(registry, services, as_of, columns, filtered)
    if options.form in (Format.JSON, Format.NDJSON, Format.CSV):
        warn_of_left_out(filtered.undecided_ids)
    return registry, report.fit(options.width) if options.columns is None and options.width else report
