"""`subproc rule`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
)


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of a kind of change.")],
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Explain one kind of change.

    \b
    subproc rule service-added
    subproc diff --kinds
    """
    from subproc_cli.cli.output import Output
    from subproc_cli.diff.kinds import BY_NAME
    from subproc_cli.errors import UsageFault
    from subproc_cli.views.kinds import KindView
    from subproc_cli.words import did_you_mean

    if name not in BY_NAME:
        hint = did_you_mean(name, BY_NAME) or "see: subproc diff --kinds"
        raise UsageFault(f"there is no kind of change {name!r}", hint)
    Output(form, output, colour, quiet).show(KindView(BY_NAME[name]))
