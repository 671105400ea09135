"""`subproc which`."""

from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import (
    AllOption,
    AtOption,
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    RegistryRevisionOption,
)
from subproc_cli.enums import Colour


class FailOn(StrEnum):
    """Which answers count as findings."""

    YES = "yes"
    UNKNOWN = "unknown"


HELP = """Answer a question: yes, no, or cannot be ruled out.

\b
subproc which see email
subproc which process outside the EU
subproc which see email and process outside the EEA
subproc which are opt-in and do not see customer content
subproc which are based in the US
subproc which lack a processing location
subproc which rely on the DPF

To list data categories: subproc categories. To list places: subproc places.
"""


def command(
    question: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION...",
            autocompletion=completion.complete_question,
            help="A question in plain English.",
        ),
    ],
    registry: RegistryRevisionOption = None,
    at: AtOption = None,
    every: AllOption = False,
    why: Annotated[bool, typer.Option("--why", help="Show every statement with file and line.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question is read.")] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 if an answer is yes; with unknown, also if one cannot be ruled out.",
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc which`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_registry_at, select_services
    from subproc_cli.evaluation.verdict import Verdict
    from subproc_cli.question.evaluator import ask
    from subproc_cli.question.report import AnswersReport

    loaded_registry, as_of = open_registry_at(registry, at)
    asked = select_services(loaded_registry, as_of, include_all=True) if every else None
    answers = ask(loaded_registry, " ".join(question), as_of, asked)
    next_step = "" if why or not answers.answers else "see every statement with its line: --why"
    Output(form, output, colour, quiet).show(AnswersReport(answers, why, explain), next_step)
    verdicts = {answer.verdict for answer in answers.answers} if answers.claim is None else {answers.claim}
    failing = {Verdict.YES, Verdict.UNKNOWN} if fail_on is FailOn.UNKNOWN else {Verdict.YES}
    if fail_on and answers.kind != "facts" and verdicts & failing:
        raise typer.Exit(FINDINGS)
