"""`subproc matrix`."""

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
    SortOption,
    WhereOption,
)
from subproc_cli.enums import Colour

HELP = """Show which service sees which data, in one table.

\b
subproc matrix
subproc matrix --where "process outside the EU" --sort name
subproc matrix --columns email,phone,content
subproc matrix --every-category -f csv
"""


def command(
    registry: RegistryRevisionOption = None,
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
    """Run `subproc matrix`."""
    from subproc_cli.cli.console import Output, warn_of_renamed_option
    from subproc_cli.cli.editing import split_commas
    from subproc_cli.cli.registry_file import (
        filter_by_question,
        open_registry_at,
        resolve_categories,
        sort_services,
        warn_of_left_out,
    )
    from subproc_cli.overview.matrix import MatrixReport

    if old_every_category:
        warn_of_renamed_option("--all", "--every-category", quiet=quiet)
        every_category = True
    loaded_registry, as_of = open_registry_at(registry, at)
    selected_columns = resolve_categories(
        loaded_registry.category_tree, split_commas([columns] if columns else []), "--columns: "
    )
    services, filtered = filter_by_question(
        loaded_registry, as_of, sort_services(loaded_registry.find_services_in_use(as_of), sort), where
    )
    next_step = (
        ""
        if every_category or selected_columns
        else "show every category: --every-category; filter services: --where QUESTION"
    )
    out = Output(form, output, colour, quiet)
    out.show(
        MatrixReport(
            loaded_registry,
            services,
            as_of,
            every_category,
            selected_columns,
            filtered,
        ),
        next_step,
    )
    if form in (Format.JSON, Format.CSV):
        warn_of_left_out(filtered.undecided_ids)
