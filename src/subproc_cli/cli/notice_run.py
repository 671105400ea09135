"""Writes letters: one to standard output or a file, many to a folder with an index."""

import os
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from subproc_cli.atomic_write import make_folder, write_bytes, write_text
from subproc_cli.cli import progress
from subproc_cli.cli.console import Output, print_hint, print_or_page, print_stderr, write_output_bytes
from subproc_cli.cli.notice_folder import (
    IssuedLetter,
    LetterDraft,
    RecordedEntries,
    choose_folder,
    find_issued_letters,
    is_indexed,
    list_indexed_files,
    read_index,
)
from subproc_cli.cli.notice_ledger import LedgerFile
from subproc_cli.cli.notice_next_steps import suggest_after_letters
from subproc_cli.cli.notice_render import SUFFIXES, NoticeRenderer, OutputOptions, render_json
from subproc_cli.cli.options import Format
from subproc_cli.errors import UsageError, WriteError
from subproc_cli.notice.customers import Customer, build_file_stems
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.notice.report import INDEX_FILE, EarlierLetter, NoticePlanReport
from subproc_cli.output import csv
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import join_first_words, parse_day


def write_letters(
    audience: NoticePlanReport,
    output_options: OutputOptions,
    output: Output,
    ledger_file: LedgerFile | None,
    recorded: RecordedEntries,
) -> None:
    """Write the letters to an audience and record them.

    Args:
        audience: who gets which notice.
        output_options: what the letters are written as, and where they go.
        output: where the result of the command goes.
        ledger_file: the ledger; None if nothing is to be recorded.
        recorded: the lines of the ledger about customers who get none now.

    Raises:
        UsageError: several letters have no folder to go to.
        WriteError: a file cannot be written; those before it stay, and are recorded.
    """
    if output_options.folder:
        _write_folder(audience, output_options, output, ledger_file, recorded)
    else:
        _write_one(audience.plan, output_options, output, ledger_file)
    _warn_of_unreachable(audience.plan, output_options)


def _write_one(
    plan: Plan, output_options: OutputOptions, output: Output, ledger_file: LedgerFile | None
) -> None:
    output_format, renderer = output_options.output_formats[0], NoticeRenderer(output_options)
    has_several = len(plan.notices) > 1 and (output_format != "json" or ledger_file)
    if has_several or len(output_options.output_formats) > 1:
        raise UsageError("there are several letters to write", "name a folder: --out DIR")
    if output_format == "json":
        content = render_json([renderer.build_record(notice) for notice in plan.notices])
    else:
        content = renderer.render(plan.notices[0], output_format)
    if output_options.file and output_options.file != "-":
        write_bytes(Path(output_options.file), content)
        print_hint(
            f"{output_options.file}: written; {suggest_after_letters(output_options)}", quiet=output.quiet
        )
    elif output_format == "docx":
        raise UsageError("a Word document cannot be printed", "name a file: -o notice.docx")
    elif output_format == "text" and not output.quiet:
        print_or_page(content.decode("utf-8"), suggest_after_letters(output_options))
    elif not output.quiet:
        write_output_bytes(content, None)
    if ledger_file and plan.notices[0].is_reachable:
        ledger_file.record(plan.notices[0], content)


def _write_folder(
    audience: NoticePlanReport,
    output_options: OutputOptions,
    output: Output,
    ledger_file: LedgerFile | None,
    recorded: RecordedEntries,
) -> None:
    plan, out, renderer = audience.plan, Path(output_options.folder or "."), NoticeRenderer(output_options)
    make_folder(out)
    names_by_customer = build_file_names(plan.customers, output_options)
    names_per_notice = tuple(names_by_customer[notice.customer] for notice in plan.notices)
    _refuse_foreign_letters(out, plan, names_per_notice)

    def render_all(notice: Notice) -> list[bytes]:
        return [renderer.render(notice, output_format) for output_format in output_options.output_formats]

    drafts = [
        LetterDraft(names, partial(render_all, notice))
        for notice, names in zip(plan.notices, names_per_notice, strict=True)
    ]
    issued = find_issued_letters(out, names_by_customer, recorded)
    name = _build_folder_name(audience, plan.notices[0].sent)
    folder, finished_files = choose_folder(out, name, drafts, _list_paths(issued))
    if folder != out:
        make_folder(folder)
        _refuse_foreign_letters(folder, plan, names_per_notice)
        print_stderr(f"subproc: {out} holds the letters of another run, which stay: these go to {folder}")
    earlier = _build_earlier_letters(issued, folder, list_indexed_files(out))
    for notice, draft in progress.track([*zip(plan.notices, drafts, strict=True)], "letters"):
        contents = [] if draft.files in finished_files else draft.render()
        for name, content in zip(draft.files, contents, strict=False):
            write_bytes(folder / name, content)
        if ledger_file and notice.is_reachable:
            ledger_file.record(notice, contents[0] if contents else (folder / draft.files[0]).read_bytes())
    written = audience._replace(
        files=names_per_notice, is_recorded=ledger_file is not None, earlier_letters=earlier
    )
    write_text(folder / INDEX_FILE, csv.render(written.to_rows()))
    output._replace(output_format=Format.TEXT, file=None).show(written, suggest_after_letters(output_options))


def complete_index(
    audience: NoticePlanReport, output_options: OutputOptions, recorded: RecordedEntries
) -> None:
    """Write the index of a run that was interrupted after its last letter was recorded.

    Raises:
        WriteError: it cannot be written.
    """
    out = Path(output_options.folder or ".")
    if not (output_options.folder and recorded and out.is_dir()):
        return
    issued = find_issued_letters(out, build_file_names(audience.plan.customers, output_options), recorded)
    paths = _list_paths(issued)
    indexed = list_indexed_files(out)
    if all(is_indexed(path, indexed) for path in paths):
        return
    folder = choose_folder(out, _build_folder_name(audience, _last_day(audience, issued)), (), paths).path
    make_folder(folder)
    written = audience._replace(
        is_recorded=True, earlier_letters=_build_earlier_letters(issued, folder, indexed)
    )
    write_text(folder / INDEX_FILE, csv.render(written.to_rows()))
    letters = format_count(len(issued), "letter")
    print_stderr(f"subproc: {folder / INDEX_FILE}: written; it names {letters} that an earlier run recorded")


def _build_folder_name(audience: NoticePlanReport, sent: date) -> str:
    """Return the name of a folder below the one that was asked for: the day and the two versions."""
    old, new = (registry.model.version for registry in audience.revisions)
    return f"{sent}-{old}-to-{new}"


def _last_day(audience: NoticePlanReport, issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]) -> date:
    """Return the last day on which letters of earlier runs were sent, as the ledger has it."""
    sent = (str(letter.entry.get("sent")) for letters in issued.values() for letter in letters)
    return max(filter(None, map(parse_day, sent)), default=audience.revisions[1].model.date)


def _list_paths(issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]) -> list[Path]:
    return [path for letters in issued.values() for letter in letters for path in letter.files]


def _build_earlier_letters(
    issued: Mapping[Customer | None, tuple[IssuedLetter, ...]], folder: Path, indexed: set[Path]
) -> dict[Customer | None, EarlierLetter]:
    """Return what an index in a folder says of letters of earlier runs; some are indexed already."""
    earlier_letters = {}
    for customer, letters in issued.items():
        paths = [path for letter in letters for path in letter.files]
        is_listed = not paths or any(is_indexed(path, indexed) for path in paths)
        names = tuple(Path(os.path.relpath(path, folder)).as_posix() for path in paths)
        earlier_letters[customer] = EarlierLetter(letters[-1].entry, names, is_indexed=is_listed)
    return earlier_letters


def _warn_of_unreachable(plan: Plan, output_options: OutputOptions) -> None:
    """Name the customers whose letter has no address to go to, so that it is not recorded as issued."""
    notices = [notice for notice in plan.notices if notice.customer]
    names = [notice.customer.name for notice in notices if notice.customer and not notice.is_reachable]
    if not names or not (
        output_options.ledger_file or (output_options.folder and "eml" in output_options.output_formats)
    ):
        return
    letter_count = format_count(len(notices), "mail" if "eml" in output_options.output_formats else "letter")
    consequence = ", and so not recorded as issued" if output_options.ledger_file else ""
    shown_names = sanitize_line(join_first_words(names))
    print_stderr(
        f"subproc: {len(names):,} of {letter_count} without an address to go to{consequence}: {shown_names}"
    )


def build_file_names(
    customers: tuple[Customer, ...], output_options: OutputOptions
) -> dict[Customer | None, tuple[str, ...]]:
    """Return the names of the files of each customer, the same whoever else is told; of None without any."""
    names: dict[Customer | None, str] = dict(zip(customers, build_file_stems(customers), strict=True))
    suffixes = [
        SUFFIXES[output_format]
        for output_format in output_options.output_formats
        if output_format in SUFFIXES
    ]
    return {
        customer: tuple(f"{name}.{suffix}" for suffix in suffixes)
        for customer, name in (names or {None: "notice"}).items()
    }


def _refuse_foreign_letters(folder: Path, plan: Plan, names_per_notice: tuple[tuple[str, ...], ...]) -> None:
    """Keep the letters of an earlier run to somebody else.

    Raises:
        WriteError: a letter would take the place of one to another customer.
    """
    owners = read_index(folder) or {}
    for notice, names in zip(plan.notices, names_per_notice, strict=True):
        customer_name = csv.escape_cell(notice.customer.name) if notice.customer else ""
        for name in names:
            owner = owners.get(name, customer_name)
            if owner != customer_name:
                message = f"{folder / name}: is the letter to {owner!r}, as {INDEX_FILE} says"
                raise WriteError(message, "name another folder: --out DIR")
