"""What a rule is, what it looks at and what it finds."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from subproc_cli.diagnostics import ErrorCode, FieldPath
from subproc_cli.diff.change import Change
from subproc_cli.enums import Role, Severity
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.data_access import collect_claims, evaluate_personal_data
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.evaluation.transfer_outcomes import Outcome
from subproc_cli.evaluation.verdict import Evidence, Verdict
from subproc_cli.question.parser import parse
from subproc_cli.question.query import Query
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry, State, get_state

if TYPE_CHECKING:
    from subproc_cli.notice.ledger.chain import Entries


class RawFinding(NamedTuple):
    """A finding of a rule; the engine adds the line.

    Attributes:
        path: the field that it is about, or the service that the field is missing from.
        message: what is wrong, in one sentence without its full stop.
        hint: what to do about it.
        service: the id of the service; empty if it is about the list.
        severity: overrides the severity of the rule.
        evidence: the statements that it rests on.
        fix: the text to write instead, if there is only one right text.
    """

    path: FieldPath
    message: str
    hint: str = ""
    service: str = ""
    severity: Severity | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: str | None = None


class Baseline(NamedTuple):
    """An earlier revision of the list, and its changes.

    Attributes:
        base: the earlier revision.
        changes: what changed since.
        changelog: the text of the changelog next to the list; None if there is none.
        is_first: whether there is no earlier revision, so that everything is new.
        unreported: the changes that the changelog's entry of the version lacks, as sentences.
        outdated: what the entry reports although it is not a change since the earlier revision.
    """

    base: Registry
    changes: tuple[Change, ...]
    changelog: str | None
    is_first: bool = False
    unreported: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()

    @property
    def published_changes(self) -> tuple[Change, ...]:
        """The changes of what is published."""
        return tuple(change for change in self.changes if change.is_published)


class RuleContext:
    """What rules look at: a list, a day, and perhaps an earlier revision.

    Attributes:
        uses_clock: whether `as_of` is the day of the check; otherwise it is the date of the list.
        ledger: the lines of the ledger of notices; empty if none is named.
    """

    def __init__(
        self, registry: Registry, as_of: date, baseline: Baseline | None = None, *, uses_clock: bool = True
    ) -> None:
        self.ledger: Entries = ()
        self.registry = registry
        self.as_of = as_of
        self.baseline = baseline
        self.uses_clock = uses_clock
        self.place_resolver = PlaceResolver(registry.gazetteer, as_of)
        self._policies: dict[str, Query | QuestionSyntaxError] = {}

    def read_policy(self, text: str) -> Query:
        """Return what the question of a policy means. It is read once, however many rules ask for it.

        Raises:
            QuestionSyntaxError: it is not understood.
        """
        if text not in self._policies:
            try:
                self._policies[text] = parse(self.registry, text, self.as_of, is_stored=True)
            except QuestionSyntaxError as error:
                self._policies[text] = error
        query = self._policies[text]
        if isinstance(query, QuestionSyntaxError):
            raise query
        return query

    @cached_property
    def current_services(self) -> dict[str, Service]:
        """The services that are not retired: in use, or announced.

        Not on the day of the list, nor on the day that is asked about if that comes later.
        """
        day = max(self.registry.model.date, self.as_of)
        services = self.registry.model.services.items()
        return {key: service for key, service in services if get_state(service, day) is not State.RETIRED}

    @cached_property
    def personal_data_services(self) -> dict[str, Service]:
        """The current services that may see personal data: all except vendors that do not state it."""
        return {
            key: service
            for key, service in self.current_services.items()
            if not self._sees_no_personal_data(service)
        }

    def _sees_no_personal_data(self, service: Service) -> bool:
        if service.role is not Role.VENDOR:
            return False
        return (
            evaluate_personal_data(collect_claims(service), self.registry.category_tree).verdict
            is not Verdict.YES
        )

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The laws of the list."""
        return tuple(load_law(str(each)) for each in self.registry.model.law)

    def assess(self, service: Service, law: Law, country: str) -> Outcome:
        """Return how a law assesses the data that a service processes in a country on the day."""
        return self.place_resolver.assess(law, country, service, self.registry.model.date)


FindFunction: TypeAlias = Callable[[RuleContext], Iterator[RawFinding]]
"""Yields what a rule finds."""


class Rule(NamedTuple):
    """A rule, defined by its module as `RULE`.

    Attributes:
        error_code: its public code and name, and its severity.
        summary: what it finds, in one sentence.
        why: why it matters, with a source.
        bad: an example in YAML that it finds.
        good: the same example, corrected.
        find: yields what it finds; None if the engine or the reader of the file finds it.
        details: further sentences of the manual.
        needs_baseline: whether it needs an earlier revision.
        is_time_dependent: whether its findings depend on the day of the check.
        is_fixable: whether `subproc fmt` fixes its findings.
    """

    error_code: ErrorCode
    summary: str
    why: str
    bad: str
    good: str
    find: FindFunction | None = None
    details: str = ""
    needs_baseline: bool = False
    is_time_dependent: bool = False
    is_fixable: bool = False

    @property
    def code(self) -> str:
        """The public code: `SP101`."""
        return self.error_code.code

    @property
    def name(self) -> str:
        """The public name: `missing-location`."""
        return self.error_code.name

    @property
    def description(self) -> str:
        """The summary, what the rule needs, and the details."""
        sentences = [self.summary]
        if self.needs_baseline:
            sentences.append("Needs `--against`.")
        if self.is_time_dependent:
            sentences.append("Depends on the day of the check.")
        if self.details:
            sentences.append(self.details)
        return " ".join(sentences)
