"""`subproc categories`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    ReadOption,
)


def command(
    word: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD...", autocompletion=completion.data, help="Only these, and all below."),
    ] = None,
    registry: ReadOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """List the data categories: the words of a list and of a question.

    A list's own categories are among them if there is a list.

    \b
    subproc categories
    subproc categories email device
    subproc categories -f markdown -o categories.md
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import known_categories, open_list_if_any
    from subproc_cli.overview.vocabulary import CategoriesView
    from subproc_cli.reference.categories import built_in

    index = open_list_if_any(registry)
    tree = index.tree if index else built_in()
    view = CategoriesView(tree, known_categories(tree, word)) if word else CategoriesView(tree)
    Output(form, output, colour, quiet).show(view, "ask with them: subproc which see email")
