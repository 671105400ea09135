"""The report of `subproc notice --dry-run`: who gets a notice, and what each letter states."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.notice.customers.customers import get_customer_name
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Notice
from subproc_cli.notice.report import NoticePlanReport
from subproc_cli.output.document import (
    Bullets,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    emphasize,
    make_line,
)
from subproc_cli.text import join_first_words

MAX_LETTERS = 12
"""Maximum number of different letters whose facts are shown one by one; `-f json` has those of all."""


class DryRunReport(NamedTuple):
    """The audience of a plan with the facts of each letter."""

    report: NoticePlanReport

    def to_document(self) -> Page:
        """Return recipients and facts of each letter; customers with the same letter share one entry."""
        groups = self._group_notices()
        blocks: list[Any] = [*self.report.to_document()]
        for notice, names in [*groups.items()][:MAX_LETTERS]:
            blocks += _build_letter(notice, names)
        if len(groups) > MAX_LETTERS:
            blocks.append(Paragraph(make_line(f"and {len(groups) - MAX_LETTERS} more letters, with -f json")))
        return tuple(blocks)

    def _group_notices(self) -> dict[Notice, list[str]]:
        groups: dict[Notice, list[str]] = {}
        for notice in self.report.plan.notices:
            shared = notice._replace(customer=None, excluded_changes=())
            groups.setdefault(shared, []).append(get_customer_name(notice.customer))
        return groups

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/audience/1`."""
        record, parts = self.report.to_record(), {}
        for told, notice in zip(record["told"], self.report.plan.notices, strict=True):
            shared = notice._replace(customer=None, excluded_changes=())
            if shared not in parts:
                parts[shared] = Letter(shared).parts
            told |= {"dates": parts[shared]["dates"], "services": parts[shared]["services"]}
        return record

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each notice, and one for each customer who gets none."""
        yield from self.report.to_rows()


def _build_letter(notice: Notice, names: list[str]) -> Iterator[Any]:
    """Yield the facts of a letter, in its language."""
    parts = Letter(notice).parts
    yield Heading(make_line(f"Letter to {join_first_words(names)} ({notice.language})"))
    yield Facts(tuple(map(_build_fact, parts["dates"])))
    for service in parts["services"]:
        yield Paragraph(make_line(emphasize(service["name"])))
        yield Bullets(tuple(make_line(change) for change in service["changes"]))
        if service["facts"]:
            yield Facts(tuple(map(_build_fact, service["facts"])))


def _build_fact(fact: dict[str, Any]) -> Fact:
    return Fact(Span(fact["name"]), tuple(make_line(value) for value in fact["values"]))
