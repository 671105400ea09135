"""The answers to a question."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from subproc_cli.evaluation.verdict import Result, Verdict
from subproc_cli.question.query import Query, Question
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

AnswerKind: TypeAlias = Literal["list", "count", "claim", "verdict", "facts"]
_KINDS: Mapping[str, AnswerKind] = {
    "list": "list",
    "count": "count",
    "all": "claim",
    "none": "claim",
    "verdict": "verdict",
    "facts": "facts",
}


class Answer(NamedTuple):
    """What the list says about one service."""

    key: str
    service: Service
    verdict: Verdict
    result: Result


class Answers(NamedTuple):
    """A question, how it was read, and what the list answers for each service that is asked, in its order.

    Attributes:
        registry: the list.
        text: the question as it was typed.
        query: what it means.
        as_of: the day of the facts and of the law.
        answers: the answers.
        left_out: how many services were not asked, since the question names a role or one service.
    """

    registry: Registry
    text: str
    query: Query
    as_of: date
    answers: tuple[Answer, ...]
    left_out: int = 0

    @property
    def question(self) -> Question:
        """What is asked of each service."""
        return self.query.asked

    def with_verdict(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the answers with a verdict."""
        return tuple(answer for answer in self.answers if answer.verdict is verdict)

    @property
    def kind(self) -> AnswerKind:
        """What kind of question it is."""
        return _KINDS[self.query.kind]

    @property
    def claim(self) -> Verdict | None:
        """The verdict on a claim about all that are asked; None if the question is not a claim."""
        if self.kind != "claim":
            return None
        return min((answer.verdict for answer in self.answers), default=Verdict.YES)
