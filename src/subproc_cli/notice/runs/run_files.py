"""Writes letters: one of its own, or many to a folder with an index, each recorded in the ledger."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.atomic_write import make_folder, write_into
from subproc_cli.errors import UsageError, WriteError
from subproc_cli.notice.customers.customers import Customer, build_file_stems
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.events import LETTER_FIELDS, build_letter_event, get_contact
from subproc_cli.notice.ledger.ledger import LedgerFile
from subproc_cli.notice.ledger.manifest import (
    NEW_FILE,
    OLD_FILE,
    build_manifest,
    copy_revisions,
    hash_file,
    is_interrupted,
    read_manifest,
    write_manifest,
)
from subproc_cli.notice.ledger.sent_index import RecordedEntries
from subproc_cli.notice.letters.renderer import SUFFIXES, NoticeRenderer, OutputOptions, render_json
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.notice.report import INDEX_FILE, ISSUED, EarlierLetter, NoticePlanReport
from subproc_cli.notice.runs.letter_folder import (
    IssuedLetter,
    LetterDraft,
    LetterFolder,
    choose_folder,
    find_issued_letters,
    is_indexed,
    list_indexed_files,
    read_index,
)
from subproc_cli.output import csv
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day


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
        facts: the content of each letter, in the order of the notices.
        customers_file: the name and the hash of the file of customers.
    """

    report: NoticePlanReport
    drafts: tuple[LetterDraft, ...]
    target: LetterFolder
    issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]
    indexed: set[Path]
    facts: tuple[Mapping[str, Any], ...]
    customers_file: tuple[str, str] | None


def prepare_run(
    report: NoticePlanReport,
    output_options: OutputOptions,
    recorded: RecordedEntries,
    customers_file: tuple[str, str] | None = None,
) -> PreparedRun:
    """Choose the folder of the letters of a run, and create it.

    Args:
        report: who gets which notice.
        output_options: what the letters are written as, and where they go.
        recorded: the lines of the ledger about customers who get none now.
        customers_file: the name and the hash of the file of customers.

    Raises:
        WriteError: the folder cannot be created, or a letter would replace that of another customer.
    """
    plan, out, renderer = report.plan, Path(output_options.folder or "."), NoticeRenderer(output_options)
    make_folder(out, is_private=True)
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
    copies = {file: registry.sha256 for file, registry in iter_copied_revisions(report)}
    target = choose_folder(out, name, drafts, _list_paths(issued), copies)
    if target.path != out:
        make_folder(target.path, is_private=True)
        _refuse_foreign_letters(target.path, plan, names_per_notice)
    facts = tuple(renderer.build_facts(notice) for notice in plan.notices)
    return PreparedRun(report, drafts, target, issued, list_indexed_files(out), facts, customers_file)


def write_run(
    run: PreparedRun, ledger_file: LedgerFile | None, report_progress: Callable[[], None]
) -> NoticePlanReport:
    """Write and record the letters of a run with index and manifest; return the report with their files.

    Index and manifest are written before the first letter, and again after the last one: a run that is
    interrupted leaves an index of all letters, and a manifest that says that some may be missing.

    Args:
        run: the letters.
        ledger_file: the ledger; None if nothing is to be recorded.
        report_progress: is called after each letter.

    Raises:
        WriteError: a file cannot be written; those before it stay, and are recorded.
    """
    folder, finished_files = run.target
    copies = copy_revisions(folder, iter_copied_revisions(run.report))
    planned = run.report._replace(
        files=tuple(draft.files for draft in run.drafts),
        is_recorded=ledger_file is not None,
        earlier_letters=_build_earlier_letters(run.issued, folder, run.indexed),
    )
    hashes: list[dict[str, str]] = []
    if len(finished_files) < len(run.drafts) or read_manifest(folder) is None or is_interrupted(folder):
        index = csv.render(planned._replace(is_planned=True).to_rows())
        write_into(folder, INDEX_FILE, index, is_private=True)
        _write_manifest(run, planned._replace(is_planned=True), copies, hashes)
    for notice, draft, facts in zip(run.report.plan.notices, run.drafts, run.facts, strict=True):
        contents = [] if draft.files in finished_files else draft.render()
        for name, content in zip(draft.files, contents, strict=False):
            write_into(folder, name, content, is_private=True)
        hashes.append({Path(name).suffix[1:]: hash_file(folder / name) for name in draft.files})
        if ledger_file:
            _record(ledger_file, notice, facts, hashes[-1], folder)
        report_progress()
    write_into(folder, INDEX_FILE, csv.render(planned.to_rows()), is_private=True)
    _write_manifest(run, planned, copies, hashes)
    return planned


def iter_copied_revisions(report: NoticePlanReport) -> Iterator[tuple[str, Registry]]:
    """Yield the revisions that a run keeps copies of, each with the name of its file."""
    old, new = report.revisions
    yield OLD_FILE, old
    yield NEW_FILE, new
    for notice in report.plan.notices:
        known = notice.revisions[0]
        if known is not old:
            yield f"old-{known.model.version}-{known.sha256[:8]}.yaml", known


def _record(
    ledger_file: LedgerFile,
    notice: Notice,
    facts: Mapping[str, Any],
    hashes: Mapping[str, str],
    folder: Path | None,
) -> None:
    """Record that a notice was issued, or only written if its customer has no address."""
    kind = EventKind.ISSUED if notice.is_reachable else EventKind.WRITTEN
    event = build_letter_event(kind, facts, hashes, run=folder.as_posix() if folder else None)
    customer = notice.customer.name if notice.customer else None
    is_repeated = kind is EventKind.WRITTEN and any(
        entry["customer"] == customer and entry.get("letter") == event["letter"]
        for entry in ledger_file.entries
    )
    if not is_repeated:
        ledger_file.record(event, customer, get_contact(notice))


def record_single(
    ledger_file: LedgerFile, notice: Notice, output_options: OutputOptions, content: bytes
) -> None:
    """Record the one letter of a run that writes no folder."""
    facts = NoticeRenderer(output_options).build_facts(notice)
    suffix = SUFFIXES[output_options.output_formats[0]]
    _record(ledger_file, notice, facts, {suffix: sha256(content).hexdigest()}, None)


def _write_manifest(
    run: PreparedRun,
    report: NoticePlanReport,
    copies: Mapping[str, str],
    hashes: Sequence[Mapping[str, str]],
) -> None:
    """Write the manifest of a run; the letters that it has of an earlier part of the same run stay in it."""
    folder = run.target.path
    letters = {}
    for number, (notice, draft) in enumerate(zip(report.plan.notices, run.drafts, strict=True)):
        found = hashes[number] if number < len(hashes) else {}
        letters[notice.customer.name if notice.customer else None] = {
            **_build_recipient_record(notice),
            "status": report.get_status(notice),
            "files": [
                {"name": name, "sha256": found.get(Path(name).suffix[1:]) or None} for name in draft.files
            ],
            **run.facts[number],
        }
    earlier = _read_earlier_records(folder, {*letters}, run.issued)
    manifest = build_manifest(
        report.revisions,
        copies,
        _sort_records([*earlier, *letters.values()], report.plan),
        customers=run.customers_file,
        is_complete=not report.is_planned,
    )
    write_manifest(folder, manifest)


def _read_earlier_records(
    folder: Path, customers: set[str | None], issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]
) -> list[dict[str, Any]]:
    """Return the entries of a manifest on letters to other customers, with their hashes.

    Args:
        folder: the folder of a run.
        customers: whose letters are written now.
        issued: the letters that the ledger records, to customers who get none now.
    """
    records = {}
    for customer, letters in issued.items():
        for letter in letters:
            if letter.files and all(path.parent == folder for path in letter.files):
                name, entry = customer.name if customer else None, letter.entry
                records[name] = {
                    "customer": name,
                    "addresses": entry.get("addresses", []),
                    "cc": entry.get("cc", []),
                    "status": ISSUED,
                    "files": [{"name": path.name, "sha256": hash_file(path)} for path in letter.files],
                    **{field: entry.get(field) for field in LETTER_FIELDS},
                }
    manifest = read_manifest(folder)
    for record in manifest["letters"] if manifest else ():
        files = [{**file, "sha256": hash_file(folder / file["name"])} for file in record["files"]]
        if record["customer"] not in {*customers, *records} and all(file["sha256"] for file in files):
            records[record["customer"]] = {**record, "files": files}
    return [*records.values()]


def _sort_records(records: list[dict[str, Any]], plan: Plan) -> list[dict[str, Any]]:
    """Return records of letters in the order of the file of customers, those to others first."""
    order = {customer.name: number for number, customer in enumerate(plan.customers)}
    return sorted(records, key=lambda record: order.get(record["customer"], -1))


def _build_recipient_record(notice: Notice) -> dict[str, Any]:
    customer, contact = notice.customer, get_contact(notice)
    return {
        "customer": customer.name if customer else None,
        "addresses": [*contact.addresses],
        "cc": [*contact.cc],
    }


class CompletedIndex(NamedTuple):
    """An index that was written after an interrupted run.

    Attributes:
        path: the file.
        letter_count: how many customers have letters that an earlier run recorded.
    """

    path: Path
    letter_count: int


def complete_index(
    report: NoticePlanReport,
    output_options: OutputOptions,
    recorded: RecordedEntries,
    customers_file: tuple[str, str] | None = None,
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
    name = _build_folder_name(report, _last_day(report, issued))
    revision_hashes = {file: registry.sha256 for file, registry in iter_copied_revisions(report)}
    folder = choose_folder(out, name, (), paths, revision_hashes).path
    make_folder(folder, is_private=True)
    written = report._replace(
        is_recorded=True, earlier_letters=_build_earlier_letters(issued, folder, indexed)
    )
    write_into(folder, INDEX_FILE, csv.render(written.to_rows()), is_private=True)
    manifest = build_manifest(
        report.revisions,
        copy_revisions(folder, iter_copied_revisions(report)),
        _sort_records(_read_earlier_records(folder, set(), issued), report.plan),
        customers=customers_file,
        is_complete=True,
    )
    write_manifest(folder, manifest)
    return CompletedIndex(folder / INDEX_FILE, len(issued))


def _build_folder_name(report: NoticePlanReport, sent: date) -> str:
    """Return the name of a folder below the one that was asked for: the day and the two versions."""
    old, new = (registry.model.version for registry in report.revisions)
    return f"{sent}-{old}-to-{new}"


def _last_day(report: NoticePlanReport, issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]) -> date:
    """Return the last day on which letters of earlier runs were sent, according to the ledger."""
    sent = (str(letter.entry.get("sent")) for letters in issued.values() for letter in letters)
    return max(filter(None, map(parse_day, sent)), default=report.revisions[1].model.date)


def _list_paths(issued: Mapping[Customer | None, tuple[IssuedLetter, ...]]) -> list[Path]:
    return [path for letters in issued.values() for letter in letters for path in letter.files]


def _build_earlier_letters(
    issued: Mapping[Customer | None, tuple[IssuedLetter, ...]], folder: Path, indexed: set[Path]
) -> dict[Customer | None, EarlierLetter]:
    """Return the rows of an index on letters of earlier runs; some are in the new index already."""
    earlier_letters = {}
    for customer, letters in issued.items():
        paths = [path for letter in letters for path in letter.files]
        is_listed = not paths or any(is_indexed(path, indexed) for path in paths)
        names = tuple(Path(os.path.relpath(path, folder)).as_posix() for path in paths)
        earlier_letters[customer] = EarlierLetter(letters[-1].entry, names, is_indexed=is_listed)
    return earlier_letters


def build_file_names(
    customers: tuple[Customer, ...], output_options: OutputOptions
) -> dict[Customer | None, tuple[str, ...]]:
    """Return the file names of each customer, also without a notice; the key is None without customers."""
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
    """Keep letters of an earlier run to other customers.

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
