"""`subproc which`."""

from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import (
    AtOption,
    Colour,
    ColourOption,
    EveryOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    ReadOption,
)


class FailOn(StrEnum):
    """Which answers count as findings."""

    YES = "yes"
    UNKNOWN = "unknown"


def command(
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION...", autocompletion=completion.words, help="In plain words."),
    ],
    registry: ReadOption = None,
    at: AtOption = None,
    every: EveryOption = False,
    why: Annotated[bool, typer.Option("--why", help="Show every statement and its place.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question was read.")] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 1 at a yes, or at anything but a no."),
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Answer a question: yes, no, or cannot be ruled out.

    \b
    subproc which see email
    subproc which process outside the EU
    subproc which see email and process outside the EEA
    subproc which are opt-in and do not see customer content
    subproc which are based in the US
    subproc which lack a processing location
    subproc which rely on the DPF

    Words for data: subproc categories. Words for places: subproc places.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import chosen, open_list_at
    from subproc_cli.evaluation.verdict import Verdict
    from subproc_cli.question.evaluator import ask
    from subproc_cli.question.report import AnswersView

    index, day = open_list_at(registry, at)
    answers = ask(index, " ".join(question), day, chosen(index, day, every=every))
    more = "" if why or not answers.answers else "--why shows every statement, with its place in the file"
    Output(form, output, colour, quiet).show(AnswersView(answers, why, explain), more)
    found = answers.of(Verdict.YES) or (fail_on is FailOn.UNKNOWN and answers.of(Verdict.UNKNOWN))
    if fail_on and found:
        raise typer.Exit(FINDINGS)
