"""Writes letters: one of its own, or many to a folder with an index, each recorded in the ledger."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from subproc_cli.atomic_write import make_folder, write_bytes, write_text
from subproc_cli.errors import UsageError, WriteError
from subproc_cli.notice.customers import Customer, build_file_stems
from subproc_cli.notice.ledger import LedgerFile
from subproc_cli.notice.letter_folder import (
    IssuedLetter,
    LetterDraft,
    LetterFolder,
    choose_folder,
    find_issued_letters,
    is_indexed,
    list_indexed_files,
    read_index,
)
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.notice.renderer import SUFFIXES, NoticeRenderer, OutputOptions, render_json
from subproc_cli.notice.report import INDEX_FILE, EarlierLetter, NoticePlanReport
from subproc_cli.notice.sent_index import RecordedEntries
from subproc_cli.output import csv
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.text import join_first_words, parse_day


def render_single(plan: Plan, output_options: OutputOptions, *, is_recorded: bool) -> bytes:
    """Return the one letter of a plan; of several, the JSON of all unless each is to be recorded.

    Raises:
        UsageError: several letters have no folder to go to.
    """
    output_format, renderer = output_options.output_formats[0], NoticeRenderer(output_options)
    has_several = len(plan.notices) > 1 and (output_format != "json" or is_recorded)
    if has_several or len(output_options.output_formats) > 1:
        raise UsageError("there are several letters to write", "name a folder: --out DIR")
    if output_format == "json":
        return render_json([renderer.build_record(notice) for notice in plan.notices])
    return renderer.render(plan.notices[0], output_format)


class PreparedRun(NamedTuple):
    """The letters of a run before they are written.

    Attributes:
        report: who gets which notice.
        drafts: the letters, in the order of the notices.
        target: the folder that they go to.
        issued: the letters of earlier runs to customers who get none now.
        indexed: the files that indexes name already.
    """

    report: NoticePlanReport
    drafts: tuple[LetterDraft, ...]
    target: LetterFolder
    issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]
    indexed: set[Path]


def prepare_run(
    report: NoticePlanReport, output_options: OutputOptions, recorded: RecordedEntries
) -> PreparedRun:
    """Choose the folder of the letters of a run, and create it.

    Args:
        report: who gets which notice.
        output_options: what the letters are written as, and where they go.
        recorded: the lines of the ledger about customers who get none now.

    Raises:
        WriteError: the folder cannot be created, or a letter would replace that of another customer.
    """
    plan, out, renderer = report.plan, Path(output_options.folder or "."), NoticeRenderer(output_options)
    make_folder(out)
    names_by_customer = build_file_names(plan.customers, output_options)
    names_per_notice = tuple(names_by_customer[notice.customer] for notice in plan.notices)
    _refuse_foreign_letters(out, plan, names_per_notice)

    def render_all(notice: Notice) -> list[bytes]:
        return [renderer.render(notice, output_format) for output_format in output_options.output_formats]

    drafts = tuple(
        LetterDraft(names, partial(render_all, notice))
        for notice, names in zip(plan.notices, names_per_notice, strict=True)
    )
    issued = find_issued_letters(out, names_by_customer, recorded)
    name = _build_folder_name(report, plan.notices[0].sent)
    target = choose_folder(out, name, drafts, _list_paths(issued))
    if target.path != out:
        make_folder(target.path)
        _refuse_foreign_letters(target.path, plan, names_per_notice)
    return PreparedRun(report, drafts, target, issued, list_indexed_files(out))


def write_run(
    run: PreparedRun, ledger_file: LedgerFile | None, report_progress: Callable[[], None]
) -> NoticePlanReport:
    """Write the letters of a run and their index, record them, and return the report with their files.

    Args:
        run: the letters.
        ledger_file: the ledger; None if nothing is to be recorded.
        report_progress: is called after each letter.

    Raises:
        WriteError: a file cannot be written; those before it stay, and are recorded.
    """
    folder, finished_files = run.target
    for notice, draft in zip(run.report.plan.notices, run.drafts, strict=True):
        contents = [] if draft.files in finished_files else draft.render()
        for name, content in zip(draft.files, contents, strict=False):
            write_bytes(folder / name, content)
        if ledger_file and notice.is_reachable:
            ledger_file.record(notice, contents[0] if contents else (folder / draft.files[0]).read_bytes())
        report_progress()
    written = run.report._replace(
        files=tuple(draft.files for draft in run.drafts),
        is_recorded=ledger_file is not None,
        earlier_letters=_build_earlier_letters(run.issued, folder, run.indexed),
    )
    write_text(folder / INDEX_FILE, csv.render(written.to_rows()))
    return written


class CompletedIndex(NamedTuple):
    """An index that was written after an interrupted run.

    Attributes:
        path: the file.
        letter_count: how many customers have letters that an earlier run recorded.
    """

    path: Path
    letter_count: int


def complete_index(
    report: NoticePlanReport, output_options: OutputOptions, recorded: RecordedEntries
) -> CompletedIndex | None:
    """Write the index of a run that was interrupted after its last letter was recorded; None if it is there.

    Raises:
        WriteError: it cannot be written.
    """
    out = Path(output_options.folder or ".")
    if not (output_options.folder and recorded and out.is_dir()):
        return None
    issued = find_issued_letters(out, build_file_names(report.plan.customers, output_options), recorded)
    paths = _list_paths(issued)
    indexed = list_indexed_files(out)
    if all(is_indexed(path, indexed) for path in paths):
        return None
    folder = choose_folder(out, _build_folder_name(report, _last_day(report, issued)), (), paths).path
    make_folder(folder)
    written = report._replace(
        is_recorded=True, earlier_letters=_build_earlier_letters(issued, folder, indexed)
    )
    write_text(folder / INDEX_FILE, csv.render(written.to_rows()))
    return CompletedIndex(folder / INDEX_FILE, len(issued))


def _build_folder_name(report: NoticePlanReport, sent: date) -> str:
    """Return the name of a folder below the one that was asked for: the day and the two versions."""
    old, new = (registry.model.version for registry in report.revisions)
    return f"{sent}-{old}-to-{new}"


def _last_day(report: NoticePlanReport, issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]) -> date:
    """Return the last day on which letters of earlier runs were sent, as the ledger has it."""
    sent = (str(letter.entry.get("sent")) for letters in issued.values() for letter in letters)
    return max(filter(None, map(parse_day, sent)), default=report.revisions[1].model.date)


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


def describe_unreachable(plan: Plan, output_options: OutputOptions) -> str:
    """Return which letters have no address to go to; empty if none is to be mailed or recorded."""
    notices = [notice for notice in plan.notices if notice.customer]
    names = [notice.customer.name for notice in notices if notice.customer and not notice.is_reachable]
    if not names or not (
        output_options.ledger_file or (output_options.folder and "eml" in output_options.output_formats)
    ):
        return ""
    letter_count = format_count(len(notices), "mail" if "eml" in output_options.output_formats else "letter")
    consequence = ", so not recorded as issued" if output_options.ledger_file else ""
    shown_names = sanitize_line(join_first_words(names))
    return f"{len(names):,} of {letter_count} without an address{consequence}: {shown_names}"


def build_file_names(
    customers: tuple[Customer, ...], output_options: OutputOptions
) -> dict[Customer | None, tuple[str, ...]]:
    """Return the names of each customer's files, no matter who is notified; of None without customers."""
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
