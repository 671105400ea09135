"""The results of the public functions: answers, changes and findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, overload

from subproc_cli.describe.explanations import format_evidence
from subproc_cli.diagnostics import Position
from subproc_cli.diff import change as diff_change
from subproc_cli.diff.report import ChangesReport, build_located_change_record, locate_change
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Bump, Direction, Level, Severity
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.question import answers as question_answers
from subproc_cli.question.report import AnswersReport
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.rules import engine
from subproc_cli.rules.report import FindingsReport

Item = TypeVar("Item")


class ResultSequence(Sequence[Item]):
    """A sequence of results."""

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(self._iter_items())

    def _iter_items(self) -> Iterable[Item]:
        """Return the results; they are made when somebody asks for them."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)


class Evidence(NamedTuple):
    """One statement of the list that an answer rests on.

    Attributes:
        text: what the list states, or does not state, as an English sentence without its subject.
        position: the position of the statement in the file.
    """

    text: str
    position: Position

    def __str__(self) -> str:
        return f"{self.text} ({self.position})"


class Answer:
    """The answer for one service.

    Attributes:
        id: the id of the service.
        service: what the list states about the service.
        verdict: yes, no or unknown.
    """

    id: str
    service: Service
    verdict: Verdict

    def __init__(self, registry: Registry, answer: question_answers.Answer) -> None:
        self._registry = registry
        self._answer = answer
        self.id = answer.key
        self.service = answer.service
        self.verdict = answer.verdict

    def __str__(self) -> str:
        return f"{self.service.name}: {self.verdict}"

    def __repr__(self) -> str:
        return f"<Answer {self.id}: {self.verdict}>"

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The statements that the answer rests on."""
        return tuple(
            Evidence(format_evidence(self._registry, each), self._registry.locate(each.path))
            for each in self._answer.result.evidence
        )


class Answers(ResultSequence[Answer]):
    """The answers to a question: a sequence with one answer per service, in the order of the list."""

    def __init__(self, answers: question_answers.Answers) -> None:
        self._answers = answers

    def _iter_items(self) -> Iterable[Answer]:
        return (Answer(self._answers.registry, answer) for answer in self._answers.answers)

    @property
    def question(self) -> str:
        """The question as it was asked."""
        return self._answers.text

    @property
    def reading(self) -> str:
        """How the question was read, in its normal form."""
        return str(self._answers.question)

    @property
    def as_of(self) -> date:
        """The date whose facts and law the answers are about."""
        return self._answers.as_of

    def with_verdict(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the answers that have a verdict."""
        return tuple(answer for answer in self if answer.verdict is verdict)

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/answers/1` as plain data."""
        return {**AnswersReport(self._answers).to_record()}


class Change:
    """One change between two revisions of a list; `str(change)` is its sentence.

    Attributes:
        kind: the name of its kind, such as `service-added`.
        level: what the change requires of the publisher.
        direction: which way the change goes for the people whose data it is.
        service: the id of the service; empty if the change concerns the whole list.
        name: the name of the service; empty if the change concerns the whole list.
        field: the field of the service or of the list; empty if the change concerns the whole entry.
        before: all values of the field in the older revision, if the field is a list.
        after: all values of the field in the newer revision, if the field is a list.
        removed: the values that this change removes.
        added: the values that this change adds.
        fingerprint: twelve hexadecimal digits that are equal wherever the same change is found again.
    """

    kind: str
    level: Level
    direction: Direction
    service: str
    name: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    fingerprint: str

    def __init__(self, old: Registry, new: Registry, change: diff_change.Change) -> None:
        self._revisions = old, new
        self._change = change
        self.kind = change.kind
        self.level = change.level
        self.direction = change.direction
        self.service = change.service
        self.name = change.name
        self.field = change.field
        self.before = change.before
        self.after = change.after
        self.removed = change.removed
        self.added = change.added
        self.fingerprint = change.fingerprint

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return f"<Change {self.level} {self.kind} {self.service or '-'}: {self.sentence}>"

    @property
    def sentence(self) -> str:
        """The change as an English sentence without its full stop."""
        return self.describe(ENGLISH)

    def describe(self, language: str) -> str:
        """Return the change as a sentence in a language, such as `de`, without its full stop."""
        is_english = language == ENGLISH  # as the commands print it, with days as YYYY-MM-DD
        formatter = ChangeFormatter(language)
        return formatter.format_change(self._revisions, self._change, iso=is_english)

    @property
    def position(self) -> Position:
        """The position of the change in the newer revision, or in the older one if the newer one has none."""
        return locate_change(self._revisions, self._change)

    def to_record(self) -> dict[str, Any]:
        """Return one change of `subproc/changes/1` as plain data."""
        return {**build_located_change_record(self._revisions, self._change)}


class Changes(ResultSequence[Change]):
    """The changes between two revisions: a sequence, the highest level first."""

    def __init__(self, old: Registry, new: Registry, changes: tuple[diff_change.Change, ...]) -> None:
        self._report = ChangesReport(old, new, changes)

    def _iter_items(self) -> Iterable[Change]:
        return build_changes(self._report.old, self._report.new, self._report.changes)

    @property
    def level(self) -> Level | None:
        """The highest level of the changes; None if there are none."""
        return diff_change.find_highest_level(self._report.changes)

    @property
    def bump(self) -> Bump:
        """The number of the version of the list that has to be raised."""
        return diff_change.bump(self._report.changes)

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/changes/1` as plain data."""
        return {**self._report.to_record()}


def build_changes(old: Registry, new: Registry, changes: Iterable[diff_change.Change]) -> tuple[Change, ...]:
    """Return changes between two revisions as results."""
    return tuple(Change(old, new, change) for change in changes)


@dataclass(frozen=True)
class Finding:
    """One finding of a check; `str(finding)` is one line: position, severity, rule and message.

    Attributes:
        rule: the name of the rule, such as `missing-location`.
        code: the code of the rule, such as `SP101`.
        severity: how severe the finding is.
        message: what is wrong, with the statements that the finding rests on.
        position: the position in the file.
        service: the id of the service; empty if the whole list is concerned.
        hint: what to write instead; empty if that is not known.
        fingerprint: digits that stay the same when lines move.
    """

    rule: str
    code: str
    severity: Severity
    message: str
    position: Position
    service: str
    hint: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.position}: {self.severity}[{self.rule}] {self.message}"


class CheckResult:
    """The result of a check."""

    def __init__(self, registry: Registry, result: engine.CheckResult) -> None:
        self._report = FindingsReport(result, registry)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, the most severe first."""
        return tuple(map(self._build_finding, self._report.report.findings))

    @cached_property
    def suppressed(self) -> tuple[Finding, ...]:
        """The findings that are accepted on purpose."""
        return tuple(map(self._build_finding, self._report.report.suppressed))

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return self._report.report.count(severity)

    def fails(self, severity: Severity) -> bool:
        """Return whether there is a finding of a severity or a more severe one."""
        return self._report.report.fails(severity)

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/problems/1` as plain data."""
        return {**self._report.to_record()}

    def _build_finding(self, finding: engine.Finding) -> Finding:
        return Finding(
            rule=finding.rule.name,
            code=finding.rule.code,
            severity=finding.severity,
            message=self._report.format_message(finding),
            position=finding.position,
            service=finding.service,
            hint=finding.hint,
            fingerprint=finding.fingerprint,
        )
