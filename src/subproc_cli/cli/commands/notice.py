"""`subproc notice`."""

import os
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import make_folder, write_text
from subproc_cli.cli import completion, notice_ledger, notice_next_steps, notice_run
from subproc_cli.cli.console import Output, print_stderr, print_stdout
from subproc_cli.cli.help import TYPED_ARGUMENTS
from subproc_cli.cli.language import make_language_option, report_borrowed_texts
from subproc_cli.cli.notice_folder import RecordedEntries
from subproc_cli.cli.notice_paths import check_path_conflicts
from subproc_cli.cli.notice_render import OutputOptions
from subproc_cli.cli.options import (
    ColourOption,
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
from subproc_cli.deadlines.periods import is_never_holiday
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Colour
from subproc_cli.errors import RefusedError, UsageError, WriteError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice import customers, holidays, recipients
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.ledger import Entries, SentIndex
from subproc_cli.notice.letter_sentences import load_letter_formatter, require_sentences
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.recipients import ExclusionReason
from subproc_cli.notice.report import INDEX_FILE, NO_NOTICE, SETTINGS, NoticePlanReport
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source
from subproc_cli.registry.loader import sort_problems
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words


class LetterFormat(StrEnum):
    """What a notice is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    EML = "eml"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"


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
        typer.Option("--customers", "-c", metavar="FILE", help="Who is owed a notice: YAML or CSV."),
    ] = None,
    sent: Annotated[
        str | None, typer.Option("--sent", metavar="DATE", help="Day the notices go out. [default: today]")
    ] = None,
    effective: Annotated[
        str | None,
        typer.Option(
            "--effective",
            metavar="DATE",
            help="Day from which the changes apply. [default: the day after each period of notice]",
        ),
    ] = None,
    urgent: Annotated[
        str, typer.Option("--urgent", metavar="REASON", help="Go ahead with a shorter period, and say why.")
    ] = "",
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Go ahead with what is known, and say what is not.")
    ] = False,
    language: Annotated[str, make_language_option("For customers whose language is not known.")] = ENGLISH,
    holidays: Annotated[
        bool, typer.Option("--holidays", help="Count the public holidays of each customer's country.")
    ] = False,
    form: Annotated[
        list[LetterFormat] | None,
        typer.Option(
            "--format", "-f", help="What to write; with --out several; csv with --dry-run. [default: text]"
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write a file for each customer, and index.csv; the letters of another run stay.",
        ),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="Sender of mails. [default: notice.contact]"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show audience, dates and gaps; write nothing.")
    ] = False,
    template: Annotated[
        str | None, typer.Option("--template", metavar="DIR", help="Use the templates of this folder.")
    ] = None,
    eject: Annotated[
        str | None,
        typer.Option("--eject", metavar="DIR", help="Write the built-in templates, to start from."),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record", metavar="FILE", help="Append to this ledger that the letters go out, and to whom."
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Write also what the ledger has as issued.")] = False,
    verify: Annotated[
        str | None, typer.Option("--verify", metavar="FILE", help="Check a ledger, line by line.")
    ] = None,
    registry: RegistryOption = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Write the notices that changes between two revisions demand (Art. 28(2) GDPR).

    \b
    subproc notice old.yaml new.yaml
    subproc notice old.yaml --effective 2027-03-01 --lang de -f html -o a.html
    subproc notice 4.0.0 --customers customers.yaml --dry-run
    subproc notice 4.0.0 -c customers.csv --out letters -f eml --record sent.jsonl
    subproc notice --verify sent.jsonl
    subproc notice --eject templates

    A period of notice counts from the day after the notice is sent (Regulation 1182/71);
    without --effective, the changes apply from the day after its last day.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.notice_render import OutputOptions
    from subproc_cli.errors import UsageError

    actions = [word for word, value in (("OLD", old), ("--verify", verify), ("--eject", eject)) if value]
    if len(actions) > 1:
        raise UsageError(f"{actions[0]} and {actions[1]} do not go together", "choose one")
    if verify:
        return verify_ledger(verify, quiet=quiet)
    if eject:
        return eject_templates(eject, quiet=quiet)
    if old is None:
        raise UsageError(
            "Missing argument 'OLD'", "the revision that customers know: subproc notice old.yaml"
        )
    output_formats = tuple(dict.fromkeys(form or [LetterFormat.TEXT]))
    reason, arguments = urgent.strip(), context.meta[TYPED_ARGUMENTS]
    options = NoticeOptions(
        old, new, registry, customers, sent, effective, reason, language, holidays, again, arguments
    )
    output_options = OutputOptions(output_formats, out, output, sender, template, record, incomplete)
    return run_notice(
        options, output_options, Output(output_formats[0], output, colour, quiet), dry_run=dry_run
    )


class NoticeOptions(NamedTuple):
    """What to tell, to whom and when, as it was typed."""

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
    """Write the notices that are wished for, or show who would get them."""
    _validate_options(output_options, dry_run=dry_run)
    revisions = open_revisions(options.old, options.new, options.registry, strict_command="notice")
    require_publisher(revisions[1])
    (warn_of_guesses if dry_run else refuse_guesses)(revisions[1])
    customers = _load_customers(options, revisions) if options.customers else None
    check_path_conflicts(output_options, options.customers, customers or ())
    with ExitStack() as stack:
        ledger_file = (
            stack.enter_context(notice_ledger.open_ledger(Path(output_options.ledger_file)))
            if output_options.ledger_file and not dry_run
            else None
        )
        sent_index = SentIndex(
            ledger_file.ledger.entries if ledger_file else _read_recorded_entries(output_options.ledger_file)
        )
        notice_plan = _build_plan(options, revisions, customers, sent_index)
        view = NoticePlanReport(notice_plan, revisions)
        _report_unused_products(
            notice_plan, revisions, options.customers, may_continue=dry_run or output_options.incomplete
        )
        if dry_run:
            output.show(
                view,
                notice_next_steps.suggest_after_dry_run(
                    view, output_options, options.arguments, is_urgent=bool(options.urgent)
                ),
            )
            return
        recorded = _find_recorded_entries(notice_plan, sent_index, revisions[0]) if ledger_file else {}
        if not notice_plan.notices:
            notice_run.complete_index(view, output_options, recorded)
            _report_no_letters(view)
            return
        _require_sendable(view, is_urgent=bool(options.urgent), incomplete=output_options.incomplete)
        _warn_of_ambiguities(revisions, output_options)
        notice_run.write_letters(view, output_options, output, ledger_file, recorded)
        report_borrowed_texts(
            load_letter_formatter(each.language, each.laws).catalogue for each in notice_plan.notices
        )


def _validate_options(output_options: OutputOptions, *, dry_run: bool) -> None:
    """Refuse options that do not fit together.

    Raises:
        UsageError: with both.
    """
    if output_options.file and output_options.folder:
        raise UsageError("--output is for one letter, --out for a folder of them", "choose one")
    error = find_address_error(output_options.sender) if output_options.sender else None
    if error:
        raise UsageError(f"--from: {error.message}", error.hint)
    if "csv" in output_options.output_formats and not dry_run:
        hint = f"add --dry-run; --out DIR writes it as {INDEX_FILE} beside the letters"
        raise UsageError("-f csv tells who gets which notice, and is no letter", hint)


def _read_recorded_entries(name: str | None) -> Entries:
    """Return what a ledger holds, for a run that writes nothing to it; nothing where there is none yet."""
    return () if name is None or _is_missing(name) else notice_ledger.read_ledger(Path(name)).entries


def _is_missing(name: str) -> bool:
    """Tell whether there is surely no such file; one in a closed folder may be there."""
    try:
        Path(name).stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _build_plan(
    options: NoticeOptions,
    revisions: tuple[Registry, Registry],
    customers: tuple[Customer, ...] | None,
    sent_index: SentIndex,
) -> Plan:
    effective = parse_day_option(options.effective, "--effective") if options.effective else None
    request = Request(parse_day_option(options.sent, "--sent"), effective, options.language, options.urgent)

    def is_already_notified(customer: Customer | None, change: Change) -> bool:
        name = customer.name if customer else None
        return not options.again and sent_index.is_notified(name, change, revisions[0])

    def find_earlier_date(customer: Customer | None, change: Change) -> date | None:
        return sent_index.find_earlier_notice(customer.name if customer else None, change, revisions[0])

    return plan(
        revisions,
        diff(*revisions),
        request,
        customers,
        is_notified=is_already_notified,
        find_earlier_notice=find_earlier_date,
        holidays=holidays.get_holiday_check if options.holidays else lambda _: is_never_holiday,
    )


def _find_recorded_entries(
    notice_plan: Plan, sent_index: SentIndex, old_registry: Registry
) -> RecordedEntries:
    """Return the lines of the ledger by which those who get no notice now were told before."""
    recorded = {}
    for customer, excluded in notice_plan.skipped:
        name = customer.name if customer else None
        entries = [
            sent_index.find_entry(name, exclusion.change, old_registry)
            for exclusion in excluded
            if exclusion.reason is ExclusionReason.ALREADY_NOTIFIED
        ]
        by_hash = {str(entry["hash"]): entry for entry in entries if entry}
        if by_hash:
            recorded[customer] = tuple(by_hash.values())
    return recorded


def _load_customers(options: NoticeOptions, revisions: tuple[Registry, Registry]) -> tuple[Customer, ...]:
    """Return the customers of a file.

    Raises:
        ReadError: the file has faults; all of them are told.
    """
    name = options.customers or ""
    loaded = customers.load_customers(source.read(name))
    if not isinstance(loaded, Customers):
        raise build_unusable_error(name, loaded)
    problems = [
        *recipients.find_unknown_names(loaded, revisions),
        *(holidays.find_unknown_calendars(loaded) if options.holidays else ()),
    ]
    if problems:
        raise build_unusable_error(name, sort_problems(problems))
    return loaded.customers


def _report_unused_products(
    notice_plan: Plan, revisions: tuple[Registry, Registry], file: str | None, *, may_continue: bool
) -> None:
    """Tell which products of the list no customer uses, so that nobody hears of them.

    Raises:
        RefusedError: one of them may be no product at all, and nobody said to go on.
    """
    products = [
        *recipients.find_unused_products(
            notice_plan.iter_excluded_changes(), notice_plan.customers, revisions
        )
    ]
    messages = tuple(
        f"{each.position}: {each.name}: no customer of {file} uses {each.product!r}"
        f"{', and no other service serves it' if each.is_only_service else ''}"
        f"{f' ({each.hint})' if each.hint else ''}"
        for each in products
    )
    if any(each.is_only_service for each in products) and not may_continue:
        hint = f"name it as {file} does, leave out products if all are meant, or go ahead with --incomplete"
        raise RefusedError("nobody would be told of a product that only the list knows", hint, messages)
    for each in messages:
        print_stderr(f"subproc: {sanitize_line(each)}")


def _report_no_letters(view: NoticePlanReport) -> None:
    """Say why no letter is written, as a dry run says it."""
    reason = view.explain_no_notices()
    if reason.startswith((NO_NOTICE, SETTINGS)):
        print_stderr(f"subproc: {reason}; no letter was written")
    else:
        print_stderr(sanitize_line(f"subproc: nobody has to be told, no letter was written: {reason}"))
    for note in view.iter_informational():
        print_stderr(sanitize_line(f"for information only, and in no letter: {note}"))


def _require_sendable(view: NoticePlanReport, *, is_urgent: bool, incomplete: bool) -> None:
    """Stop where a period is broken without a reason, or where an objection would lack something.

    With a reason, the day of a notice is the true one, so that no service begins before it.

    Raises:
        RefusedError: with everybody whose period is broken, or everything that is missing.
    """
    short = tuple(view.iter_short_notices())
    if short and not is_urgent:
        hint = "choose a later --effective, or go ahead with --urgent REASON"
        raise RefusedError("the changes take effect before a period of notice has ended", hint, short)
    early = tuple(view.iter_early_services())
    if early:
        file = format_registry_option(view.revisions[1].file)
        start_commands = join_words(
            f"subproc set {key} since {day}{file}" for key, day in view.find_later_start_dates().items()
        )
        hint = f"{start_commands}; or go ahead with --urgent REASON, and the notice names the day of the list"
        raise RefusedError("a service is used, as the list says, before the day of its notice", hint, early)
    missing = tuple(view.iter_gaps())
    if missing and not incomplete:
        hint = "add it to the list, or go ahead with --incomplete: the letter then says what is not known"
        raise RefusedError("the notice lacks what customers need in order to object", hint, missing)
    if not incomplete:
        require_sentences(view.plan.notices)


def _warn_of_ambiguities(revisions: tuple[Registry, Registry], output_options: OutputOptions) -> None:
    """Point at what goes out as it is, and may be meant otherwise."""
    old, new = (registry.model.version for registry in revisions)
    if old == new:
        reason = "the letter cannot tell them apart; subproc bump raises it"
        print_stderr(f"subproc: both revisions carry version {new}: {reason}")
    contact = revisions[1].model.notice.contact or ""
    if "eml" in output_options.output_formats and not output_options.sender and "@" in contact:
        error = find_address_error(contact)
        if error:
            message = f"notice.contact: {error.message}, so the mails have no sender"
            print_stderr(sanitize_line(f"subproc: {message} ({error.hint}; or name one with --from)"))


def verify_ledger(name: str, *, quiet: bool) -> None:
    """Check a ledger.

    Raises:
        RefusedError: its chain is broken; the line is named.
    """
    verified = notice_ledger.read_ledger(Path(name))
    if not quiet:
        count = len(verified.entries)
        print_stdout(f"{name}: {count} line{'' if count == 1 else 's'}, each follows the one before\n")
        print_stdout(f"last hash: {verified.last_hash}\n")


def eject_templates(name: str, *, quiet: bool) -> None:
    """Write the built-in templates into a folder; what stands there stays.

    Raises:
        WriteError: the folder cannot be written, or one of the files stands there already.
    """
    from subproc_cli.notice import templates

    folder = Path(name)
    for template_name in templates.TEMPLATE_NAMES:
        if os.path.lexists(folder / template_name):
            raise WriteError(f"{folder / template_name}: stands there already", "name another folder")
    make_folder(folder)
    for template_name, text in templates.load_built_in().items():
        write_text(folder / template_name, text)
    if not quiet:
        print_stderr(
            f"subproc: {len(templates.TEMPLATE_NAMES)} templates written to {folder}; "
            f"use them with --template {name}"
        )
