"""Asks a question of every service of a list."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple, TypeAlias, assert_never

from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Basis, Role
from subproc_cli.errors import QuestionFault
from subproc_cli.evaluation import attributes, data_access, places
from subproc_cli.evaluation.places import Atlas, Belongs, Side
from subproc_cli.evaluation.verdict import Because, Judgement, Verdict, every, some
from subproc_cli.question import grammar, vocabulary
from subproc_cli.question.query import AREAS, SEAT, TRANSFER, And, Clause, Not, Or, Question
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index
from subproc_cli.text import fold, stem

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

    about: Index
    text: str
    question: Question
    day: date
    answers: tuple[Answer, ...]

    def of(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the answers with a verdict."""
        return tuple(answer for answer in self.answers if answer.verdict is verdict)


def ask(
    index: Index,
    text: str,
    day: date,
    services: Mapping[str, Service] | None = None,
    *,
    of_all: bool = False,
) -> Answers:
    """Answer a question on the facts and the law of a day.

    Args:
        index: the list.
        text: the question, in the language of questions.
        day: decides which services are in use, who belongs to a region, whom the law holds adequate.
        services: the services to ask about, by id; without them, those in use on the day.
        of_all: whether all of them must answer with yes; those of one role alone are not asked then.

    Raises:
        QuestionFault: a word of the question is not understood, or names a service that the list never had.
    """
    question = _read(index, text, of_all=of_all)
    judge = _Court(index, day).judge(question)
    asked = index.in_use(day) if services is None else services
    answers = (
        Answer(key, service, judgement.verdict, judgement)
        for key, service in asked.items()
        for judgement in (judge(key, service),)
    )
    return Answers(index, text, question, day, tuple(answers))


def _read(index: Index, text: str, *, of_all: bool) -> Question:
    try:
        return grammar.parse(text, index.tree, index.gazetteer, index.registry.services, of_all=of_all)
    except QuestionFault as fault:
        named = fold(fault.text[fault.start : fault.end])
        for key, service in index.registry.services.items():
            if named in (fold(key), fold(service.name)):
                fault.hint = f"all of one service: subproc show {key}"
        raise


class _Court:
    """Turns a question into a function that decides it, on the law of one day."""

    def __init__(self, index: Index, day: date) -> None:
        self._index = index
        self._day = day
        self._atlas = Atlas(index.gazetteer, day)

    def judge(self, question: Question) -> Judge:
        """Return what decides a question."""
        match question:
            case Not(part):
                inner = self.judge(part)
                return lambda key, service: ~inner(key, service)
            case And(parts):
                return self._joined(every, parts)
            case Or(parts):
                return self._joined(some, parts)
            case Clause(name, arguments):
                return self._clauses[name](arguments)
            case _:
                assert_never(question)

    def _joined(self, join: Callable[..., Judgement], parts: tuple[Question, ...]) -> Judge:
        judges = [self.judge(part) for part in parts]
        return lambda key, service: join([judge(key, service) for judge in judges])

    @property
    def _clauses(self) -> dict[str, Callable[[tuple[str, ...]], Judge]]:
        lies = {name: partial(self._lies, *sides) for sides, name in AREAS.items()}
        return lies | {
            "sees": lambda given: self._sees(given[0]),
            "sees-all": lambda given: self._sees_all(given[0]),
            "has": lambda given: partial(self._has, given[0]),
            "lacks": lambda given: partial(attributes.lacks, given[0]),
            "role": lambda given: partial(attributes.role, Role(given[0])),
            "activation": lambda given: partial(attributes.activation, Activation(given[0])),
            "product": lambda given: partial(attributes.product, given[0]),
            "named": lambda given: partial(attributes.named, given[0]),
            "since": lambda given: partial(attributes.since, date.fromisoformat(given[0])),
            "relies": lambda given: partial(self._relies, Basis(given[0]), only=False),
            "relies-only": lambda given: partial(self._relies, Basis(given[0]), only=True),
            "certified": lambda given: partial(attributes.certified, *_certificate(given[0]), self._day),
        }

    def _sees(self, category: str) -> Judge:
        tree = self._index.tree
        if category == PERSONAL:
            return lambda key, service: data_access.explained(
                data_access.personal_of(service, tree), key, service
            )
        about = data_access.related(tree, category)  # no other statement matters
        surely = tree.surely_personal.issuperset(tree.leaves_under(category))

        def judge(key: str, service: Service) -> Judgement:
            said = data_access.statements(service, about)
            found = (data_access.by_role(said, service) if surely else None) or data_access.category(
                said, tree, category
            )
            return data_access.explained(found, key, service)

        return judge

    def _sees_all(self, category: str) -> Judge:
        """Return what decides whether every leaf of a category is seen."""
        leaves = self._index.tree.leaves_under(category)
        return self._joined(every, tuple(Clause("sees", (leaf,)) for leaf in leaves))

    def _lies(self, what: str, outside: bool, names: tuple[str, ...]) -> Judge:  # noqa: FBT001  the key of a table
        side = Side(self._area(names), outside)
        if what == SEAT:
            return lambda key, service: places.based(key, service, side)
        if what == TRANSFER:
            return partial(self._transfers, side)
        return lambda key, service: places.processes(key, service, self._atlas, side)

    def _transfers(self, side: Side, key: str, service: Service) -> Judgement:
        """Decide whether data comes to lie on a side: processed there, or passed on to a service that is so.

        A recipient that the list only names leaves it open. Where none is stated, the places decide.
        """
        judged = [places.processes(key, service, self._atlas, side)]
        for recipient in self._recipients(service, key):
            verdict = Verdict.UNKNOWN
            if recipient in self._index.registry.services:
                other = self._index.registry.services[recipient]
                verdict = places.processes(recipient, other, self._atlas, side).verdict
            onward = Because("stated", ("onward",), ("services", key, "onward"))
            judged.append(Judgement.on(verdict, onward))
        return some(judged)

    def _recipients(self, service: Service, key: str) -> Iterator[str]:
        """Yield the ids of the recipients of a service and of theirs, and the names of those without one."""
        found, open_ = {key}, [*service.onward]
        while open_:
            name = open_.pop()
            recipient = self._ids.get(fold(name), name)
            if recipient in found:
                continue
            found.add(recipient)
            yield recipient
            if recipient in self._index.registry.services:
                open_.extend(self._index.registry.services[recipient].onward)

    @cached_property
    def _ids(self) -> dict[str, str]:
        """The ids of services by how others name them."""
        services = self._index.registry.services.items()
        return {fold(word): key for key, service in services for word in (service.name, key)}

    def _area(self, names: tuple[str, ...]) -> Belongs:
        plain = self._atlas.area(name for name in names if name != ADEQUATE)
        if ADEQUATE not in names:
            return plain
        adequate = self._atlas.adequate(self._index.registry.law)
        return lambda country, service: max(plain(country, service), adequate(country, service))

    def _has(self, field: str, key: str, service: Service) -> Judgement:
        """Decide whether a service has something; it needs no transfer basis where nothing leaves."""
        found = attributes.has(field, self._day, key, service)
        if field != "transfer" or found.verdict is not Verdict.UNKNOWN:
            return found
        if self._leaves(key, service) is not Verdict.NO:
            return found
        return Judgement.on(Verdict.NO, Because("nothing-leaves", (field,), ("services", key, field)))

    def _leaves(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes outside of where no basis is needed."""
        abroad = Side(self._atlas.home(self._index.registry.law), outside=True)
        return places.processes(key, service, self._atlas, abroad).verdict

    def _relies(self, basis: Basis, key: str, service: Service, *, only: bool) -> Judgement:
        leaves = self._leaves(key, service)
        return attributes.relies(key, service, basis, self._day, leaves=leaves, only=only)


def _certificate(name: str) -> tuple[tuple[str, ...], Basis | None]:
    """Return the names of a certification, and the transfer basis that it is."""
    basis = vocabulary.BASES.get(stem(name))
    return (name, *(words for words, each in vocabulary.BASES.items() if each is basis)), basis
