"""`subproc notice`."""

from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
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
    print_stdout,
    write_output_bytes,
)
from subproc_cli.cli.help import TYPED_ARGUMENTS
from subproc_cli.cli.language import (
    make_language_option,
    report_borrowed_texts,
    report_texts_in_other_languages,
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
    format_registry_option,
    open_revisions,
    parse_day_option,
    refuse_guesses,
    require_publisher,
    warn_of_guesses,
)
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Colour
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice import customers, delivery, ledger, readiness, recipients, templates
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.ledger import Entries, LedgerFile
from subproc_cli.notice.letter_sentences import load_letter_formatter, require_sentences
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.notice.path_conflicts import check_path_conflicts
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.renderer import LetterFormat, OutputOptions
from subproc_cli.notice.report import INDEX_FILE, NoticePlanReport
from subproc_cli.notice.sent_index import (
    RecordedEntries,
    RecordedHistory,
    SentIndex,
    find_recorded_entries,
)
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source
from subproc_cli.registry.loader import sort_problems
from subproc_cli.registry.registry import Registry

HELP = """Write the notices that the changes between two revisions require (Art. 28(2) GDPR).

\b
subproc notice old.yaml new.yaml
subproc notice old.yaml --effective 2027-03-01 --lang de -f html -o a.html
subproc notice 4.0.0 --customers customers.yaml --dry-run
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
            metavar="DATE",
            help="The date on which the changes apply. [default: the day after each notice period]",
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
        typer.Option("--holidays", help="Take the public holidays of each customer's country into account."),
    ] = False,
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
    verify: Annotated[
        str | None, typer.Option("--verify", metavar="FILE", help="Verify every line of a ledger.")
    ] = None,
    registry: RegistryOption = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc notice`."""
    actions = [word for word, value in (("OLD", old), ("--verify", verify), ("--eject", eject)) if value]
    if len(actions) > 1:
        raise UsageError(f"{actions[0]} and {actions[1]} cannot be used together", "choose one")
    if verify:
        return verify_ledger(verify, quiet=quiet)
    if eject:
        return eject_templates(eject, quiet=quiet)
    if old is None:
        raise UsageError(
            "Missing argument 'OLD'", "name the revision that customers know: subproc notice old.yaml"
        )
    output_formats = tuple(dict.fromkeys(letter_formats or [LetterFormat.TEXT]))
    reason, arguments = urgent.strip(), context.meta[TYPED_ARGUMENTS]
    options = NoticeOptions(
        old, new, registry, customers, sent, effective, reason, language, holidays, again, arguments
    )
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
    sent: str | None
    effective: str | None
    urgent: str
    language: str
    holidays: bool
    again: bool
    arguments: tuple[str, ...]


def run_notice(
    options: NoticeOptions, output_options: OutputOptions, output: Output, *, dry_run: bool
) -> None:
    """Write the notices that are asked for, or show who would get them."""
    _validate_options(output_options, dry_run=dry_run)
    revisions = open_revisions(options.old, options.new, options.registry, strict_command="notice")
    require_publisher(revisions[1])
    (warn_of_guesses if dry_run else refuse_guesses)(revisions[1])
    customers = _load_customers(options, revisions) if options.customers else None
    check_path_conflicts(output_options, options.customers, customers or ())
    for message in readiness.iter_unused_fields(
        customers or (), output_options, counts_holidays=options.holidays
    ):
        print_stderr(f"subproc: {message}")
    with ExitStack() as stack:
        ledger_file = (
            stack.enter_context(_open_ledger(Path(output_options.ledger_file)))
            if output_options.ledger_file and not dry_run
            else None
        )
        sent_index = SentIndex(
            ledger_file.ledger.entries if ledger_file else _read_recorded_entries(output_options)
        )
        notice_plan = _build_plan(options, revisions, customers, sent_index)
        report = NoticePlanReport(notice_plan, revisions)
        may_continue = dry_run or output_options.incomplete
        for message in readiness.list_unused_products(report, options.customers, may_continue=may_continue):
            print_stderr(f"subproc: {message}")
        if dry_run:
            next_step = readiness.suggest_after_dry_run(
                report, output_options, options.arguments, is_urgent=bool(options.urgent)
            )
            output.show(report, next_step)
            return
        recorded = find_recorded_entries(notice_plan, sent_index, revisions[0]) if ledger_file else {}
        if not notice_plan.notices:
            _complete_run(report, output_options, recorded)
            return
        registry_option = format_registry_option(revisions[1].file)
        readiness.require_sendable(
            report, registry_option, is_urgent=bool(options.urgent), incomplete=output_options.incomplete
        )
        if not output_options.incomplete:
            require_sentences(notice_plan.notices)
        _report_texts_in_other_languages(notice_plan, revisions[1])
        for message in readiness.iter_ambiguities(revisions, output_options):
            print_stderr(f"subproc: {message}")
        if output_options.folder:
            _write_folder(report, output_options, output, ledger_file, recorded)
        else:
            _write_single(report.plan, output_options, output, ledger_file)
        unreachable = delivery.describe_unreachable(notice_plan, output_options)
        if unreachable:
            print_stderr(f"subproc: {unreachable}")
        report_borrowed_texts(
            load_letter_formatter(each.language, each.laws).catalogue for each in notice_plan.notices
        )


def _validate_options(output_options: OutputOptions, *, dry_run: bool) -> None:
    """Refuse options that do not fit together.

    Raises:
        UsageError: two of them exclude each other, or the sender is not an address.
    """
    if output_options.file and output_options.folder:
        raise UsageError("--output and --out cannot be used together", "choose one")
    error = find_address_error(output_options.sender) if output_options.sender else None
    if error:
        raise UsageError(f"--from: {error.message}", error.hint)
    if "csv" in output_options.output_formats and not dry_run:
        hint = f"add --dry-run, or use --out DIR, which writes {INDEX_FILE} with the letters"
        raise UsageError("-f csv lists the recipients and is not a format for letters", hint)


def _open_ledger(path: Path) -> AbstractContextManager[LedgerFile]:
    message = f"subproc: waiting for another process that writes to {path}"
    return ledger.open_ledger(path, lambda: datetime.now(UTC), lambda: print_stderr(message))


def _read_recorded_entries(output_options: OutputOptions) -> Entries:
    """Return what the ledger holds, for a run that writes nothing to it."""
    name = output_options.ledger_file
    return ledger.read_ledger_if_any(Path(name)).entries if name else ()


def _build_plan(
    options: NoticeOptions,
    revisions: tuple[Registry, Registry],
    customers: tuple[Customer, ...] | None,
    sent_index: SentIndex,
) -> Plan:
    sent = parse_day_option(options.sent, "--sent")
    effective = parse_day_option(options.effective, "--effective") if options.effective else None
    request = Request(sent, effective, options.language, options.urgent)
    if options.holidays:
        request = request._replace(holidays=recipients.get_holiday_check)
    history = RecordedHistory(sent_index, revisions[0], options.again)
    return plan(revisions, diff(*revisions), request, customers, history)


def _load_customers(options: NoticeOptions, revisions: tuple[Registry, Registry]) -> tuple[Customer, ...]:
    """Return the customers of a file.

    Raises:
        ReadError: the file has errors; `details` lists all of them.
    """
    name = options.customers or ""
    loaded = customers.load_customers(source.read(name))
    if not isinstance(loaded, Customers):
        raise build_unusable_error(name, loaded)
    sent = parse_day_option(options.sent, "--sent")
    problems = [
        *recipients.find_unknown_names(loaded, revisions),
        *recipients.find_unreadable_audiences(loaded, revisions, sent),
        *(recipients.find_unknown_calendars(loaded) if options.holidays else ()),
    ]
    if problems:
        raise build_unusable_error(name, sort_problems(problems))
    return loaded.customers


def _complete_run(report: NoticePlanReport, output_options: OutputOptions, recorded: RecordedEntries) -> None:
    """Complete the index of an interrupted run, and report why no letter is written."""
    index = delivery.complete_index(report, output_options, recorded)
    if index:
        letters = format_count(index.letter_count, "letter")
        print_stderr(f"subproc: {index.path}: written; it names {letters} that an earlier run recorded")
    print_stderr(f"subproc: {readiness.explain_no_letters(report)}")
    for note in report.iter_informational():
        print_stderr(sanitize_line(f"for information only, not part of a letter: {note}"))


def _report_texts_in_other_languages(notice_plan: Plan, new: Registry) -> None:
    """Print which texts of the changed services are not in the language of a letter."""
    services = new.model.services
    keys: dict[str, set[str]] = {}
    for notice in notice_plan.notices:
        keys.setdefault(notice.language, set()).update(change.service for change in notice.changes)
    for language, changed in keys.items():
        letters = {key: service for key, service in services.items() if key in changed}
        report_texts_in_other_languages(new, letters, language)


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
    if ledger_file and notice_plan.notices[0].is_reachable:
        ledger_file.record(notice_plan.notices[0], content)


def _write_folder(
    report: NoticePlanReport,
    output_options: OutputOptions,
    output: Output,
    ledger_file: LedgerFile | None,
    recorded: RecordedEntries,
) -> None:
    """Write the letters of a plan to a folder with an index, and record them."""
    out, run = Path(output_options.folder or "."), delivery.prepare_run(report, output_options, recorded)
    folder = run.target.path
    if folder != out:
        print_stderr(f"subproc: {out} contains letters of another run; the new letters go to {folder}")
    with progress.count(len(run.drafts), "letters") as step:
        written = delivery.write_run(run, ledger_file, step)
    next_step = readiness.suggest_after_letters(output_options)
    output._replace(output_format=Format.TEXT, file=None).show(written, next_step)


def verify_ledger(name: str, *, quiet: bool) -> None:
    """Check a ledger.

    Raises:
        RefusedError: its chain is broken; the line is named.
    """
    verified = ledger.read_ledger(Path(name))
    if not quiet:
        count = len(verified.entries)
        print_stdout(f"{name}: {count} line{'' if count == 1 else 's'}, chain intact\n")
        print_stdout(f"last hash: {verified.last_hash}\n")


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
