"""One run of `subproc notice`: reads what it needs, and shows a dry run or writes the letters."""

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from subproc_cli.atomic_write import write_bytes
from subproc_cli.cli import progress
from subproc_cli.cli.console import (
    Output,
    print_hint,
    print_or_page,
    print_stderr,
    write_output_bytes,
)
from subproc_cli.cli.language import (
    report_borrowed_texts,
    report_letters_in_other_languages,
)
from subproc_cli.cli.ledger_file import (
    RevisionFinder,
    open_ledger_file,
)
from subproc_cli.cli.memory import collect_garbage_rarely
from subproc_cli.cli.options import (
    Format,
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
from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.notice.customers.customers import Customers
from subproc_cli.notice.customers.recipients import load_recipients
from subproc_cli.notice.ledger import ledger
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.notice.ledger.ledger import LedgerFile
from subproc_cli.notice.ledger.sent_index import SentIndex
from subproc_cli.notice.letters.renderer import OutputOptions
from subproc_cli.notice.letters.sentences import load_letter_formatter
from subproc_cli.notice.plan import Plan
from subproc_cli.notice.runs import readiness, run_files
from subproc_cli.notice.runs.dry_run import DryRunReport
from subproc_cli.notice.runs.path_conflicts import check_path_conflicts, validate_output_options
from subproc_cli.notice.runs.run import NoticeRun, RunInput, RunOptions
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source
from subproc_cli.registry.registry import Registry

LATEST = "latest"
"""The value of --effective for the latest day of all customers."""


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
    """Write the requested notices, or show who would get them."""
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
    collect_garbage_rarely()  # each letter frees most of what it needs
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
                "to give notice of these changes too, add --level inform, "
                "or --also KIND:SERVICE for one of them"
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
    unreachable = readiness.describe_unreachable(run.notices, output_options)
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
    """Return the content of the ledger, for a run that writes nothing to it.

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
    content = run_files.render_single(notice_plan, output_options, is_recorded=ledger_file is not None)
    if output_options.file and output_options.file != "-":
        write_bytes(Path(output_options.file), content, is_private=True)
        print_hint(f"{output_options.file}: written; {next_step}", quiet=output.quiet)
    elif output_format == "docx":
        raise UsageError("a Word document cannot be printed", "name a file: -o notice.docx")
    elif output_format == "text" and not output.quiet:
        print_or_page(content.decode("utf-8"), next_step)
    elif not output.quiet:
        write_output_bytes(content, None)
    if ledger_file:
        run_files.record_single(ledger_file, notice_plan.notices[0], output_options, content)
