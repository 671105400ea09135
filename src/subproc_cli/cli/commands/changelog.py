"""`subproc changelog`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.options import Colour, Format, ListOption, NewArgument, OutputOption, QuietOption


def command(
    old: Annotated[
        str, typer.Argument(metavar="OLD", autocompletion=completion.revisions, help="The earlier revision.")
    ] = "HEAD",
    new: NewArgument = None,
    registry: ListOption = None,
    update: Annotated[
        str | None, typer.Option("--update", metavar="FILE", help="Put the entry in its place there, once.")
    ] = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the entry of a revision for the changelog of the list.

    With --update it goes below the heading "The list" if there is one, otherwise to the top of the releases.
    Nothing else in the file changes. If the version has an entry already, nothing is written; exit with 1 if
    that entry lacks a change.

    \b
    subproc changelog 4.0.0
    subproc changelog HEAD --update CHANGELOG.md
    """
    from subproc_cli.cli.commands.releasing import put
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_revisions
    from subproc_cli.diff.changelog import Entry
    from subproc_cli.diff.classify import diff
    from subproc_cli.output.markdown import render

    revisions = open_revisions(old, new, registry)
    entry = Entry(*revisions, diff(*revisions))
    if update:
        put(entry, update, quiet=quiet)
    else:
        Output(Format.MARKDOWN, output, Colour.NEVER, quiet).write(render(entry.page()))
