"""Who gets which notice, when, what it lacks, and who gets none and why: `subproc notice --dry-run`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from subproc_cli.describe.header import list_record, where_record
from subproc_cli.diff.change import Change
from subproc_cli.diff.report import sentence
from subproc_cli.enums import Level
from subproc_cli.notice import completeness
from subproc_cli.notice.completeness import Gap
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.notice.recipients import Left, Reason, is_setting
from subproc_cli.output.document import Bullets, Heading, Line, Page, Paragraph, Table, counted, line, strong
from subproc_cli.registry.registry import Index
from subproc_cli.text import first_listed, listed

INDEX = "index.csv"
"""The file beside the letters that holds the rows of the view."""
EVERYBODY = "all customers"
NONE = "no change demands a notice"
SETTINGS = "what demands a notice is a setting of the list, which no letter tells"
MAX_NAMED = 50
"""Customers whose left-out changes are told one by one; a spreadsheet takes the rest."""
REASONS = {
    Reason.PRODUCT: "does not use the product",
    Reason.FEATURE: "has not switched it on",
    Reason.TOLD: "was told already",
    Reason.SETTING: "a setting, which no letter tells",
}
WRITTEN, ISSUED, ISSUED_BEFORE, NO_ADDRESS = "written", "issued", "issued-before", "no-address"
"""How far a notice has come.

Written: its files are there. Issued: it is recorded, which is the sender's word that it goes out. Issued
before: by an earlier run. Without an address it can go nowhere, and nothing is recorded of it.
"""


class Earlier(NamedTuple):
    """The last letter to a customer who gets none now, as the ledger has it.

    Attributes:
        entry: its line in the ledger.
        files: the names of its files, from the folder of the index; empty if they are not found.
        listed: whether an index names it already.
    """

    entry: Mapping[str, Any]
    files: tuple[str, ...]
    listed: bool


class AudienceView(NamedTuple):
    """The audience of a plan.

    Attributes:
        revisions: the list that customers know, and the coming one.
        files: the names of the files of each notice, in the order of the notices.
        recorded: whether the notices are recorded as issued.
        earlier: letters of earlier runs, to customers who get none now.
    """

    plan: Plan
    revisions: tuple[Index, Index]
    files: tuple[tuple[str, ...], ...] = ()
    recorded: bool = False
    earlier: Mapping[Customer | None, Earlier] = {}

    def page(self) -> Page:
        """Return who gets what, and who gets nothing."""
        plan = self.plan
        blocks: list[Any] = [Heading(line(strong(_counted(plan))), 1)]
        if plan.notices:
            heads = ("customer", "language", "effective", "object by", "changes")
            blocks.append(Table(heads, tuple(_row(notice) for notice in plan.notices)))
        parts = {
            "Left out": self._left_out(),
            "Not told": self._untold(),
            "For information only": map(line, self.informed()),
            "Without an address": map(line, self._unreachable()),
            "Missing": map(line, self.missing()),
            "Begins sooner": map(line, self.early()),
            "Short notice": map(line, self.short()),
        }
        for title, lines in parts.items():
            items = tuple(lines)
            blocks += [Heading(line(title)), Bullets(items)] if items else []
        if self.files:
            written = counted(sum(map(len, self.files)), "file")
            blocks.append(Paragraph(line(f"{written} written, and {INDEX}.")))
        return tuple(blocks)

    def _left_out(self) -> Iterator[Line]:
        left = [(_name(notice), notice.left) for notice in self.plan.notices if notice.left]
        yield from (_left(*each) for each in left[:MAX_NAMED])
        if len(left) > MAX_NAMED:
            rest = f"in {INDEX}" if self.files else "with -f csv"
            yield line(f"and {len(left) - MAX_NAMED:,} more, {rest}")

    def _untold(self) -> Iterator[Line]:
        for customer, left in self.plan.untold:
            name = customer.name if customer else EVERYBODY
            if _demanding(left) or _settings(left):
                yield _left(name, left)
            else:
                yield line(f"{name}: {NONE}{f'; {_reasons(left)}' if left else ''}")

    def why_nobody(self) -> str:
        """Return why no notice is written, if none is."""
        reasons: dict[str, list[str]] = {}
        for customer, left in self.plan.untold:
            for reason in dict.fromkeys(REASONS[each.reason] for each in _demanding(left)):
                reasons.setdefault(reason, []).append(customer.name if customer else EVERYBODY)
        if not reasons:
            settings = dict.fromkeys(field for _, left in self.plan.untold for field in _settings(left))
            return f"{SETTINGS}: {listed(settings)}" if settings else NONE
        return "; ".join(f"{reason}: {first_listed(names)}" for reason, names in reasons.items())

    def informed(self) -> Iterator[str]:
        """Yield what is worth telling and goes into no letter, since no notice is written."""
        if self.plan.notices:
            return
        for change in self.plan.changes:
            if change.level is Level.INFORM and not is_setting(change):
                yield f"{sentence(*self.revisions, change)} ({change.kind})"

    def _unreachable(self) -> Iterator[str]:
        """Yield whom no letter reaches; the files of letters have their own way of saying so."""
        for notice in self.plan.notices:
            if notice.customer and not notice.reachable and not self.files:
                yield notice.customer.name

    def missing(self) -> Iterator[str]:
        """Yield what the list does not state and an objection needs, each with where to add it."""
        for where, name, field in completeness.told(self.revisions[1], self._gaps()):
            yield f"{where}: {name}: add {field}"

    def _gaps(self) -> tuple[Gap, ...]:
        return tuple(dict.fromkeys(gap for notice in self.plan.notices for gap in notice.gaps))

    def early(self) -> Iterator[str]:
        """Yield the services that the list has in use before the day that a notice names, and to whom."""
        new = self.revisions[1]
        for (key, day), names in self._early().items():
            name, since = new.registry.services[key].name, new.registry.services[key].since
            where = new.where(("services", key, "since"))
            told = f"in use from {since} by the list, from {day} by the notice to {first_listed(names)}"
            yield f"{where}: {name}: {told}"

    def later(self) -> dict[str, date]:
        """Return the day from which these services could be used without breaking anybody's period, by id."""
        return {key: max(day for each, day in self._early() if each == key) for key, _ in self._early()}

    def _early(self) -> dict[tuple[str, date], list[str]]:
        found: dict[tuple[str, date], list[str]] = {}
        for notice in self.plan.notices:
            for key in notice.early:
                found.setdefault((key, notice.effective), []).append(_name(notice))
        return found

    def short(self) -> Iterator[str]:
        """Yield whose period of notice is broken, and by how much."""
        for notice in self.plan.notices:
            if notice.short_by:
                promised, days = counted(notice.terms.days or 0, "day"), counted(notice.short_by, "day")
                earliest = f"the first day that keeps it is {notice.earliest}"
                yield f"{_name(notice)}: {promised} of notice, {days} too few; {earliest}"

    def record(self) -> dict[str, Any]:
        """Return `subproc/audience/1`."""
        old, new = self.revisions
        return {
            "schema": "subproc/audience/1",
            "old": list_record(old),
            "new": list_record(new),
            "told": [_told_record(*each) for each in self._with_files()],
            "untold": [
                _whom_record(customer) | {"left_out": [*map(_left_record, left)]}
                for customer, left in self.plan.untold
            ],
            "missing": [*self._missing_records()],
            "early": [*self._early_records()],
        }

    def _missing_records(self) -> Iterator[dict[str, Any]]:
        found = self._gaps()
        for gap, (where, _, field) in zip(found, completeness.told(self.revisions[1], found), strict=True):
            yield {"service": gap.service or None, "field": field, "where": where_record(where)}

    def _early_records(self) -> Iterator[dict[str, Any]]:
        new = self.revisions[1]
        for key, day in self._early():
            since = new.registry.services[key].since
            days = {"since": since and since.isoformat(), "effective": day.isoformat()}
            yield {"service": key, **days, "where": where_record(new.where(("services", key, "since")))}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each notice, and one for each customer who gets none."""
        yield _HEADS
        for notice, names in self._with_files():
            yield (
                *_cells(notice.customer),
                notice.language,
                notice.sent.isoformat(),
                notice.effective.isoformat(),
                notice.object_by.isoformat() if notice.object_by else "",
                _kinds(notice.changes),
                "; ".join(names),
                _reasons(notice.left),
                self._status(notice),
            )
        for customer, left in self.plan.untold:
            yield *_cells(customer), *self._told_before(customer, left)

    def _status(self, notice: Notice) -> str:
        """Return how far a notice has come: a file that is written is not sent."""
        if not notice.reachable:
            return NO_ADDRESS
        return "" if not self.files else ISSUED if self.recorded else WRITTEN

    def _told_before(self, customer: Customer | None, left: tuple[Left, ...]) -> tuple[str, ...]:
        """Return the rest of the row of a customer who gets no notice now."""
        reasons, found = _reasons(left) or NONE, self.earlier.get(customer)
        if found is None:
            return "", "", "", "", "", "", reasons, ""
        days = (str(found.entry.get(key) or "") for key in ("language", "sent", "effective", "object_by"))
        told = (each.change for each in _demanding(left) if each.reason is Reason.TOLD)
        status = ISSUED_BEFORE if found.listed else ISSUED
        return *days, _kinds(told), "; ".join(found.files), reasons, status

    def _with_files(self) -> Iterator[tuple[Notice, tuple[str, ...]]]:
        yield from zip(self.plan.notices, self.files or ((),) * len(self.plan.notices), strict=True)


_HEADS = (
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


def _kinds(changes: Iterable[Change]) -> str:
    return "; ".join(f"{change.kind} {change.service or 'list'}" for change in changes)


def _settings(left: Iterable[Left]) -> list[str]:
    """Return the settings of the list whose change has the level of a notice."""
    return [
        each.change.field
        for each in left
        if each.change.level is Level.NOTICE and each.reason is Reason.SETTING
    ]


def _demanding(left: Iterable[Left]) -> list[Left]:
    """Return those of the changes that somebody does not hear of that would demand a notice."""
    return [each for each in left if each.change.level is Level.NOTICE and each.reason is not Reason.SETTING]


def _name(notice: Notice) -> str:
    return notice.customer.name if notice.customer else EVERYBODY


def _row(notice: Notice) -> tuple[Line, ...]:
    by = notice.object_by.isoformat() if notice.object_by else "not stated"
    services = dict.fromkeys(change.name or "the list" for change in notice.changes)
    texts = (_name(notice), notice.language, notice.effective.isoformat(), by, listed(services))
    return tuple(line(text) for text in texts)


def _cells(customer: Customer | None) -> tuple[str, str]:
    return (customer.name, customer.address or "") if customer else ("", "")


def _counted(plan: Plan) -> str:
    if not plan.customers:
        return f"{counted(len(plan.notices), 'notice')} to {EVERYBODY}"
    return f"{counted(len(plan.notices), 'notice')}, {counted(len(plan.untold), 'customer')} not told"


def _left(name: str, left: tuple[Left, ...]) -> Line:
    return line(strong(name), f": {_reasons(left)}")


def _reasons(left: tuple[Left, ...]) -> str:
    ordered = sorted(left, key=lambda each: REASONS[each.reason])
    parts = []
    for reason, group in groupby(ordered, key=lambda each: each.reason):
        names = listed(dict.fromkeys(each.change.name or "the list" for each in group))
        parts.append(f"{names} ({REASONS[reason]})")
    return "; ".join(parts)


# Records


def _told_record(notice: Notice, files: tuple[str, ...]) -> dict[str, Any]:
    by = notice.object_by
    return _whom_record(notice.customer) | {
        "language": str(notice.language),
        "sent": notice.sent.isoformat(),
        "effective": notice.effective.isoformat(),
        "object_by": by.isoformat() if by else None,
        "short_by": notice.short_by,
        "changes": [_change_record(each) for each in notice.changes],
        "informed": [_change_record(each) for each in notice.informed],
        "left_out": [_left_record(each) for each in notice.left],
        "files": [*files],
    }


def _whom_record(customer: Customer | None) -> dict[str, Any]:
    return {"customer": customer and customer.name, "address": customer and customer.address}


def _change_record(change: Change) -> dict[str, Any]:
    return {"service": change.service or None, "kind": change.kind, "fingerprint": change.fingerprint}


def _left_record(left: Left) -> dict[str, Any]:
    return _change_record(left.change) | {"reason": str(left.reason)}
