"""`subproc notice`."""

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import write_bytes
from subproc_cli.cli import completion, progress
from subproc_cli.cli.console import (
    Output,
    print_hint,
    print_or_page,
    print_stderr,
    write_output_bytes,
)
from subproc_cli.cli.help import TYPED_ARGUMENTS
from subproc_cli.cli.language import (
    make_language_option,
    report_borrowed_texts,
    report_letters_in_other_languages,
)
from subproc_cli.cli.ledger_file import (
    RevisionFinder,
    erase_customer,
    open_ledger_file,
    show_verification,
)
from subproc_cli.cli.options import (
    ColourOption,
    Format,
    NewArgument,
    OutputOption,
    QuietOption,
    RegistryOption,
)
from subproc_cli.cli.registry_file import (
    build_unusable_error,
    find_nearest_registry,
    format_registry_option,
    open_revisions,
    parse_day_option,
    refuse_guesses,
    require_publisher,
)
from subproc_cli.enums import Colour, Level
from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice import delivery, ledger, readiness, templates
from subproc_cli.notice.chain import Entries
from subproc_cli.notice.customers import Customers
from subproc_cli.notice.dry_run import DryRunReport
from subproc_cli.notice.ledger import LedgerFile
from subproc_cli.notice.letter_sentences import load_letter_formatter
from subproc_cli.notice.path_conflicts import check_path_conflicts, validate_output_options
from subproc_cli.notice.plan import Plan
from subproc_cli.notice.recipients import load_recipients
from subproc_cli.notice.renderer import LetterFormat, OutputOptions
from subproc_cli.notice.run import NoticeRun, RunInput, RunOptions
from subproc_cli.notice.selection import parse_chosen_change
from subproc_cli.notice.sent_index import SentIndex
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source
from subproc_cli.registry.registry import Registry

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
    """Run `subproc notice`."""
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


class NoticeOptions(NamedTuple):
    """The options of a plan, as they were typed."""

    old: str
    new: str | None
    registry: str | None
    customers: str | None
    run: RunOptions
    arguments: tuple[str, ...]


def run_notice(
    options: NoticeOptions, output_options: OutputOptions, output: Output, *, dry_run: bool
) -> None:
    """Write the notices that are asked for, or show who would get them."""
    validate_output_options(output_options, dry_run=dry_run)
    revisions = open_revisions(options.old, options.new, options.registry, strict_command="notice")
    require_publisher(revisions[1])
    if not dry_run:
        refuse_guesses(revisions[1])
    run_input = _read_input(options, revisions)
    check_path_conflicts(output_options, options.customers, run_input.customers or ())
    holidays = options.run.holidays
    for message in readiness.iter_unused_fields(run_input.customers or (), counts_holidays=holidays):
        _warn(message)
    if backdating := readiness.describe_backdating(options.run.sent, revisions[0]):
        _warn(backdating)
    with ExitStack() as stack:
        ledger_file = (
            stack.enter_context(open_ledger_file(output_options.ledger_file))
            if output_options.ledger_file and not dry_run
            else None
        )
        entries = ledger_file.entries if ledger_file else _read_entries(output_options)
        registry_name = options.registry or find_nearest_registry() or revisions[1].file
        finder = RevisionFinder(registry_name, output_options.ledger_file, entries, output_options.folder)
        run_input = run_input._replace(load_revision=finder.load)
        run = NoticeRun(run_input, options.run, output_options, SentIndex(entries))
        registry_option = format_registry_option(revisions[1].file)
        if dry_run:
            _show_dry_run(run, options, output, registry_option)
            return
        for message in run.require_letters(registry_option):
            _warn(message)
        if run.notices.notices:
            _write_letters(run, output, ledger_file)
            return
        run.complete(_warn)
        for note in run.report.iter_informational():
            print_stderr(sanitize_line(f"for information only, not part of a letter: {note}"))
        if any(run.report.iter_informational()):
            _warn(
                "to give notice of these changes too, add --level inform; of one of them: --also KIND:SERVICE"
            )


def _write_letters(run: NoticeRun, output: Output, ledger_file: LedgerFile | None) -> None:
    """Write the letters of a run, and warn of what they lack."""
    output_options = run.output_options
    report_letters_in_other_languages(run.notices, run.revisions[1])
    for message in readiness.iter_ambiguities(run.revisions, output_options):
        _warn(message)
    if output_options.folder:
        written = run.write_folder(ledger_file, _warn, progress.count)
        next_step = readiness.suggest_after_letters(output_options)
        output._replace(output_format=Format.TEXT, file=None).show(written, next_step)
    else:
        _write_single(run.notices, output_options, output, ledger_file)
    day_warning = run.describe_day(parse_day_option(None))
    if day_warning and not output.quiet:
        _warn(day_warning)
    unreachable = delivery.describe_unreachable(run.notices, output_options)
    if unreachable:
        _warn(unreachable)
    report_borrowed_texts(
        load_letter_formatter(notice.language, notice.laws).catalogue for notice in run.notices.notices
    )


def _warn(message: str) -> None:
    print_stderr(f"subproc: {message}")


def _show_dry_run(run: NoticeRun, options: NoticeOptions, output: Output, registry_option: str) -> None:
    """Show who would get which letter, and exit as the run would.

    Raises:
        RefusedError: the run would be refused.
    """
    next_step = readiness.suggest_after_dry_run(
        run.report, run.output_options, options.arguments, is_urgent=bool(options.run.urgent)
    )
    output.show(DryRunReport(run.report), next_step)
    refuse_guesses(run.revisions[1])
    shown = {*run.report.iter_gaps(), *run.report.iter_early_services(), *run.report.iter_short_notices()}
    try:
        for message in run.require_letters(registry_option):
            _warn(message)
    except RefusedError as error:
        details = tuple(detail for detail in error.details if detail not in shown)
        raise RefusedError(error.message, error.hint, details) from None


def _read_entries(output_options: OutputOptions) -> Entries:
    """Return what the ledger holds, for a run that writes nothing to it.

    Raises:
        RefusedError: its chain is broken, or its file of people lacks names.
    """
    name = output_options.ledger_file
    return ledger.read_named_ledger(Path(name)).entries if name else ()


def _read_input(options: NoticeOptions, revisions: tuple[Registry, Registry]) -> RunInput:
    """Return what a run reads.

    Raises:
        ReadError: the file of customers has errors; `details` lists all of them.
    """
    name = options.customers
    if not name:
        return RunInput(revisions, None, None, lambda _: None)
    file_source = source.read(name)
    loaded = load_recipients(file_source, revisions, options.run.sent, holidays=options.run.holidays)
    if not isinstance(loaded, Customers):
        raise build_unusable_error(name, loaded)
    if loaded.warning:
        _warn(sanitize_line(loaded.warning))
    return RunInput(
        revisions, loaded.customers, (name, sha256(file_source.content).hexdigest()), lambda _: None
    )


def _write_single(
    notice_plan: Plan, output_options: OutputOptions, output: Output, ledger_file: LedgerFile | None
) -> None:
    """Write the one letter of a plan to a file or to standard output, and record it."""
    output_format = output_options.output_formats[0]
    next_step = readiness.suggest_after_letters(output_options)
    content = delivery.render_single(notice_plan, output_options, is_recorded=ledger_file is not None)
    if output_options.file and output_options.file != "-":
        write_bytes(Path(output_options.file), content)
        print_hint(f"{output_options.file}: written; {next_step}", quiet=output.quiet)
    elif output_format == "docx":
        raise UsageError("a Word document cannot be printed", "name a file: -o notice.docx")
    elif output_format == "text" and not output.quiet:
        print_or_page(content.decode("utf-8"), next_step)
    elif not output.quiet:
        write_output_bytes(content, None)
    if ledger_file:
        delivery.record_single(ledger_file, notice_plan.notices[0], output_options, content)


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
            f"use them with --template {name}"
        )
