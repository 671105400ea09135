"""One run of `subproc notice`: plans the notices, refuses what must not go out, and writes the letters."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, TypeAlias

from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.errors import RefusedError
from subproc_cli.notice.customers import recipients
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.ledger.ledger import LedgerFile
from subproc_cli.notice.ledger.sent_index import (
    RecordedEntries,
    RecordedHistory,
    SentIndex,
    find_recorded_entries,
)
from subproc_cli.notice.letters.renderer import OutputOptions
from subproc_cli.notice.letters.sentences import require_sentences, require_texts
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.report import NoticePlanReport
from subproc_cli.notice.runs import readiness, run_files
from subproc_cli.notice.runs.baseline import (
    MissedChanges,
    RevisionLoader,
    find_missed_changes,
    plan_from_baselines,
)
from subproc_cli.notice.runs.date_checks import iter_date_warnings
from subproc_cli.notice.selection import ChosenChange
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words

FAR_AHEAD = timedelta(days=366)
"""A day of sending after this time is probably misspelt."""

Messages: TypeAlias = Callable[[str], None]
ProgressCounter: TypeAlias = Callable[[int, str], AbstractContextManager[Callable[[], None]]]
"""Counts steps, and shows how many are done."""


class RunOptions(NamedTuple):
    """How notices are planned.

    Attributes:
        sent: the day on which the notices go out.
        effective: the day on which the changes apply.
        urgent: why the periods of notice need not be kept.
        language: the language of customers without one.
        holidays: whether public holidays count.
        again: whether customers are also notified of what the ledger records already.
        catch_up: whether customers are also notified of what they missed.
        level: the lowest level of the changes that get a notice.
        chosen: further kinds of change that get a notice.
        is_latest: whether the changes apply from one day for everybody, the latest of all.
    """

    sent: date
    effective: date | None
    urgent: str
    language: str
    holidays: bool
    again: bool
    catch_up: bool
    level: Level = Level.NOTICE
    chosen: tuple[ChosenChange, ...] = ()
    is_latest: bool = False


class RunInput(NamedTuple):
    """What a run reads.

    Attributes:
        revisions: the list that customers know, and the coming one.
        customers: the customers of the file; None for a notice to all.
        customers_file: the name and the hash of the file of customers.
        load_revision: returns a revision that the ledger names.
    """

    revisions: tuple[Registry, Registry]
    customers: tuple[Customer, ...] | None
    customers_file: tuple[str, str] | None
    load_revision: RevisionLoader


class NoticeRun:
    """A run, before anything is written.

    Args:
        run_input: the lists and the customers.
        options: how the notices are planned.
        output_options: what the letters are written as, and where they go.
        sent_index: what the ledger holds.
    """

    def __init__(
        self, run_input: RunInput, options: RunOptions, output_options: OutputOptions, sent_index: SentIndex
    ) -> None:
        self.revisions, customers, self._customers_file, load_revision = run_input
        self._load_revision = load_revision
        self.options = options
        self.output_options = output_options
        self.sent_index = sent_index
        old = self.revisions[0]
        self.missed: tuple[MissedChanges, ...] = (
            (*find_missed_changes(customers, sent_index, old, load_revision, options.sent),)
            if customers
            else ()
        )
        self.report = NoticePlanReport(self._plan(customers), self.revisions)

    @property
    def notices(self) -> Plan:
        """The notices, and who gets none."""
        return self.report.plan

    def _plan(self, customers: tuple[Customer, ...] | None) -> Plan:
        options = self.options
        request = Request(
            options.sent,
            options.effective,
            options.language,
            options.urgent,
            level=options.level,
            chosen=options.chosen,
            is_latest=options.is_latest,
        )
        if options.holidays:
            request = request._replace(holidays=recipients.get_holiday_check)
        if customers and options.catch_up and self.missed:
            return plan_from_baselines(self.revisions, request, customers, self.missed, self._get_history)
        history = self._get_history(self.revisions[0])
        return plan(self.revisions, diff(*self.revisions), request, customers, history)

    def _get_history(self, known: Registry) -> RecordedHistory:
        return RecordedHistory(self.sent_index, known, self.options.again, self._load_revision)

    def require_baseline(self) -> None:
        """Refuse a run whose letters would list a service as unchanged for a customer who does not know it.

        Raises:
            RefusedError: with each of these customers.
        """
        old = self.revisions[0]
        missed = [each for each in self.missed if not (self.options.catch_up and each.registry)]
        if not missed:
            return
        details = tuple(sanitize_line(each.format(old)) for each in missed)
        version = missed[0].known["version"]
        hint = (
            "add --catch-up to notify them now, or state dpa.date of a customer whose contract has this list"
            if all(each.registry for each in missed)
            else f"start from the revision that they know: subproc notice {version}"
        )
        count = format_count(len(missed), "customer was", "customers were")
        message = f"{count} not notified of all that version {old.model.version} lists"
        raise RefusedError(message, hint, details)

    def describe_day(self, today: date) -> str:
        """Return what is unlikely about the day of sending of letters that are kept; mostly nothing."""
        sent, options = self.options.sent, self.output_options
        is_kept = options.folder or options.file or options.ledger_file
        if not is_kept or readiness.describe_backdating(sent, self.revisions[0]):
            return ""
        if sent < today:
            return f"--sent {sent} is in the past; the letters state {sent} as the day of sending"
        if sent - today > FAR_AHEAD:
            return f"--sent {sent} is more than a year ahead; the letters state {sent} as the day of sending"
        return ""

    def require_letters(self, registry_option: str) -> tuple[str, ...]:
        """Refuse what must not go out, and return what to warn of.

        Args:
            registry_option: what names the coming list in a command that is proposed.

        Raises:
            RefusedError: with everything that is in the way.
        """
        incomplete = self.output_options.incomplete
        self.require_baseline()
        file = self._customers_file[0] if self._customers_file else None
        warnings = (
            *readiness.list_unused_products(self.report, file, may_continue=incomplete),
            *map(sanitize_line, self._iter_returned_notices()),
            *map(sanitize_line, iter_date_warnings(self.notices, self.revisions)),
            *map(sanitize_line, readiness.iter_possible_renames(self.notices, self.revisions)),
        )
        if self.notices.notices:
            is_urgent = bool(self.options.urgent)
            readiness.require_sendable(
                self.report, registry_option, is_urgent=is_urgent, incomplete=incomplete
            )
            if not incomplete:
                require_sentences(self.notices.notices)
                require_texts(self.notices.notices, self.revisions[1])
        return warnings

    def _iter_returned_notices(self) -> Iterator[str]:
        """Yield the customers whose letter goes to an address from which an earlier one came back."""
        for customer in filter(None, (notice.customer for notice in self.notices.notices)):
            entry = self.sent_index.find_returned_notice(customer)
            if entry:
                same = join_words([each for each in entry["addresses"] if each in (customer.address or ())])
                came_back = f"{customer.name}: the notice of {entry['sent']} to {same} came back"
                yield f"{came_back}, and its address is the same: correct it, or notify it by other means"

    def find_recorded(self) -> RecordedEntries:
        """Return the lines of the ledger that record earlier notices to customers who get none now."""
        return find_recorded_entries(self.notices, self.sent_index, self.revisions)

    def write_folder(
        self, ledger_file: LedgerFile | None, show_message: Messages, count: ProgressCounter
    ) -> NoticePlanReport:
        """Write the letters to a folder with an index and a manifest, and record them.

        Raises:
            WriteError: a file cannot be written.
        """
        out = Path(self.output_options.folder or ".")
        recorded = self.find_recorded() if ledger_file else {}
        prepared = run_files.prepare_run(self.report, self.output_options, recorded, self._customers_file)
        folder = prepared.target.path
        if folder != out:
            show_message(f"{out} contains letters of another run; the new letters go to {folder}")
        with count(len(prepared.drafts), "letters") as step:
            return run_files.write_run(prepared, ledger_file, step)

    def complete(self, show_message: Messages) -> None:
        """Complete the index of an interrupted run, and report why no letter is written."""
        recorded = self.find_recorded() if self.output_options.ledger_file else {}
        index = run_files.complete_index(self.report, self.output_options, recorded, self._customers_file)
        if index:
            letters = format_count(index.letter_count, "letter")
            show_message(f"{index.path}: written; it names {letters} that an earlier run recorded")
        show_message(readiness.explain_no_letters(self.report))
