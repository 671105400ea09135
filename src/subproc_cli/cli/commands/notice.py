"""`subproc notice`."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import (
    Output,
    print_stderr,
)
from subproc_cli.cli.help import TYPED_ARGUMENTS
from subproc_cli.cli.language import (
    make_language_option,
)
from subproc_cli.cli.ledger_file import (
    erase_customer,
    show_verification,
)
from subproc_cli.cli.notice_run import NoticeOptions, run_notice
from subproc_cli.cli.options import (
    ColourOption,
    NewArgument,
    OutputOption,
    QuietOption,
    RegistryOption,
)
from subproc_cli.cli.registry_file import (
    parse_day_option,
)
from subproc_cli.enums import Colour, Level
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.letters import templates
from subproc_cli.notice.letters.renderer import LetterFormat, OutputOptions
from subproc_cli.notice.runs import readiness
from subproc_cli.notice.runs.run import RunOptions
from subproc_cli.notice.selection import parse_chosen_change

LATEST = "latest"
"""The value of --effective for the latest day of all customers."""

HELP = """Write the notices that the changes between two revisions require (Art. 28(2) GDPR).

\b
subproc notice old.yaml new.yaml
subproc notice old.yaml --effective 2027-03-01 --lang de -f html -o a.html
subproc notice 4.0.0 --customers customers.yaml --dry-run
subproc notice 4.0.0 -c customers.yaml --level inform --effective latest
subproc notice 4.0.0 -c customers.csv --out letters -f eml --record sent.jsonl
subproc notice --verify sent.jsonl
subproc notice --eject templates

A notice period starts on the day after the notice is sent (Regulation 1182/71). Without --effective, the
changes apply from the day after it ends.
"""


def command(
    context: typer.Context,
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.complete_revisions,
            help="The revision that customers know.",
            show_default=False,
        ),
    ] = None,
    new: NewArgument = None,
    *,
    customers: Annotated[
        str | None,
        typer.Option("--customers", "-c", metavar="FILE", help="Your customers, as YAML or CSV."),
    ] = None,
    sent: Annotated[
        str | None,
        typer.Option("--sent", metavar="DATE", help="The date on which the notices go out. [default: today]"),
    ] = None,
    effective: Annotated[
        str | None,
        typer.Option(
            "--effective",
            metavar="DATE|latest",
            help="The date on which the changes apply; latest is the last date of all customers."
            " [default: the day after each notice period]",
        ),
    ] = None,
    urgent: Annotated[
        str,
        typer.Option(
            "--urgent", metavar="REASON", help="Allow a shorter notice period; the letters state the reason."
        ),
    ] = "",
    incomplete: Annotated[
        bool,
        typer.Option(
            "--incomplete", help="Write letters even if facts are missing; they state what is not known."
        ),
    ] = False,
    language: Annotated[str, make_language_option("Language for customers without one.")] = ENGLISH,
    holidays: Annotated[
        bool,
        typer.Option(
            "--holidays/--no-holidays",
            help="Count the public holidays of each customer's country.",
        ),
    ] = True,
    level: Annotated[
        Level, typer.Option("--level", help="Give notice of all changes of this level or higher.")
    ] = Level.NOTICE,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="KIND[:SERVICE]", help="Also give notice of this kind of change; repeatable."
        ),
    ] = None,
    letter_formats: Annotated[
        list[LetterFormat] | None,
        typer.Option(
            "--format",
            "-f",
            help="Output format; repeatable with --out; csv needs --dry-run. [default: text]",
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write one file per customer and index.csv. Letters of other runs are kept.",
        ),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="Sender of the mails. [default: notice.contact]"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show recipients, dates and gaps; write nothing.")
    ] = False,
    template: Annotated[
        str | None, typer.Option("--template", metavar="DIR", help="Use the templates in this folder.")
    ] = None,
    eject: Annotated[
        str | None,
        typer.Option("--eject", metavar="DIR", help="Write the built-in templates to this folder."),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record", metavar="FILE", help="Record in this ledger which letters are issued, and to whom."
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also write notices that the ledger already records.")
    ] = False,
    catch_up: Annotated[
        bool,
        typer.Option(
            "--catch-up", help="Notify customers also of earlier changes that they were not notified of."
        ),
    ] = False,
    verify: Annotated[
        str | None, typer.Option("--verify", metavar="FILE", help="Verify every line of a ledger.")
    ] = None,
    letters: Annotated[
        str | None,
        typer.Option("--letters", metavar="DIR", help="With --verify: also verify the letters below DIR."),
    ] = None,
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="HASH", help="With --verify: a hash of the ledger that you kept elsewhere."
        ),
    ] = None,
    erase: Annotated[
        str | None,
        typer.Option(
            "--erase", metavar="CUSTOMER", help="With --record: erase the name and addresses of a customer."
        ),
    ] = None,
    registry: RegistryOption = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc notice`.

    Raises:
        UsageError: options exclude each other, or no earlier revision is named.
    """
    choices = (("OLD", old), ("--verify", verify), ("--eject", eject), ("--erase", erase))
    actions = [word for word, value in choices if value]
    if len(actions) > 1:
        raise UsageError(f"{actions[0]} and {actions[1]} cannot be used together", "choose one")
    if verify is None and (letters or expect):
        word = "--letters" if letters else "--expect"
        raise UsageError(f"{word} needs --verify", f"name the ledger: --verify {readiness.DEFAULT_LEDGER}")
    if verify:
        return show_verification(verify, letters, expect, quiet=quiet)
    if eject:
        return eject_templates(eject, quiet=quiet)
    if erase:
        return erase_customer(erase, record, quiet=quiet)
    if old is None:
        raise UsageError(
            "Missing argument 'OLD'", "name the revision that customers know: subproc notice old.yaml"
        )
    output_formats = tuple(dict.fromkeys(letter_formats or [LetterFormat.TEXT]))
    run_options = RunOptions(
        parse_day_option(sent, "--sent"),
        parse_day_option(effective, "--effective") if effective and effective != LATEST else None,
        urgent.strip(),
        language,
        holidays,
        again,
        catch_up,
        level,
        tuple(map(parse_chosen_change, also or ())),
        is_latest=effective == LATEST,
    )
    options = NoticeOptions(old, new, registry, customers, run_options, context.meta[TYPED_ARGUMENTS])
    output_options = OutputOptions(output_formats, out, output, sender, template, record, incomplete)
    return run_notice(
        options, output_options, Output(output_formats[0], output, colour, quiet), dry_run=dry_run
    )


def eject_templates(name: str, *, quiet: bool) -> None:
    """Write the built-in templates into a folder.

    Raises:
        WriteError: the folder cannot be written, or has one of the files already.
    """
    folder = Path(name)
    templates.eject(folder)
    if not quiet:
        print_stderr(
            f"subproc: {len(templates.TEMPLATE_NAMES)} templates written to {folder}; "
            f"use them with --template {shlex.quote(name)}"
        )
