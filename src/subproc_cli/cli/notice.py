"""`subproc notice`."""

from enum import StrEnum
from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    ListOption,
    OutputOption,
    QuietOption,
)


class LetterFormat(StrEnum):
    """What a notice is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The revision customers know: a file.")],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="The coming one. [default: the list of --registry]"),
    ] = None,
    *,
    effective: Annotated[
        str, typer.Option("--effective", metavar="DATE", help="Day from which the changes apply.")
    ],
    sent: Annotated[
        str | None,
        typer.Option("--sent", metavar="DATE", help="Day the notice goes out. [default: today]"),
    ] = None,
    registry: ListOption = None,
    form: Annotated[LetterFormat, typer.Option("--format", "-f", help="What to write.")] = LetterFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Write the notice that changes between two revisions demand (Art. 28(2) GDPR).

    \b
    subproc notice old.yaml new.yaml --effective 2027-03-01
    subproc notice old.yaml --effective 2027-03-01 -f markdown -o notice.md
    """
    from subproc_cli.cli.output import WIDTH, Output, to_stderr
    from subproc_cli.cli.reading import day_of, open_revisions
    from subproc_cli.diff.classify import diff
    from subproc_cli.notice.plan import plan
    from subproc_cli.render.text import render
    from subproc_cli.views.letter import LetterView, too_late

    revisions = open_revisions(old, new, registry)
    days = day_of(sent, "--sent"), day_of(effective, "--effective")
    planned = plan(revisions, diff(*revisions), *days)
    if planned is None:
        to_stderr("subproc: no change demands a notice; nothing was written")
        return
    if planned.short_by:
        to_stderr(f"subproc: warning: {too_late(planned)}")
    letter = LetterView(planned)
    letter = LetterView(planned, body=render(letter.page(), WIDTH))
    Output(form, output, colour, quiet).show(letter)
