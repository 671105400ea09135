"""Who gets which notice, when, what it lacks, and who gets none and why: `subproc notice --dry-run`."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from subproc_cli.notice import gaps
from subproc_cli.notice.audience import Left
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.registry.index import Index
from subproc_cli.views.page import Bullets, Heading, Line, Page, Paragraph, Table, counted, line, strong
from subproc_cli.words import listed

EVERYBODY = "all customers"
MAX_NAMED = 50
"""Customers whose left-out changes are told one by one; a spreadsheet takes the rest."""


class AudienceView(NamedTuple):
    """The audience of a plan.

    Attributes:
        files: the names of the files of each notice, in the order of the notices.
    """

    plan: Plan
    new: Index
    files: tuple[tuple[str, ...], ...] = ()

    def page(self) -> Page:
        """Return who gets what, and who gets nothing."""
        plan = self.plan
        blocks: list[Any] = [Heading(line(strong(_counted(plan))), 1)]
        if plan.notices:
            heads = ("customer", "language", "effective", "object by", "changes")
            blocks.append(Table(heads, tuple(_row(notice) for notice in plan.notices)))
        left = [(_name(notice), notice.left) for notice in plan.notices if notice.left]
        if left:
            blocks += [Heading(line("Left out")), Bullets(tuple(_left(*each) for each in left[:MAX_NAMED]))]
        if plan.untold:
            blocks += [Heading(line("Not told")), Bullets(tuple(self._untold()))]
        missing = [*self.missing()]
        if missing:
            blocks += [Heading(line("Missing")), Bullets(tuple(line(each) for each in missing))]
        early = [*self.early()]
        if early:
            blocks += [Heading(line("Begins sooner")), Bullets(tuple(line(each) for each in early))]
        if self.files:
            written = counted(sum(map(len, self.files)), "file")
            blocks.append(Paragraph(line(f"{written} written, and index.csv.")))
        return tuple(blocks)

    def _untold(self) -> Iterator[Line]:
        for customer, left in self.plan.untold:
            name = customer.name if customer else EVERYBODY
            yield _left(name, left) if left else line(f"{name}: no change demands a notice")

    def missing(self) -> Iterator[str]:
        """Yield what the list does not state and an objection needs, each with where to add it."""
        found = dict.fromkeys(gap for notice in self.plan.notices for gap in notice.gaps)
        for where, name, field in gaps.told(self.new, tuple(found)):
            yield f"{where}: {name}: add {field}"

    def early(self) -> Iterator[str]:
        """Yield the services that the list has in use before the day that a notice names."""
        found = dict.fromkeys((key, notice.effective) for notice in self.plan.notices for key in notice.early)
        for key, day in found:
            name, since = self.new.registry.services[key].name, self.new.registry.services[key].since
            where = self.new.where(("services", key, "since"))
            yield f"{where}: {name}: in use from {since} by the list, from {day} by the notice"

    def short(self) -> Iterator[str]:
        """Yield whose period of notice is broken, and by how much."""
        for notice in self.plan.notices:
            if notice.short_by:
                promised, days = counted(notice.terms.days or 0, "day"), counted(notice.short_by, "day")
                earliest = f"the first day that keeps it is {notice.earliest}"
                yield f"{_name(notice)}: {promised} of notice, {days} too few; {earliest}"

    def record(self) -> dict[str, Any]:
        """Return `subproc/audience/1`."""
        return {
            "schema": "subproc/audience/1",
            "told": [dict(zip(_HEADS, row, strict=True)) for row in self._table()],
            "untold": [
                {
                    "customer": customer.name if customer else None,
                    "left": [_left_record(each) for each in left],
                }
                for customer, left in self.plan.untold
            ],
            "missing": [*self.missing()],
            "early": [*self.early()],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each notice, and one for each customer who gets none."""
        yield _HEADS
        yield from self._table()
        for customer, left in self.plan.untold:
            name, address = (customer.name, customer.address or "") if customer else ("", "")
            yield name, address, "", "", "", "", "", "", _reasons(left) or "no change demands a notice"

    def _table(self) -> Iterator[tuple[str, ...]]:
        files = self.files or ((),) * len(self.plan.notices)
        for notice, names in zip(self.plan.notices, files, strict=True):
            customer = notice.customer
            yield (
                customer.name if customer else "",
                (customer.address or "") if customer else "",
                notice.language,
                notice.sent.isoformat(),
                notice.effective.isoformat(),
                notice.object_by.isoformat() if notice.object_by else "",
                "; ".join(f"{each.kind} {each.service or 'list'}" for each in notice.changes),
                "; ".join(names),
                _reasons(notice.left),
            )


_HEADS = ("customer", "address", "language", "sent", "effective", "object_by", "changes", "files", "left out")


def _name(notice: Notice) -> str:
    return notice.customer.name if notice.customer else EVERYBODY


def _row(notice: Notice) -> tuple[Line, ...]:
    by = notice.object_by.isoformat() if notice.object_by else "not stated"
    services = dict.fromkeys(change.name or "the list" for change in notice.changes)
    texts = (_name(notice), notice.language, notice.effective.isoformat(), by, listed(services))
    return tuple(line(text) for text in texts)


def _counted(plan: Plan) -> str:
    return f"{counted(len(plan.notices), 'notice')}, {counted(len(plan.untold), 'customer')} not told"


def _left(name: str, left: tuple[Left, ...]) -> Line:
    return line(strong(name), f": {_reasons(left)}")


def _reasons(left: tuple[Left, ...]) -> str:
    ordered = sorted(left, key=lambda each: each.reason)
    parts = []
    for reason, group in groupby(ordered, key=lambda each: each.reason):
        names = listed(dict.fromkeys(each.change.name or "the list" for each in group))
        parts.append(f"{names} ({reason})")
    return "; ".join(parts)


def _left_record(left: Left) -> dict[str, str | None]:
    return {"service": left.change.service or None, "kind": left.change.kind, "reason": str(left.reason)}
