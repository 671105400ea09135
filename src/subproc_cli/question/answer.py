"""An answer as it goes into a mail: plain text, in full sentences about the list."""

from collections.abc import Iterable, Iterator

from subproc_cli.describe.explanations import format_reasons
from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.evaluation.transfer_bases import BasisJudge
from subproc_cli.evaluation.verdict import Evidence, Verdict
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.question.answers import Answer, Answers
from subproc_cli.question.criterion import CriterionFormatter
from subproc_cli.registry.field_table import FACTS, SERVICE_FIELDS
from subproc_cli.registry.localize import localize, translate_texts
from subproc_cli.registry.models import Service

_PLACE_REASONS = frozenset(
    (
        *("place", "place-partly", "place-open", "place-territory"),
        *("remote", "remote-partly", "remote-open", "remote-territory", "no-place"),
    )
)
_BASIS_REASONS = frozenset(("bases", "bases-insufficient", "laws-without-basis"))
_FIELDS = {
    "all": (),
    "data": ("sees", "never_sees", "personal_data"),
    "places": ("processing", "entity"),
    "owner": ("entity.parent",),
    "parent": ("entity.parent",),
    "address": ("entity",),
    "country": ("entity",),
    "entity": ("entity", "entity.parent"),
    "purpose": ("purpose", "activation"),
    "condition": ("activation",),
    "since": ("since", "until"),
}
"""The fields that answer a question about a part of a service, if they differ from the field itself."""


def format_answer(answers: Answers, language: str) -> str:
    """Return an answer in a language, for people who read neither the list nor the command line."""
    return f"{chr(10).join(map(sanitize_line, _AnswerText(answers, language).iter_lines()))}\n"


class _AnswerText:
    """The lines of one answer; a paragraph ends with an empty line."""

    def __init__(self, answers: Answers, language: str) -> None:
        self._answers = answers
        self._language = language
        self._words = StatementFormatter(language)
        self._criterion = CriterionFormatter(answers.registry, self._words)
        resolver = PlaceResolver(answers.registry.gazetteer, answers.as_of)
        self._bases = BasisJudge(answers.registry, answers.as_of, resolver)
        self._yes, self._unknown, self._no = map(
            answers.with_verdict, (Verdict.YES, Verdict.UNKNOWN, Verdict.NO)
        )

    def iter_lines(self) -> Iterator[str]:
        """Yield the sentence that answers, and what it rests on."""
        match self._answers.kind:
            case "facts":
                yield from self._iter_facts()
            case "verdict":
                yield from self._iter_verdict()
            case "claim":
                yield from self._iter_claim()
            case _:
                yield from self._iter_list()

    def _format(self, key: str, **values: object) -> str:
        return self._words.catalogue.text(f"answer.{key}", **values)

    def _format_head(self, key: str, **values: object) -> str:
        """Return the first sentence: of which list and day it speaks, and what was asked.

        `n`, which chooses the plural form, is the number of services that were asked.
        """
        model = self._answers.registry.model
        predicate = self._answers.query.predicate
        return self._format(
            key,
            publisher=model.publisher,
            version=model.version,
            date=self._words.format_day(model.date),
            day=self._words.format_day(self._answers.as_of),
            criterion=self._criterion.format(predicate) if predicate is not None else "",
            noun=self._format_noun(),
            n=len(self._answers.answers),
            total=len(self._answers.answers),
            found=len(self._yes),
            **values,
        )

    def _format_noun(self) -> str:
        """Return the noun for the services that were asked, in the plural form of their number."""
        who = self._answers.query.who
        noun = self._format(f"nouns.{who.role or 'services'}", n=len(self._answers.answers))
        if who.filter is None:
            return noun
        return self._format("restricted", noun=noun, criterion=self._criterion.format(who.filter))

    # ---- kinds of question

    def _iter_list(self) -> Iterator[str]:
        if self._answers.query.predicate is None:
            yield self._format_head("listing")
            yield from self._iter_items(self._yes, with_details=True)
            return
        key = "list" if self._yes else "none-certain" if self._unknown else "none"
        yield self._format_head(key)
        yield from self._iter_part("holds", self._yes, with_details=True)
        yield from self._iter_part("open", self._unknown)
        if self._no and (self._yes or self._unknown):
            yield ""
            yield self._format("rest", n=len(self._no))
        elif self._no:
            yield from self._iter_basis(self._no)

    def _iter_claim(self) -> Iterator[str]:
        kind, claim = self._answers.query.kind, self._answers.claim
        yield self._format_head(f"{kind}-{claim}")
        yield from self._iter_part("against" if kind == "all" else "holds", self._no)
        yield from self._iter_part("undecided" if kind == "all" else "open", self._unknown)
        if claim is Verdict.YES:
            yield from self._iter_basis(self._yes)

    def _iter_verdict(self) -> Iterator[str]:
        (answer,) = self._answers.answers
        yield self._format_head(f"verdict-{answer.verdict}", name=answer.service.name)
        yield from self._iter_part("basis", (answer,), with_details=answer.verdict is Verdict.YES)

    def _iter_facts(self) -> Iterator[str]:
        query, registry = self._answers.query, self._answers.registry
        service = localize(registry.model.services[query.service], self._language)
        lines = [*self._iter_fields(service, query.fact)]
        yield self._format_head("facts" if lines else "no-facts", name=service.name)
        if lines:
            yield ""
            yield from lines

    def _iter_fields(self, service: Service, fact: str) -> Iterator[str]:
        view = FieldFormatter(self._words, self._answers.registry, self._answers.as_of)
        paths = _FIELDS.get(fact, (FACTS[fact].path,) if fact in FACTS else ())
        labelled = [row for row in SERVICE_FIELDS if f"label.{row.path}" in self._words.catalogue]
        for row in labelled:
            if row.path in paths or not paths:
                values = view.format_value(service, row)
                if values:
                    separator = self._words.catalogue.text("grammar.separator")
                    yield self._format("item", name=view.format_label(row.path), text=separator.join(values))

    # ---- services

    def _iter_part(
        self, key: str, answers: tuple[Answer, ...], *, with_details: bool = False
    ) -> Iterator[str]:
        if answers:
            yield ""
            yield self._format(key)
            yield from self._iter_items(answers, with_details=with_details)

    def _iter_items(self, answers: tuple[Answer, ...], *, with_details: bool) -> Iterator[str]:
        for answer in answers:
            service = localize(answer.service, self._language)
            if self._answers.query.predicate is None:
                texts = [service.purpose or ""]
            else:
                texts = [*self._iter_reasons(answer.service, answer.result.summary)]
            if with_details:
                texts += self._iter_details(answer, service)
            separator = self._words.catalogue.text("grammar.separator")
            yield self._format_item(answer.service.name, separator.join(filter(None, texts)))

    def _iter_reasons(self, service: Service, reasons: Iterable[Evidence]) -> Iterator[str]:
        """Yield reasons as sentences, with the texts of the list in the language of the answer."""
        translated = (
            each._replace(
                subject=translate_texts(service, each.subject, self._language),
                condition=translate_texts(service, (each.condition,), self._language)[0],
            )
            for each in reasons
        )
        return format_reasons(self._answers.registry, translated, self._words)

    def _format_item(self, name: str, text: str) -> str:
        return self._format("item", name=name, text=text) if text else f"- {name}"

    def _iter_details(self, answer: Answer, service: Service) -> Iterator[str]:
        """Yield where a service processes, unless that was asked, and what its transfers rely on."""
        registry = self._answers.registry
        separator = self._words.catalogue.text("grammar.separator")
        is_about_places = any(each.reason in _PLACE_REASONS for each in answer.result.summary)
        if service.processing and not is_about_places:
            places = [self._words.format_processing(registry, each) for each in service.processing]
            yield self._format("places", n=len(places), places=separator.join(places))
        if not any(each.reason in _BASIS_REASONS for each in answer.result.summary):
            yield from self._iter_reasons(answer.service, self._bases.build_evidence(answer.key, service))

    def _iter_basis(self, answers: tuple[Answer, ...]) -> Iterator[str]:
        """Yield what an answer rests on, the services with the same reasons on one line."""
        names: dict[str, list[str]] = {}
        separator = self._words.catalogue.text("grammar.separator")
        for answer in answers:
            reasons = self._iter_reasons(answer.service, answer.result.summary)
            names.setdefault(separator.join(reasons), []).append(answer.service.name)
        if names:
            yield ""
            yield self._format("basis")
            for text, found in names.items():
                yield self._format_item(self._words.join_words(found), text)
