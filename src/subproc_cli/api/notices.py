"""The notices of `plan_notices`, with their letters."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from subproc_cli.api.results import Change, ResultSequence, build_changes
from subproc_cli.diagnostics import Position
from subproc_cli.notice import plan as notice_plan
from subproc_cli.notice.completeness import describe_gaps
from subproc_cli.notice.customers.customers import Customer, get_customer_name
from subproc_cli.notice.customers.terms import Terms
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.templates import LetterRenderer


class Gap(NamedTuple):
    """A fact that a notice needs and the list does not state.

    Attributes:
        service: the id of the service; empty if the whole list is concerned.
        field: the field to add.
        position: the position in the file where to add it.
    """

    service: str
    field: str
    position: Position

    def __str__(self) -> str:
        return f"{self.position}: {self.service or 'the list'} does not state {self.field}"


class Notice:
    """One notice to one customer, or to all customers (Art. 28(2) GDPR).

    Attributes:
        customer: the customer; None for a notice to all customers.
        language: the language of the letter.
        laws: the laws in whose terms the letter is written.
        terms: the periods that the customer was promised.
        sent: the day on which the notice goes out.
        effective: the day from which the changes apply.
        object_by: the last day to object; None if no period is promised.
        earliest: the first day that keeps the period of notice.
        days_short: by how many days the period of notice is missed; 0 if it is kept.
    """

    customer: Customer | None
    language: str
    laws: tuple[str, ...]
    terms: Terms
    sent: date
    effective: date
    object_by: date | None
    earliest: date
    days_short: int

    def __init__(self, notice: notice_plan.Notice) -> None:
        self._notice = notice
        self.customer = notice.customer
        self.language = notice.language
        self.laws = notice.laws
        self.terms = notice.terms
        self.sent = notice.sent
        self.effective = notice.effective
        self.object_by = notice.object_by
        self.earliest = notice.earliest
        self.days_short = notice.days_short

    def __repr__(self) -> str:
        return f"<Notice to {get_customer_name(self.customer)}: {self.subject}>"

    @property
    def subject(self) -> str:
        """The subject line of the letter."""
        return Letter(self._notice).subject

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes that require the notice."""
        return build_changes(*self._notice.revisions, self._notice.changes)

    @cached_property
    def informational_changes(self) -> tuple[Change, ...]:
        """Further changes that the letter states and that require no notice."""
        return build_changes(*self._notice.revisions, self._notice.informational_changes)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The facts that the notice needs and the list does not state."""
        gaps = self._notice.gaps
        described = describe_gaps(self._notice.revisions[1], gaps)
        return tuple(
            Gap(gap.service, str(gap.field), position)
            for gap, (position, _, _) in zip(gaps, described, strict=True)
        )

    def text(self, output_format: Literal["text", "markdown", "html"] = "text") -> str:
        """Return the letter as plain text, Markdown or HTML."""
        suffix = {"text": "txt", "markdown": "md", "html": "html"}[output_format]
        return LetterRenderer().render(suffix, Letter(self._notice).to_record())

    def to_record(self) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1` as plain data."""
        return {**Letter(self._notice).to_record(), "body": self.text()}


class Notices(ResultSequence[Notice]):
    """The notices that the changes between two revisions require: a sequence."""

    def __init__(self, notices: tuple[notice_plan.Notice, ...]) -> None:
        self._notices = notices

    def _iter_items(self) -> Iterable[Notice]:
        return map(Notice, self._notices)

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/notices/1` as plain data."""
        return {"schema": "subproc/notices/1", "notices": [notice.to_record() for notice in self]}
