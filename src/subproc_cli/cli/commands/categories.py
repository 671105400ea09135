"""`subproc categories`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    RegistryRevisionOption,
)
from subproc_cli.enums import Colour

HELP = """List the data categories that a registry and a question can use.

Categories defined in your registry are included.

\b
subproc categories
subproc categories email device
subproc categories -f markdown -o categories.md
"""


def command(
    word: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORD...",
            autocompletion=completion.complete_categories,
            help="Only these categories and their subcategories.",
        ),
    ] = None,
    registry: RegistryRevisionOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc categories`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_registry_if_any, resolve_categories
    from subproc_cli.overview.categories import CategoriesReport
    from subproc_cli.reference.categories import load_category_tree

    loaded_registry = open_registry_if_any(registry)
    category_tree = loaded_registry.category_tree if loaded_registry else load_category_tree()
    view = (
        CategoriesReport(category_tree, resolve_categories(category_tree, word))
        if word
        else CategoriesReport(category_tree)
    )
    Output(form, output, colour, quiet).show(view, "use one in a question: subproc which see email")
