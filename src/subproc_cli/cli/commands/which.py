"""`subproc which`."""

import shlex
import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.language import make_language_option
from subproc_cli.cli.options import (
    AllOption,
    AtOption,
    ColourOption,
    OutputOption,
    QuietOption,
    RegistriesOption,
)
from subproc_cli.enums import Colour

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from subproc_cli.errors import QuestionSyntaxError
    from subproc_cli.evaluation.verdict import Verdict
    from subproc_cli.question.answers import Answers
    from subproc_cli.question.report import AnswersReport
    from subproc_cli.registry.models import Service
    from subproc_cli.registry.registry import Registry


class AnswerFormat(StrEnum):
    """The output formats of answers; `answer` is a text for a mail."""

    TEXT = "text"
    ANSWER = "answer"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    MARKDOWN = "markdown"


class FailOn(StrEnum):
    """Which answers count as findings."""

    YES = "yes"
    UNKNOWN = "unknown"


_MAX_ATTEMPTS = 3
"""Maximum number of answers that are read until an ambiguous question is refused."""

HELP = """Answer a question: yes, no, or cannot be ruled out.

\b
subproc which see email
subproc which process outside the EU
subproc which see email and process outside the EEA
subproc which are opt-in and do not see customer content
subproc which are based in the US
subproc which lack a processing location
subproc which rely on the DPF
subproc which see email --only yes,unknown --columns purpose,transfer
subproc which process outside the EU -f answer --lang de
subproc which see email -r lists/

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
    registry: RegistriesOption = None,
    at: AtOption = None,
    every: AllOption = False,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="ANSWERS",
            autocompletion=completion.make_list_completer(completion.complete_verdicts),
            help="Show only these answers: yes, unknown, no. The others are counted.",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            autocompletion=completion.make_list_completer(completion.complete_columns),
            help="Show columns of subproc list as well, such as purpose,processing,transfer.",
        ),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Show every statement with file and line.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question is read.")] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 if an answer is yes; with unknown, also if one cannot be ruled out.",
        ),
    ] = None,
    language: Annotated[str | None, make_language_option("Language of -f answer. [default: en]")] = None,
    form: Annotated[
        AnswerFormat,
        typer.Option(
            "--format", "-f", help="Output format; answer is a text for a mail.", case_sensitive=False
        ),
    ] = AnswerFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc which`.

    Raises:
        UsageError: options exclude each other, or a value is not one of the choices.
        QuestionSyntaxError: a word of the question is not understood, or the question has two meanings.
        typer.Exit: with 1 if `--fail-on` applies, or with the code of several lists or of a refusal as JSON.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.many_lists import find_only_registry, find_registry_names, show_lists

    _refuse_options(form, language, only, columns)
    _refuse_file(question)
    options = _Options(
        " ".join(question), at, every, _parse_verdicts(only), _parse_columns(columns), why, explain
    )
    out = Output(form, output, colour, quiet)
    names = find_registry_names(registry)
    if names is not None:
        _refuse_answer_of_many(form)
        code = show_lists(names, partial(_build_report, options), out, partial(_find_exit_code, fail_on))
        raise typer.Exit(code)
    loaded_registry, as_of, asked = _open(options, find_only_registry(registry))
    answers = _ask(loaded_registry, options.question, as_of, asked, form=form, quiet=quiet)
    report = _make_report(options, answers)
    if form is AnswerFormat.ANSWER:
        from subproc_cli.question.answer import format_answer

        out.write(format_answer(answers, language or "en"))
    else:
        out.show(report, "" if why or not answers.answers else "see every statement with its line: --why")
        _warn_of_hidden(answers, options.verdicts, form)
    raise typer.Exit(_find_exit_code(fail_on, report))


class _Options(NamedTuple):
    """What the user asked for."""

    question: str
    at: str | None
    include_all: bool
    verdicts: "tuple[Verdict, ...]"
    columns: tuple[str, ...]
    why: bool
    explain: bool


def _open(options: _Options, name: str | None) -> "tuple[Registry, date, Mapping[str, Service] | None]":
    """Return a list, the day, and the services that are asked; None for those in use."""
    from subproc_cli.cli.registry_file import open_registry_at, select_services

    registry, as_of = open_registry_at(name, options.at)
    return (
        registry,
        as_of,
        select_services(registry, as_of, include_all=True) if options.include_all else None,
    )


def _build_report(options: _Options, name: str) -> "tuple[Registry, AnswersReport]":
    """Ask one of several lists; nobody chooses between the meanings of an ambiguous question."""
    registry, as_of, asked = _open(options, name)
    return registry, _make_report(options, _ask_registry(registry, options.question, as_of, asked))


def _make_report(options: _Options, answers: "Answers") -> "AnswersReport":
    from subproc_cli.question.report import AnswersReport

    return AnswersReport(answers, options.why, options.explain, options.verdicts, options.columns)


def _find_exit_code(fail_on: FailOn | None, report: "AnswersReport") -> int:
    """Return the exit code: 1 if `--fail-on` names the verdict of an answer."""
    from subproc_cli.evaluation.verdict import Verdict

    answers = report.answers
    found = {answer.verdict for answer in answers.answers} if answers.claim is None else {answers.claim}
    failing = {Verdict.YES, Verdict.UNKNOWN} if fail_on is FailOn.UNKNOWN else {Verdict.YES}
    return FINDINGS if fail_on and answers.kind != "facts" and found & failing else 0


def _refuse_answer_of_many(form: AnswerFormat) -> None:
    from subproc_cli.errors import UsageError

    if form is AnswerFormat.ANSWER:
        raise UsageError("-f answer is about one list", "name one list: -r FILE")


def _refuse_file(words: list[str]) -> None:
    """Refuse a file that was typed instead of a question.

    Raises:
        UsageError: it shows the same command with the file as an option.
    """
    from subproc_cli.errors import UsageError

    file, *rest = words
    if file.endswith((".yaml", ".yml")) and " " not in file:
        command = shlex.join(["subproc", "which", *(rest or ["see email"]), "-r", file])
        raise UsageError(f"{file} is a file, not a question", f"name the registry with -r: {command}")


def _refuse_options(form: AnswerFormat, language: str | None, only: str | None, columns: str | None) -> None:
    """Refuse options that do not apply to the format.

    Raises:
        UsageError: it names the format that they apply to.
    """
    from subproc_cli.errors import UsageError

    if form is AnswerFormat.ANSWER and (only or columns):
        option = "--only" if only else "--columns"
        raise UsageError(f"{option} is for tables", "leave it out, or use -f text, markdown, csv or json")
    if language and form is not AnswerFormat.ANSWER:
        raise UsageError("--lang is for -f answer", f"add -f answer, or leave out --lang {language}")


def _ask(
    registry: "Registry",
    text: str,
    as_of: "date",
    services: "Mapping[str, Service] | None",
    *,
    form: AnswerFormat,
    quiet: bool,
) -> "Answers":
    """Return the answers; at a terminal, the user first chooses one of several meanings.

    Raises:
        QuestionSyntaxError: the question is not understood, or no meaning was chosen.
    """
    from subproc_cli.errors import QuestionSyntaxError
    from subproc_cli.question.evaluator import ask

    try:
        return _ask_registry(registry, text, as_of, services)
    except QuestionSyntaxError as error:
        if form in (AnswerFormat.JSON, AnswerFormat.NDJSON):
            from subproc_cli.cli.console import print_record
            from subproc_cli.question.refusal import build_refusal_record

            print_record(build_refusal_record(registry, error, as_of))
            raise typer.Exit(error.exit_code) from None
        line = "" if quiet else _choose_meaning(error)
        if not line:
            raise
        return ask(registry, line, as_of, services)


def _ask_registry(
    registry: "Registry", text: str, as_of: "date", services: "Mapping[str, Service] | None"
) -> "Answers":
    """Return the answers; the command may be the first word of the question: `which do we use for hosting`.

    Raises:
        QuestionSyntaxError: neither the words after the command nor the whole line is understood.
    """
    from subproc_cli.errors import QuestionSyntaxError
    from subproc_cli.question.evaluator import ask

    try:
        return ask(registry, text, as_of, services)
    except QuestionSyntaxError as error:
        if error.is_ambiguous:
            raise
        try:
            return ask(registry, f"which {text}", as_of, services)
        except QuestionSyntaxError:
            raise error from None


def _choose_meaning(error: "QuestionSyntaxError") -> str:
    """Return the meaning that the user chooses; empty if none is chosen, or if nobody can be asked.

    People are asked where standard input and standard error are terminals, and the question has several
    meanings.
    """
    from subproc_cli.cli.console import print_stderr, prompt
    from subproc_cli.output.sanitize import sanitize_quoted

    lines = [line for line in error.proposals if not line.startswith("subproc ")]
    if not error.is_ambiguous or len(lines) <= 1 or not _is_at_terminal():
        return ""
    print_stderr(f"subproc: {error.message}:")
    for number, line in enumerate(lines, 1):
        print_stderr(f"  {number}  {sanitize_quoted(line)}")
    for _ in range(_MAX_ATTEMPTS):
        answer = prompt(f"Which one? [1-{len(lines)}, Enter for none]")
        if not answer:
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(lines):
            return lines[int(answer) - 1]
        if answer in lines:
            return answer
        print_stderr(f"subproc: type a number from 1 to {len(lines)}, or press Enter")
    return ""


def _is_at_terminal() -> bool:
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def _parse_columns(names: str | None) -> tuple[str, ...]:
    if not names:
        return ()
    from subproc_cli.overview.list import parse_columns

    return parse_columns(names)


def _parse_verdicts(names: str | None) -> "tuple[Verdict, ...]":
    """Return the verdicts that are asked for; none for all.

    Raises:
        UsageError: one of the words is not a verdict.
    """
    if names is None:
        return ()
    from subproc_cli.cli.editing import split_commas
    from subproc_cli.errors import UsageError
    from subproc_cli.evaluation.verdict import Verdict
    from subproc_cli.suggest import suggest

    known = {str(verdict): verdict for verdict in reversed(Verdict)}
    words = [word.casefold() for word in split_commas([names])]
    choices = "write yes, unknown or no, several with commas"
    if not words:
        raise UsageError("--only is empty", choices)
    for word in words:
        if word not in known:
            raise UsageError(f"--only: {word!r} is not an answer", suggest(word, known) or choices)
    return tuple(dict.fromkeys(known[word] for word in words))


def _warn_of_hidden(answers: "Answers", verdicts: "tuple[Verdict, ...]", form: AnswerFormat) -> None:
    """Print to standard error which services are missing in a table because they cannot be ruled out."""
    from subproc_cli.cli.registry_file import warn_of_left_out
    from subproc_cli.evaluation.verdict import Verdict

    if form is AnswerFormat.CSV and verdicts and Verdict.UNKNOWN not in verdicts:
        warn_of_left_out(tuple(answer.key for answer in answers.with_verdict(Verdict.UNKNOWN)))
