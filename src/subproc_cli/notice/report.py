"""The report of `subproc notice --dry-run`: recipients, dates, gaps, and customers without a notice."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from subproc_cli.describe.header import build_position_record, build_registry_record
from subproc_cli.diff.change import Change
from subproc_cli.diff.report import format_change
from subproc_cli.enums import Level
from subproc_cli.notice import completeness
from subproc_cli.notice.completeness import Gap
from subproc_cli.notice.customers.customers import ALL_CUSTOMERS, Customer, get_customer_name
from subproc_cli.notice.customers.recipients import ExcludedChange, ExclusionReason, is_setting
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Paragraph,
    Table,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_first_words, join_words

INDEX_FILE = "index.csv"
"""The file next to the letters that holds the rows of the report."""
NO_NOTICE = "no change requires a notice"
SETTINGS = "what requires a notice is a setting of the list, which no letter states"
MAX_NAMED = 50
"""Maximum number of customers whose left-out changes are listed one by one; a spreadsheet takes the rest."""
REASON_TEXTS = {
    ExclusionReason.PRODUCT: "does not use the product",
    ExclusionReason.FEATURE: "has not switched it on",
    ExclusionReason.AUDIENCE: "is not in its audience",
    ExclusionReason.ALREADY_NOTIFIED: "already notified",
    ExclusionReason.SETTING: "a setting, which no letter states",
}
PLANNED = "planned"
WRITTEN, ISSUED, ISSUED_BEFORE, NO_ADDRESS = "written", "issued", "issued-before", "no-address"
"""The status of a notice.

Planned: its files may not be there yet, since the run was interrupted. Written: its files are there.
Issued: it is recorded, which is the sender's word that it goes out. Issued before: by an earlier run. Without
an address it can go nowhere, and is not recorded as issued.
"""


class EarlierLetter(NamedTuple):
    """The last letter to a customer without a notice, according to the ledger.

    Attributes:
        entry: its line in the ledger.
        files: the names of its files, from the folder of the index; empty if they are not found.
        is_indexed: whether an index names it already.
    """

    entry: Mapping[str, Any]
    files: tuple[str, ...]
    is_indexed: bool


class NoticePlanReport(NamedTuple):
    """The audience of a plan.

    Attributes:
        revisions: the list that customers know, and the coming one.
        files: the names of the files of each notice, in the order of the notices.
        is_recorded: whether the notices are recorded as issued.
        earlier_letters: letters of earlier runs, to customers who get none now.
        is_planned: whether the files are still to be written.
    """

    plan: Plan
    revisions: tuple[Registry, Registry]
    files: tuple[tuple[str, ...], ...] = ()
    is_recorded: bool = False
    earlier_letters: Mapping[Customer | None, EarlierLetter] = {}
    is_planned: bool = False

    def to_document(self) -> Page:
        """Return the recipients of each notice, and the customers without one."""
        plan = self.plan
        blocks: list[Any] = [Heading(make_line(emphasize(_format_counts(plan))), 1)]
        if plan.notices:
            heads = ("customer", "language", "effective", "object by", "changes")
            blocks.append(Table(heads, tuple(_build_row(notice) for notice in plan.notices)))
        parts = {
            "Left out": self._format_exclusions(),
            "Not notified": self._format_skipped(),
            "For information only": map(make_line, self.iter_informational()),
            "Without an address": map(make_line, self._iter_unreachable()),
            "Missing": map(make_line, self.iter_gaps()),
            "Begins sooner": map(make_line, self.iter_early_services()),
            "Short notice": map(make_line, self.iter_short_notices()),
        }
        for title, lines in parts.items():
            items = tuple(lines)
            blocks += [Heading(make_line(title)), Bullets(items)] if items else []
        if self.files:
            written = format_count(sum(map(len, self.files)), "file")
            blocks.append(Paragraph(make_line(f"{written} written, and {INDEX_FILE}.")))
        return tuple(blocks)

    def _format_exclusions(self) -> Iterator[Line]:
        left = [
            (get_customer_name(notice.customer), notice.excluded_changes)
            for notice in self.plan.notices
            if notice.excluded_changes
        ]
        yield from (_format_excluded(*row) for row in left[:MAX_NAMED])
        if len(left) > MAX_NAMED:
            rest = f"in {INDEX_FILE}" if self.files else "with -f csv"
            yield make_line(f"and {len(left) - MAX_NAMED:,} more, {rest}")

    def _format_skipped(self) -> Iterator[Line]:
        for customer, left in self.plan.skipped:
            name = get_customer_name(customer)
            if _filter_notice_changes(left) or _settings(left):
                yield _format_excluded(name, left)
            else:
                yield make_line(f"{name}: {NO_NOTICE}{f'; {_format_reasons(left)}' if left else ''}")

    def explain_no_notices(self) -> str:
        """Return why no notice is written, if none is."""
        reasons: dict[str, list[str]] = {}
        for customer, left in self.plan.skipped:
            for reason in dict.fromkeys(
                REASON_TEXTS[exclusion.reason] for exclusion in _filter_notice_changes(left)
            ):
                reasons.setdefault(reason, []).append(get_customer_name(customer))
        if not reasons:
            settings = dict.fromkeys(field for _, left in self.plan.skipped for field in _settings(left))
            return f"{SETTINGS}: {join_words(settings)}" if settings else NO_NOTICE
        return "; ".join(f"{reason}: {join_first_words(names)}" for reason, names in reasons.items())

    def iter_informational(self) -> Iterator[str]:
        """Yield the changes to report that are in no letter, because no notice is written."""
        if self.plan.notices:
            return
        for change in self.plan.changes:
            if change.level is Level.INFORM and not is_setting(change):
                yield f"{format_change(*self.revisions, change)} ({change.kind})"

    def _iter_unreachable(self) -> Iterator[str]:
        """Yield the customers without an address; a run that writes files reports them itself."""
        for notice in self.plan.notices:
            if notice.customer and not notice.is_reachable and not self.files:
                yield notice.customer.name

    def iter_gaps(self) -> Iterator[str]:
        """Yield the facts that the list lacks and an objection needs, each with the position to add it."""
        gaps = self._collect_gaps()
        described = completeness.describe_gaps(self.revisions[1], gaps)
        for gap, (position, name, field) in zip(gaps, described, strict=True):
            yield f"{position}: {name}: {gap.advice or f'add {field}'}"

    def _collect_gaps(self) -> tuple[Gap, ...]:
        notices = self.plan.notices
        gaps = ((gap, max(notice.effective, notice.sent)) for notice in notices for gap in notice.gaps)
        return completeness.merge_gaps(self.revisions[1], gaps)

    def iter_early_services(self) -> Iterator[str]:
        """Yield the services that are in use before the day that a notice names, with the customers."""
        new = self.revisions[1]
        for (key, day), names in self._group_early_services().items():
            name, since = new.model.services[key].name, new.model.services[key].since
            position = new.locate(("services", key, "since"))
            detail = f"starts on {since} in the list, on {day} in the notice to {join_first_words(names)}"
            yield f"{position}: {name}: {detail}"

    def find_later_start_dates(self) -> dict[str, date]:
        """Return the day from which these services could be used without breaking anybody's period, by id."""
        return {
            key: max(day for service, day in self._group_early_services() if service == key)
            for key, _ in self._group_early_services()
        }

    def _group_early_services(self) -> dict[tuple[str, date], list[str]]:
        found: dict[tuple[str, date], list[str]] = {}
        for notice in self.plan.notices:
            for key in notice.early_services:
                found.setdefault((key, notice.effective), []).append(get_customer_name(notice.customer))
        return found

    def iter_short_notices(self) -> Iterator[str]:
        """Yield the customers whose period of notice is missed, and by how many days."""
        for notice in self.plan.notices:
            if notice.days_short:
                promised, days = notice.terms.days, format_count(notice.days_short, "day")
                earliest = f"the earliest day is {notice.earliest}"
                name = get_customer_name(notice.customer)
                yield f"{name}: {promised} of notice, {days} too few; {earliest}"

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/audience/1`."""
        old, new = self.revisions
        return {
            "schema": "subproc/audience/1",
            "old": build_registry_record(old),
            "new": build_registry_record(new),
            "told": [_build_notice_record(*row) for row in self._iter_notices_with_files()],
            "untold": [
                _build_customer_record(customer) | {"left_out": [*map(_build_excluded_record, left)]}
                for customer, left in self.plan.skipped
            ],
            "missing": [*self._iter_gap_records()],
            "early": [*self._iter_early_records()],
        }

    def _iter_gap_records(self) -> Iterator[dict[str, Any]]:
        gaps = self._collect_gaps()
        for gap, (position, _, field) in zip(
            gaps, completeness.describe_gaps(self.revisions[1], gaps), strict=True
        ):
            yield {"service": gap.service or None, "field": field, "where": build_position_record(position)}

    def _iter_early_records(self) -> Iterator[dict[str, Any]]:
        new = self.revisions[1]
        for key, day in self._group_early_services():
            since = new.model.services[key].since
            days = {"since": since and since.isoformat(), "effective": day.isoformat()}
            yield {
                "service": key,
                **days,
                "where": build_position_record(new.locate(("services", key, "since"))),
            }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each notice, and one for each customer who gets none."""
        yield _COLUMNS
        for notice, names in self._iter_notices_with_files():
            yield (
                *_build_customer_cells(notice.customer),
                notice.language,
                notice.sent.isoformat(),
                notice.effective.isoformat(),
                notice.object_by.isoformat() if notice.object_by else "",
                _format_kinds(notice.changes),
                "; ".join(names),
                _format_reasons(notice.excluded_changes),
                self.get_status(notice),
            )
        for customer, left in self.plan.skipped:
            yield *_build_customer_cells(customer), *self._build_skipped_cells(customer, left)

    def get_status(self, notice: Notice) -> str:
        """Return the status of a notice: a file that is written is not sent."""
        if self.is_planned:
            return PLANNED
        if not notice.is_reachable:
            return NO_ADDRESS
        return "" if not self.files else ISSUED if self.is_recorded else WRITTEN

    def _build_skipped_cells(
        self, customer: Customer | None, left: tuple[ExcludedChange, ...]
    ) -> tuple[str, ...]:
        """Return the remaining cells for a customer who gets no notice now."""
        reasons, letter = _format_reasons(left) or NO_NOTICE, self.earlier_letters.get(customer)
        if letter is None:
            return "", "", "", "", "", "", reasons, ""
        days = (str(letter.entry.get(key) or "") for key in ("language", "sent", "effective", "object_by"))
        changes = (
            exclusion.change
            for exclusion in _filter_notice_changes(left)
            if exclusion.reason is ExclusionReason.ALREADY_NOTIFIED
        )
        status = ISSUED_BEFORE if letter.is_indexed else ISSUED
        return *days, _format_kinds(changes), "; ".join(letter.files), reasons, status

    def _iter_notices_with_files(self) -> Iterator[tuple[Notice, tuple[str, ...]]]:
        yield from zip(self.plan.notices, self.files or ((),) * len(self.plan.notices), strict=True)


_COLUMNS = (
    "customer",
    "address",
    "language",
    "sent",
    "effective",
    "object_by",
    "changes",
    "files",
    "left_out",
    "status",
)


def _format_kinds(changes: Iterable[Change]) -> str:
    return "; ".join(f"{change.kind} {change.service or 'list'}" for change in changes)


def _settings(left: Iterable[ExcludedChange]) -> list[str]:
    """Return the settings of the list whose change has the level of a notice."""
    return [
        exclusion.change.field
        for exclusion in left
        if exclusion.change.level is Level.NOTICE and exclusion.reason is ExclusionReason.SETTING
    ]


def _filter_notice_changes(left: Iterable[ExcludedChange]) -> list[ExcludedChange]:
    """Return the changes that would require a notice although somebody is not notified of them."""
    return [
        exclusion
        for exclusion in left
        if exclusion.change.level is Level.NOTICE and exclusion.reason is not ExclusionReason.SETTING
    ]


def _build_row(notice: Notice) -> tuple[Line, ...]:
    by = notice.object_by.isoformat() if notice.object_by else "not stated"
    services = dict.fromkeys(change.name or "the list" for change in notice.changes)
    texts = (
        get_customer_name(notice.customer),
        notice.language,
        notice.effective.isoformat(),
        by,
        join_words(services),
    )
    return tuple(make_line(text) for text in texts)


def _build_customer_cells(customer: Customer | None) -> tuple[str, str]:
    return (customer.name, "; ".join(customer.address or ())) if customer else ("", "")


def _format_counts(plan: Plan) -> str:
    if not plan.customers:
        return f"{format_count(len(plan.notices), 'notice')} to {ALL_CUSTOMERS}"
    notices, skipped = format_count(len(plan.notices), "notice"), len(plan.skipped)
    if not skipped:
        return f"{notices}; every customer gets one"
    verb = "gets" if skipped == 1 else "get"
    return f"{notices}; {format_count(skipped, 'customer')} {verb} none"


def _format_excluded(name: str, left: tuple[ExcludedChange, ...]) -> Line:
    return make_line(emphasize(name), f": {_format_reasons(left)}")


def _format_reasons(left: tuple[ExcludedChange, ...]) -> str:
    ordered = sorted(left, key=lambda exclusion: REASON_TEXTS[exclusion.reason])
    parts = []
    for reason, group in groupby(ordered, key=lambda exclusion: exclusion.reason):
        names = join_words(dict.fromkeys(exclusion.change.name or "the list" for exclusion in group))
        parts.append(f"{names} ({REASON_TEXTS[reason]})")
    return "; ".join(parts)


# Records


def _build_notice_record(notice: Notice, files: tuple[str, ...]) -> dict[str, Any]:
    by = notice.object_by
    return _build_customer_record(notice.customer) | {
        "language": str(notice.language),
        "sent": notice.sent.isoformat(),
        "effective": notice.effective.isoformat(),
        "object_by": by.isoformat() if by else None,
        "short_by": notice.days_short,
        "changes": [_build_change_record(change) for change in notice.changes],
        "informed": [_build_change_record(change) for change in notice.informational_changes],
        "left_out": [_build_excluded_record(exclusion) for exclusion in notice.excluded_changes],
        "files": [*files],
    }


def _build_customer_record(customer: Customer | None) -> dict[str, Any]:
    addresses = (customer and customer.address) or ()
    return {
        "customer": customer and customer.name,
        "address": addresses[0] if addresses else None,
        "addresses": [*addresses],
    }


def _build_change_record(change: Change) -> dict[str, Any]:
    return {"service": change.service or None, "kind": change.kind, "fingerprint": change.fingerprint}


def _build_excluded_record(left: ExcludedChange) -> dict[str, Any]:
    return _build_change_record(left.change) | {"reason": str(left.reason)}
