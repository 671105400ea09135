"""The answers to a question: `subproc which`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.describe.explanations import sentence
from subproc_cli.describe.header import list_line, list_record, where_record
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.document import (
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Tone,
    faint,
    line,
    strong,
)
from subproc_cli.question.evaluator import Answer, Answers

_GROUPS = (
    (Verdict.YES, "Yes", Tone.YES),
    (Verdict.UNKNOWN, "Cannot be ruled out", Tone.UNKNOWN),
    (Verdict.NO, "No", Tone.NO),
)


class AnswersView(NamedTuple):
    """The answers in three groups.

    Attributes:
        why: whether every statement is shown with its place, or only what carries the answer.
        explain: whether to show how the question was read.
    """

    answers: Answers
    why: bool = False
    explain: bool = False

    def page(self) -> Page:
        """Return the three groups."""
        answers = self.answers
        read = faint(f" (read as {answers.question})" if self.explain else "")
        asked = Paragraph(line("Asked: ", strong(answers.text), read))
        blocks: list[Any] = [list_line(answers.about, answers.day), asked]
        for verdict, title, tone in _GROUPS:
            group = answers.of(verdict)
            blocks.append(Heading(line(Span(f"{title} ({len(group)})", tone))))
            if group:
                blocks.append(Facts(tuple(self._fact(answer, tone) for answer in group)))
        return tuple(blocks)

    def _fact(self, answer: Answer, tone: Tone) -> Fact:
        name = Span(answer.service.name, tone)
        return Fact(name, tuple(self._all(answer) if self.why else self._gist(answer)))

    def _gist(self, answer: Answer) -> Iterator[Line]:
        for because in answer.judgement.gist:
            yield line(sentence(self.answers.about, because))

    def _all(self, answer: Answer) -> Iterator[Line]:
        index = self.answers.about
        for because in answer.judgement.because:
            yield line(f"{sentence(index, because)} ", faint(f"({index.where(because.route)})"))

    def record(self) -> dict[str, Any]:
        """Return `subproc/answers/1`."""
        answers = self.answers
        return {
            "schema": "subproc/answers/1",
            "question": answers.text,
            "reading": str(answers.question),
            "at": answers.day.isoformat(),
            "registry": list_record(answers.about),
            "answers": [self._record(answer) for answer in answers.answers],
        }

    def _record(self, answer: Answer) -> dict[str, Any]:
        index = self.answers.about
        return {
            "service": answer.key,
            "name": answer.service.name,
            "role": str(answer.service.role),
            "activation": str(answer.service.activation),
            "verdict": str(answer.verdict),
            "because": [
                {
                    "text": sentence(index, because),
                    "where": where_record(index.where(because.route)),
                }
                for because in answer.judgement.because
            ],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service, with all reasons in one cell."""
        index = self.answers.about
        yield "service", "name", "verdict", "because", "where"
        for answer in self.answers.answers:
            because = answer.judgement.because
            yield (
                answer.key,
                answer.service.name,
                str(answer.verdict),
                "; ".join(sentence(index, each) for each in because),
                "; ".join(dict.fromkeys(str(index.where(each.route)) for each in because)),
            )
