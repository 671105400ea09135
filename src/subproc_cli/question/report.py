"""The answers to a question: `subproc which`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from subproc_cli.describe.explanations import format_evidence, format_reasons
from subproc_cli.describe.header import (
    build_position_record,
    build_registry_line,
    build_registry_record,
)
from subproc_cli.evaluation.transfer_outcomes import RemarkKind
from subproc_cli.evaluation.transfer_texts import format_horizon
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.question.answers import Answer, Answers
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import Query
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.text import join_words, stem

if TYPE_CHECKING:
    from subproc_cli.question.record import AnswerRecord, AnswersRecord

_GROUPS = (
    (Verdict.YES, "Yes", Style.YES),
    (Verdict.UNKNOWN, "Cannot be ruled out", Style.UNKNOWN),
    (Verdict.NO, "No", Style.NO),
)
_FACT_TITLES = {
    "processing": ("Processing",),
    "places": ("Processing", "Entity"),
    "entity": ("Entity", "Owned by"),
    "owner": ("Owned by",),
    "parent": ("Owned by",),
    "address": ("Entity",),
    "country": ("Entity",),
    "data": ("Sees", "Never sees", "Claim"),
    "transfer": ("Transfers",),
    "purpose": ("Purpose", "Used"),
    "condition": ("Used",),
    "retention": ("Retention",),
    "certifications": ("Certified",),
    "since": ("State",),
    "contact": ("Contact",),
    "subjects": ("Whose data",),
    "onward": ("Passes on to",),
    "dpa": ("Links",),
    "privacy": ("Links",),
    "website": ("Links",),
    "security": ("Links",),
    "subprocessors": ("Links",),
    "group": ("Group",),
    "notes": ("Notes",),
    "source": ("Source",),
}
"""The lines of `subproc show` that answer a question about a part of one service."""


class AnswersReport(NamedTuple):
    """The answers in three groups.

    Attributes:
        why: whether every statement is shown with its position, or only what carries the answer.
        explain: whether the formal reading is shown.
        verdicts: the answers that are shown; empty for all.
        columns: the columns of an overview that are shown next to each answer.
    """

    answers: Answers
    why: bool = False
    explain: bool = False
    verdicts: tuple[Verdict, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """How the question was understood, in plain English."""
        query = self.answers.query
        printer = Printer(self.answers.registry, is_explicit=True)
        if query.kind in ("list", "count") and query.predicate is not None:
            text = printer.format_predicate(query.predicate)
            return f"{query.who.noun} that {text}" if query.who.role else text
        return printer.format_query(query)

    def to_document(self) -> Page:
        """Return how the question was understood, and the answers."""
        answers = self.answers
        formal = dim(f" (read as {answers.question})" if self.explain else "")
        blocks: list[Block] = [
            build_registry_line(answers.registry, answers.as_of),
            Paragraph(make_line("Asked: ", emphasize(answers.text))),
            Paragraph(make_line(f"Understood as: {self.understood}", formal)),
            *(Paragraph(make_line(text)) for text in self._find_horizons().values()),
        ]
        if answers.query.kind == "facts":
            return (*blocks, *self._build_facts(answers.query))
        if answers.query.who.role or answers.query.who.filter is not None:
            blocks.append(Paragraph(make_line(self._format_asked())))
        if answers.query.kind == "count":
            blocks.append(Paragraph(make_line(emphasize(self._format_count()))))
        if answers.claim is not None:
            blocks.append(Paragraph(make_line(emphasize(self._format_claim(answers.claim)))))
        for verdict, title, tone in _GROUPS:
            group = answers.with_verdict(verdict)
            if self._is_shown(verdict):
                blocks.append(Heading(make_line(Span(f"{title} ({len(group)})", tone))))
                blocks.extend(self._build_group(group, tone))
        hidden = self._format_hidden()
        return (*blocks, Paragraph(make_line(dim(hidden)))) if hidden else tuple(blocks)

    def _is_shown(self, verdict: Verdict) -> bool:
        return verdict in (self.verdicts or tuple(Verdict))

    def _build_group(self, group: tuple[Answer, ...], tone: Style) -> Iterator[Block]:
        """Yield the services with one answer: a list with the reasons or, with columns, a table."""
        if group and self.columns:
            heads = ("Service", *(name.capitalize() for name in self.columns), "Because")
            yield Table(heads, tuple(self._build_row(answer, tone) for answer in group))
        elif group:
            yield Facts(tuple(self._build_fact(answer, tone) for answer in group))

    def _build_row(self, answer: Answer, tone: Style) -> tuple[Line, ...]:
        from subproc_cli.overview.show import NOT_STATED  # few questions show columns

        cells = (make_line(cell or NOT_STATED) for cell in self._list_cells(answer))
        reasons = format_reasons(self.answers.registry, answer.result.summary)
        return (
            make_line(Span(self.answers.registry.get_label(answer.key), tone)),
            *cells,
            make_line("; ".join(reasons)),
        )

    def _list_cells(self, answer: Answer) -> list[str]:
        """Return the cells of the columns that are shown next to an answer."""
        if not self.columns:
            return []
        from subproc_cli.overview.list import ServicesReport, format_cell  # few questions show columns

        overview = ServicesReport(
            self.answers.registry, {answer.key: answer.service}, self.answers.as_of, self.columns
        )
        return [format_cell(overview, answer.key, name) for name in self.columns]

    def _format_hidden(self) -> str:
        """Return how many answers are not shown, those that cannot be ruled out by name."""
        parts = []
        for verdict, title, _ in _GROUPS:
            group = self.answers.with_verdict(verdict)
            if group and not self._is_shown(verdict):
                names = f": {self._join_names(group)}" if verdict is Verdict.UNKNOWN else ""
                parts.append(f"{title} ({len(group)}){names}")
        return f"Not shown: {'; '.join(parts)}." if parts else ""

    def _list_shown(self) -> list[Answer]:
        return [answer for answer in self.answers.answers if self._is_shown(answer.verdict)]

    def _find_horizons(self) -> dict[Law, str]:
        """Return the laws on which the answers rest, if their data ends before the day, with a sentence."""
        named = {
            evidence.subject[0]
            for answer in self.answers.answers
            for evidence in answer.result.evidence
            if evidence.reason == "place-remark" and evidence.subject[1] == RemarkKind.AFTER_KNOWN_UNTIL
        }
        laws = [load_law(key) for key in self.answers.registry.model.law if key in named]
        remarks = {law: format_horizon(law) for law in laws if self.answers.as_of > law.known_until}
        return {law: f"{text[0].upper()}{text[1:]}." for law, text in remarks.items()}

    def _format_asked(self) -> str:
        answers = self.answers
        left_out = (
            f" ({format_count(answers.left_out, 'other service', 'other services')} left out)"
            if answers.left_out
            else ""
        )
        number = len(answers.answers)
        asked = f"the {self._count_services(number)}" if number else f"no {answers.query.who.noun}"
        return f"Asked of {asked}{left_out}"

    def _count_services(self, number: int) -> str:
        noun = self.answers.query.who.noun
        return format_count(number, stem(noun), noun)

    def _format_count(self) -> str:
        groups = {verdict: len(self.answers.with_verdict(verdict)) for verdict, _, _ in _GROUPS}
        if self.answers.query.predicate is None:
            return self._count_services(groups[Verdict.YES])
        return (
            f"{groups[Verdict.YES]} of {len(self.answers.answers)}; "
            f"{groups[Verdict.UNKNOWN]} cannot be ruled out"
        )

    def _format_claim(self, verdict: Verdict) -> str:
        breaking, open_ = map(self.answers.with_verdict, (Verdict.NO, Verdict.UNKNOWN))
        total = len(self.answers.answers)
        word = {Verdict.YES: "Yes", Verdict.NO: "No", Verdict.UNKNOWN: "Cannot be ruled out"}[verdict]
        parts = []
        if breaking:
            verb = "do not" if self.answers.query.kind == "all" else "do"
            parts.append(f"{len(breaking)} of {total} {verb} ({self._join_names(breaking)})")
        if open_:
            parts.append(f"{len(open_)} cannot be ruled out ({self._join_names(open_)})")
        everyone = f"all {total} that were asked" if total else "there was none to ask"
        return f"{word}: {'; '.join(parts) or everyone}"

    def _join_names(self, answers: tuple[Answer, ...]) -> str:
        return join_words(self.answers.registry.get_label(answer.key) for answer in answers)

    def _build_facts(self, query: Query) -> tuple[Block, ...]:
        from subproc_cli.overview.show import ServiceReport  # most questions show no card

        registry, key = self.answers.registry, query.service
        service = registry.model.services[key]
        report = ServiceReport(registry, key, service, self.answers.as_of)
        if query.fact == "all":
            return report.to_document()
        wanted = _FACT_TITLES.get(query.fact, ())
        rows = [(title, text) for title, text in report.to_rows() if title in wanted]
        facts = tuple(
            Fact(Span(title, Style.STRONG), tuple(make_line(text) for name, text in rows if name == title))
            for title in dict.fromkeys(title for title, _ in rows)
        )
        heading = Heading(make_line(emphasize(service.name)))
        if not facts:
            return heading, Paragraph(make_line(Span("not stated", Style.UNKNOWN)))
        return heading, Facts(facts)

    def _build_fact(self, answer: Answer, tone: Style) -> Fact:
        name = Span(self.answers.registry.get_label(answer.key), tone)
        return Fact(name, tuple(self._list_all(answer) if self.why else self._summarize(answer)))

    def _summarize(self, answer: Answer) -> Iterator[Line]:
        yield from map(make_line, format_reasons(self.answers.registry, answer.result.summary))

    def _list_all(self, answer: Answer) -> Iterator[Line]:
        registry = self.answers.registry
        for evidence in answer.result.evidence:
            yield make_line(
                f"{format_evidence(registry, evidence)} ", dim(f"({registry.locate(evidence.path)})")
            )

    def to_record(self) -> "AnswersRecord":
        """Return `subproc/answers/1`."""
        answers = self.answers
        record: AnswersRecord = {
            "schema": "subproc/answers/1",
            "question": answers.text,
            "reading": str(answers.question),
            "kind": answers.kind,
            "understood": self.understood,
            "at": answers.as_of.isoformat(),
            "registry": build_registry_record(answers.registry),
            "asked": [answer.key for answer in answers.answers],
            "answers": [self._build_record(answer) for answer in self._list_shown()],
        }
        if self.verdicts:
            record["not_shown"] = {
                str(verdict): [answer.key for answer in answers.with_verdict(verdict)]
                for verdict, _, _ in _GROUPS
                if not self._is_shown(verdict)
            }
        if answers.claim is not None:
            record["verdict"] = str(answers.claim)
        horizons = self._find_horizons()
        if horizons:
            record["horizon"] = [
                {"law": law.key, "known_until": law.known_until.isoformat()} for law in horizons
            ]
        return record

    def _build_record(self, answer: Answer) -> "AnswerRecord":
        registry = self.answers.registry
        record: AnswerRecord = {
            "service": answer.key,
            "name": answer.service.name,
            "role": str(answer.service.role),
            "activation": str(answer.service.activation),
            "verdict": str(answer.verdict),
            "because": [
                {
                    "text": format_evidence(registry, evidence),
                    "where": build_position_record(registry.locate(evidence.path)),
                }
                for evidence in answer.result.evidence
            ],
        }
        if self.columns:
            record["columns"] = dict(zip(self.columns, self._list_cells(answer), strict=True))
        return record

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service, with all reasons in one cell."""
        answers = self.answers
        facts = ("at", "version", "question", "reading")
        yield "service", "name", "verdict", "because", "where", *self.columns, *facts
        version, reading = answers.registry.model.version, str(answers.question)
        for answer in self._list_shown():
            found = answer.result.evidence
            yield (
                answer.key,
                answer.service.name,
                str(answer.verdict),
                "; ".join(format_evidence(answers.registry, each) for each in found),
                "; ".join(dict.fromkeys(str(answers.registry.locate(each.path)) for each in found)),
                *self._list_cells(answer),
                answers.as_of.isoformat(),
                version,
                answers.text,
                reading,
            )
