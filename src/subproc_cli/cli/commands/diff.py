"""`subproc diff`."""

from enum import StrEnum
from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import Colour, ColourOption, ListOption, NewArgument, OutputOption, QuietOption
from subproc_cli.enums import Level


class ChangesFormat(StrEnum):
    """What a comparison is written as."""

    TEXT = "text"
    ONELINE = "oneline"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    GITHUB = "github"


def command(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.revisions,
            help="A file, a git revision, a version, @DATE, A..B, or -.",
        ),
    ] = None,
    new: NewArgument = None,
    registry: ListOption = None,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="List the kinds of change, and compare nothing.")
    ] = False,
    fail_on: Annotated[
        Level | None, typer.Option("--fail-on", help="Exit with 1 at a change of this level or above.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 at a change that no kind explains.")
    ] = False,
    form: Annotated[
        ChangesFormat, typer.Option("--format", "-f", help="What to write.")
    ] = ChangesFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Compare two revisions: what changed, and what each change demands.

    \b
    subproc diff HEAD
    subproc diff 4.0.0 5.0.0
    subproc diff @2024-01-01
    subproc diff main...HEAD -f markdown
    subproc diff old.yaml new.yaml -f json --fail-on notice
    subproc diff --kinds
    """
    from subproc_cli.cli.commands.comparing import failed, show, show_kinds
    from subproc_cli.cli.console import Output

    out = Output(form, output, colour, quiet)
    if kinds:
        show_kinds(out)
        return
    changes = show(out, old, new, registry)
    if failed(changes, fail_on, strict=strict):
        raise typer.Exit(FINDINGS)
