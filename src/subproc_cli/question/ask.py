"""Asks a question of every service of a list."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple, TypeAlias, assert_never

from subproc_cli.facts import places, sees, stated
from subproc_cli.facts.places import Atlas, Belongs, Side
from subproc_cli.question import grammar
from subproc_cli.question.clauses import (
    ADEQUATE,
    And,
    HasActivation,
    HasRole,
    Lacks,
    Lies,
    Named,
    Not,
    Or,
    Question,
    Relies,
    Sees,
    Serves,
    Since,
)
from subproc_cli.registry.index import Index
from subproc_cli.registry.models import Service
from subproc_cli.verdict import Judgement, Verdict, every, some

Judge: TypeAlias = Callable[[str, Service], Judgement]
"""Decides one question for a service, given with its id."""


class Answer(NamedTuple):
    """What the list says about one service."""

    key: str
    service: Service
    verdict: Verdict
    judgement: Judgement


class Answers(NamedTuple):
    """A question, how it was read, and what the list answers for each service, in its order."""

    index: Index
    text: str
    question: Question
    day: date
    answers: tuple[Answer, ...]

    def of(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the answers with a verdict."""
        return tuple(answer for answer in self.answers if answer.verdict is verdict)


def ask(index: Index, text: str, day: date, services: Mapping[str, Service] | None = None) -> Answers:
    """Answer a question on the facts and the law of a day.

    Args:
        index: the list.
        text: the question, in the language of questions.
        day: decides which services are in use, which countries belong to a region, whom the law holds adequate.
        services: the services to ask about, by id; without them, those in use on the day.

    Raises:
        QuestionFault: a word of the question is not understood.
    """
    question = grammar.parse(text, index.tree, index.gazetteer)
    judge = _Court(index, day).judge(question)
    asked = index.in_use(day) if services is None else services
    answers = (
        Answer(key, service, judgement.verdict, judgement)
        for key, service in asked.items()
        for judgement in (judge(key, service),)
    )
    return Answers(index, text, question, day, tuple(answers))


class _Court:
    """Turns a question into a function that decides it, on the law of one day."""

    def __init__(self, index: Index, day: date) -> None:
        self._index = index
        self._day = day
        self._atlas = Atlas(index.gazetteer, day)

    def judge(self, question: Question) -> Judge:  # noqa: PLR0911  one line a clause
        match question:
            case Not(part):
                inner = self.judge(part)
                return lambda key, service: ~inner(key, service)
            case And(parts):
                return self._joined(every, parts)
            case Or(parts):
                return self._joined(some, parts)
            case Sees(category):
                return partial(self._sees, category)
            case Lies(based, outside, names):
                return self._lies(Side(self._area(names), outside), based=based)
            case Relies(basis, only):
                return partial(self._relies, basis, only)
            case Lacks(field):
                return lambda key, service: stated.lacks(key, service, field)
            case HasRole(role):
                return lambda key, service: stated.role(key, service, role)
            case HasActivation(activation):
                return lambda key, service: stated.activation(key, service, activation)
            case Serves(product):
                return lambda key, service: stated.product(key, service, product)
            case Named(words):
                return lambda key, service: stated.named(key, service, words)
            case Since(day):
                return lambda key, service: stated.since(key, service, day)
            case _:
                assert_never(question)

    def _joined(self, join: Callable[..., Judgement], parts: tuple[Question, ...]) -> Judge:
        judges = [self.judge(part) for part in parts]
        return lambda key, service: join(judge(key, service) for judge in judges)

    def _sees(self, category: str, key: str, service: Service) -> Judgement:
        said = sees.statements(key, service)
        if category == sees.PERSONAL:
            return sees.personal(said, self._index.tree, key)
        return sees.category(said, self._index.tree, category, key)

    def _area(self, names: tuple[str, ...]) -> Belongs:
        plain = self._atlas.area(name for name in names if name != ADEQUATE)
        if ADEQUATE not in names:
            return plain
        adequate = self._atlas.adequate(self._index.registry.law)
        return lambda country, service: max(plain(country, service), adequate(country, service))

    def _lies(self, side: Side, *, based: bool) -> Judge:
        if based:
            return lambda key, service: places.based(key, service, side)
        return lambda key, service: places.processes(key, service, self._atlas, side)

    def _relies(self, basis: "Relies.basis", only: bool, key: str, service: Service) -> Judgement:
        leaves = places.processes(key, service, self._atlas, Side(self._atlas.area(["EEA"]), outside=True))
        return stated.relies(key, service, basis, self._day, leaves=leaves.verdict, only=only)
