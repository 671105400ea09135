"""`subproc matrix`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
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
    from subproc_cli.overview.matrix import MatrixReport
    from subproc_cli.registry.registry import Registry

HELP = """Show which service sees which data, in one table.

\b
subproc matrix
subproc matrix --where "process outside the EU" --sort name
subproc matrix --columns email,phone,content
subproc matrix --every-category -f csv
"""


def command(
    registry: RegistriesOption = None,
    at: AtOption = None,
    every_category: Annotated[
        bool, typer.Option("--every-category", help="Show every category, not only the top-level ones.")
    ] = False,
    old_every_category: Annotated[bool, typer.Option("--all", hidden=True)] = False,
    where: WhereOption = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            autocompletion=completion.make_list_completer(completion.complete_categories),
            help="Categories to show, such as email,content,device.",
        ),
    ] = None,
    sort: SortOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc matrix`.

    Raises:
        UsageError: a category, place or question is not understood.
        typer.Exit: with the code of several lists.
    """
    from subproc_cli.cli.console import Output, warn_of_renamed_option
    from subproc_cli.cli.many_lists import find_only_registry, find_registry_names, show_lists

    if old_every_category:
        warn_of_renamed_option("--all", "--every-category", quiet=quiet)
        every_category = True
    options = _Options(at, every_category, where, columns, sort, form)
    out = Output(form, output, colour, quiet)
    names = find_registry_names(registry)
    if names is not None:
        raise typer.Exit(show_lists(names, partial(_build_report, options), out))
    _, report = _build_report(options, find_only_registry(registry))
    next_step = (
        ""
        if every_category or report.columns
        else "show every category: --every-category; filter services: --where QUESTION"
    )
    out.show(report, next_step)


class _Options(NamedTuple):
    """The options, as they were typed."""

    at: str | None
    every_category: bool
    where: str | None
    columns: str | None
    sort: str | None
    form: Format


def _build_report(options: _Options, name: str | None) -> "tuple[Registry, MatrixReport]":
    """Open a list, and return it with the report to show."""
    from subproc_cli.cli.editing import split_commas
    from subproc_cli.cli.registry_file import (
        filter_by_question,
        open_registry_at,
        resolve_categories,
        sort_services,
        warn_of_left_out,
    )
    from subproc_cli.overview.matrix import MatrixReport

    registry, as_of = open_registry_at(name, options.at)
    columns = resolve_categories(
        registry.category_tree, split_commas([options.columns] if options.columns else []), "--columns: "
    )
    in_use = sort_services(registry.find_services_in_use(as_of), options.sort)
    services, filtered = filter_by_question(registry, as_of, in_use, options.where)
    if options.form in (Format.JSON, Format.NDJSON, Format.CSV):
        warn_of_left_out(filtered.undecided_ids)
    return registry, MatrixReport(registry, services, as_of, options.every_category, columns, filtered)
