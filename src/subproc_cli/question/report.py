"""The answers to a question: `subproc which`."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.describe.explanations import format_evidence
from subproc_cli.describe.header import (
    PositionRecord,
    RevisionRecord,
    build_position_record,
    build_registry_line,
    build_registry_record,
)
from subproc_cli.enums import Activation, Role
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.document import (
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    dim,
    emphasize,
    make_line,
)
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.question.evaluator import Answer, Answers

_GROUPS = (
    (Verdict.YES, "Yes", Style.YES),
    (Verdict.UNKNOWN, "Cannot be ruled out", Style.UNKNOWN),
    (Verdict.NO, "No", Style.NO),
)


class EvidenceRecord(TypedDict):
    """One statement that an answer rests on."""

    text: Annotated[str, describe_field("What the list states, or does not state, as an English sentence.")]
    where: Annotated[PositionRecord, describe_field("The position of the statement in the file.")]


class AnswerRecord(TypedDict):
    """The answer for one service."""

    service: Annotated[str, describe_field("The id of the service.")]
    name: Annotated[str, describe_field("The name of the service.")]
    role: Annotated[str, one_of(Role), describe_field("The role of the service under the GDPR.")]
    activation: Annotated[str, one_of(Activation), describe_field("Who decides that the service is used.")]
    verdict: Annotated[
        str,
        one_of(reversed(Verdict)),
        describe_field("The answer; `unknown` means that the list does not state enough to decide."),
    ]
    because: Annotated[list[EvidenceRecord], describe_field("The statements that the answer rests on.")]


class AnswersRecord(TypedDict):
    """The record `subproc/answers/1`."""

    schema: Annotated[Literal["subproc/answers/1"], describe_field("The name and number of this record.")]
    question: Annotated[str, describe_field("The question as it was asked.")]
    reading: Annotated[str, describe_field("How the question was read, in its normal form.")]
    at: Annotated[Day, describe_field("The day whose facts and law the answers are about.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list that was asked.")]
    answers: Annotated[
        list[AnswerRecord], describe_field("One answer for each service, in the list's order.")
    ]


class AnswersReport(NamedTuple):
    """The answers in three groups.

    Attributes:
        why: whether every statement is shown with its place, or only what carries the answer.
        explain: whether to show how the question was read.
    """

    answers: Answers
    why: bool = False
    explain: bool = False

    def to_document(self) -> Page:
        """Return the three groups."""
        answers = self.answers
        read = dim(f" (read as {answers.question})" if self.explain else "")
        asked = Paragraph(make_line("Asked: ", emphasize(answers.text), read))
        blocks: list[Any] = [build_registry_line(answers.registry, answers.as_of), asked]
        for verdict, title, tone in _GROUPS:
            group = answers.with_verdict(verdict)
            blocks.append(Heading(make_line(Span(f"{title} ({len(group)})", tone))))
            if group:
                blocks.append(Facts(tuple(self._fact(answer, tone) for answer in group)))
        return tuple(blocks)

    def _fact(self, answer: Answer, tone: Style) -> Fact:
        name = Span(answer.service.name, tone)
        return Fact(name, tuple(self._all(answer) if self.why else self._gist(answer)))

    def _gist(self, answer: Answer) -> Iterator[Line]:
        for because in answer.result.summary:
            yield make_line(format_evidence(self.answers.registry, because))

    def _all(self, answer: Answer) -> Iterator[Line]:
        index = self.answers.registry
        for because in answer.result.evidence:
            yield make_line(f"{format_evidence(index, because)} ", dim(f"({index.locate(because.path)})"))

    def to_record(self) -> AnswersRecord:
        """Return `subproc/answers/1`."""
        answers = self.answers
        return {
            "schema": "subproc/answers/1",
            "question": answers.text,
            "reading": str(answers.question),
            "at": answers.as_of.isoformat(),
            "registry": build_registry_record(answers.registry),
            "answers": [self._record(answer) for answer in answers.answers],
        }

    def _record(self, answer: Answer) -> AnswerRecord:
        index = self.answers.registry
        return {
            "service": answer.key,
            "name": answer.service.name,
            "role": str(answer.service.role),
            "activation": str(answer.service.activation),
            "verdict": str(answer.verdict),
            "because": [
                {
                    "text": format_evidence(index, because),
                    "where": build_position_record(index.locate(because.path)),
                }
                for because in answer.result.evidence
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service, with all reasons in one cell."""
        index = self.answers.registry
        yield "service", "name", "verdict", "because", "where"
        for answer in self.answers.answers:
            because = answer.result.evidence
            yield (
                answer.key,
                answer.service.name,
                str(answer.verdict),
                "; ".join(format_evidence(index, each) for each in because),
                "; ".join(dict.fromkeys(str(index.locate(each.path)) for each in because)),
            )
