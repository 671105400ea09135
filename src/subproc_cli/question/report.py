"""The answers to a question: `subproc which`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.describe.explanations import format_evidence
from subproc_cli.describe.header import build_position_record, build_registry_line, build_registry_record
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
from subproc_cli.question.evaluator import Answer, Answers

_GROUPS = (
    (Verdict.YES, "Yes", Style.YES),
    (Verdict.UNKNOWN, "Cannot be ruled out", Style.UNKNOWN),
    (Verdict.NO, "No", Style.NO),
)


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

    def to_record(self) -> dict[str, Any]:
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

    def _record(self, answer: Answer) -> dict[str, Any]:
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
