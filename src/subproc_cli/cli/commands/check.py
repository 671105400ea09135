"""`subproc check`."""

from enum import StrEnum
from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import AtOption, Colour, ColourOption, ListOption, OutputOption, QuietOption
from subproc_cli.rules.config import FailOn

_RULES = completion.several(completion.checks)


class FindingsFormat(StrEnum):
    """What findings are written as."""

    TEXT = "text"
    ONELINE = "oneline"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


class MissingBase(StrEnum):
    """What a missing earlier revision is."""

    FAIL = "fail"
    EMPTY = "empty"


def command(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The list. [default: that of --registry]")
    ] = None,
    registry: ListOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            autocompletion=completion.revisions,
            help="Check the change since this revision as well.",
        ),
    ] = None,
    missing_base: Annotated[
        MissingBase, typer.Option("--missing-base", help="What to do if there is no such revision.")
    ] = MissingBase.FAIL,
    at: AtOption = None,
    clock: Annotated[
        bool, typer.Option("--clock/--no-clock", help="Run the rules that depend on the day.")
    ] = True,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            autocompletion=_RULES,
            help="Only these: names, codes, SP1 for all SP1xx.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", autocompletion=_RULES, help="Not these.")
    ] = None,
    ignores: Annotated[
        bool, typer.Option("--ignores/--no-ignores", help="Obey the suppressions of the list.")
    ] = True,
    fix: Annotated[bool, typer.Option("--fix", help="Mend in the file what has one right text.")] = False,
    add_ignore: Annotated[
        str | None,
        typer.Option("--add-ignore", metavar="REASON", help="Accept all findings, in the list's ignore."),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Leave with 1 at this severity or worse. [default: warning]"),
    ] = None,
    form: Annotated[
        FindingsFormat | None,
        typer.Option("--format", "-f", help="What to write. [default: text; in GitHub and GitLab CI theirs]"),
    ] = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Find what is wrong with a list, missing from it, or wrong with a change to it.

    \b
    subproc check
    subproc check registry.yaml --against origin/main
    subproc check --select SP1 --fail-on never
    subproc check -f sarif -o subproc.sarif
    subproc check --at 2027-01-01
    subproc check --fix --add-ignore "asked the vendor on 2027-01-01"

    A rule explained: subproc rule missing-location. All of them: subproc rule --all.
    """
    from subproc_cli.cli.commands import checking, mending
    from subproc_cli.cli.commands.checking import Wish
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import refuse_two_lists

    refuse_two_lists(context, file, registry)
    wish = Wish(
        file or registry, against, missing_base == "empty", at, clock, select, ignore, ignores, fail_on
    )
    if fix or add_ignore is not None:
        mending.run(wish, fix=fix, reason=add_ignore)
    found = checking.format_here(form)
    if checking.run(wish, Output(FindingsFormat(found), output, colour, quiet)):
        raise typer.Exit(FINDINGS)
