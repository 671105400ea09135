"""`subproc diff`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    Format,
    FormatOption,
    ListOption,
    OutputOption,
    QuietOption,
)


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier revision: a file, or -.")],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="The later one. [default: the list of --registry]"),
    ] = None,
    registry: ListOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Compare two revisions: what changed, and what each change demands.

    \b
    subproc diff old.yaml
    subproc diff old.yaml new.yaml -f json
    """
    from subproc_cli.cli.output import Output
    from subproc_cli.cli.reading import open_revisions
    from subproc_cli.diff.classify import diff
    from subproc_cli.views.changes import ChangesView

    before, after = open_revisions(old, new, registry)
    changes = diff(before, after)
    Output(form, output, colour, quiet).show(ChangesView(before, after, changes))
