"""Asks a question of every service of a list."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple, TypeAlias, assert_never

from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Basis, Role
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation import attributes, data_access, places
from subproc_cli.evaluation.places import AreaCondition, AreaTest, PlaceResolver, UnitedArea
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict, all_of, any_of
from subproc_cli.question import grammar, vocabulary
from subproc_cli.question.query import AREAS, SEAT, TRANSFER, And, Clause, Not, Or, Question
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold, stem

ServiceEvaluator: TypeAlias = Callable[[str, Service], Result]
"""Decides one question for a service, given with its id."""


class Answer(NamedTuple):
    """What the list says about one service."""

    key: str
    service: Service
    verdict: Verdict
    result: Result


class Answers(NamedTuple):
    """A question, how it was read, and what the list answers for each service, in its order."""

    registry: Registry
    text: str
    question: Question
    as_of: date
    answers: tuple[Answer, ...]

    def with_verdict(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the answers with a verdict."""
        return tuple(answer for answer in self.answers if answer.verdict is verdict)


def ask(
    index: Registry,
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
        QuestionSyntaxError: a word of the question is not understood, or names a service that the list never
            had.
    """
    question = _read(index, text, of_all=of_all)
    judge = _Court(index, day).judge(question)
    asked = index.find_services_in_use(day) if services is None else services
    answers = (
        Answer(key, service, judgement.verdict, judgement)
        for key, service in asked.items()
        for judgement in (judge(key, service),)
    )
    return Answers(index, text, question, day, tuple(answers))


def _read(index: Registry, text: str, *, of_all: bool) -> Question:
    try:
        return grammar.parse(
            text,
            index.category_tree,
            index.gazetteer,
            index.model.services,
            of_all=of_all,
            law=index.model.law,
        )
    except QuestionSyntaxError as fault:
        named = fold(fault.text[fault.start : fault.end])
        for key, service in index.model.services.items():
            if named in (fold(key), fold(service.name)):
                fault.hint = f"all of one service: subproc show {key}"
        raise


class _Court:
    """Turns a question into a function that decides it, on the law of one day."""

    def __init__(self, index: Registry, day: date) -> None:
        self._index = index
        self._day = day
        self._atlas = PlaceResolver(index.gazetteer, day)

    def judge(self, question: Question) -> ServiceEvaluator:
        """Return what decides a question."""
        match question:
            case Not(part):
                inner = self.judge(part)
                return lambda key, service: ~inner(key, service)
            case And(parts):
                return self._joined(all_of, parts)
            case Or(parts):
                return self._joined(any_of, parts)
            case Clause(name, arguments):
                return self._clauses[name](arguments)
            case _:
                assert_never(question)

    def _joined(self, join: Callable[..., Result], parts: tuple[Question, ...]) -> ServiceEvaluator:
        judges = [self.judge(part) for part in parts]
        return lambda key, service: join([judge(key, service) for judge in judges])

    @property
    def _clauses(self) -> dict[str, Callable[[tuple[str, ...]], ServiceEvaluator]]:
        lies = {name: partial(self._lies, *sides) for sides, name in AREAS.items()}
        return lies | {
            "sees": lambda given: self._sees(given[0]),
            "sees-all": lambda given: self._sees_all(given[0]),
            "has": lambda given: partial(self._has, given[0]),
            "lacks": lambda given: partial(attributes.evaluate_missing, given[0]),
            "role": lambda given: partial(attributes.evaluate_role, Role(given[0])),
            "activation": lambda given: partial(attributes.evaluate_activation, Activation(given[0])),
            "product": lambda given: partial(attributes.evaluate_product, given[0]),
            "named": lambda given: partial(attributes.evaluate_name, given[0]),
            "since": lambda given: partial(attributes.evaluate_since, date.fromisoformat(given[0])),
            "relies": lambda given: partial(self._relies, Basis(given[0]), only=False),
            "relies-only": lambda given: partial(self._relies, Basis(given[0]), only=True),
            "certified": lambda given: partial(
                attributes.evaluate_certification, *_certificate(given[0]), self._day
            ),
        }

    def _sees(self, category: str) -> ServiceEvaluator:
        tree = self._index.category_tree
        if category == PERSONAL:
            return lambda key, service: data_access.locate_evidence(
                data_access.personal_of(service, tree), key, service
            )
        about = data_access.find_related_categories(tree, category)  # no other statement matters
        surely = tree.always_personal.issuperset(tree.find_leaves(category))

        def judge(key: str, service: Service) -> Result:
            said = data_access.collect_claims(service, about)
            found = (data_access.by_role(said, service) if surely else None) or data_access.evaluate_category(
                said, tree, category
            )
            return data_access.locate_evidence(found, key, service)

        return judge

    def _sees_all(self, category: str) -> ServiceEvaluator:
        """Return what decides whether every leaf of a category is seen."""
        leaves = self._index.category_tree.find_leaves(category)
        return self._joined(all_of, tuple(Clause("sees", (leaf,)) for leaf in leaves))

    def _lies(self, what: str, outside: bool, names: tuple[str, ...]) -> ServiceEvaluator:  # noqa: FBT001  the key of a table
        side = AreaCondition(self._area(names), outside)
        if what == SEAT:
            return lambda key, service: places.evaluate_entity_country(key, service, side)
        if what == TRANSFER:
            return partial(self._transfers, side)
        return lambda key, service: places.evaluate_processing(key, service, self._atlas, side)

    def _transfers(self, side: AreaCondition, key: str, service: Service) -> Result:
        """Decide whether data comes to lie on a side: processed there, or passed on to a service that is so.

        A recipient that the list only names leaves it open. Where none is stated, the places decide.
        """
        judged = [places.evaluate_processing(key, service, self._atlas, side)]
        for recipient in self._recipients(service, key):
            verdict = Verdict.UNKNOWN
            if recipient in self._index.model.services:
                other = self._index.model.services[recipient]
                verdict = places.evaluate_processing(recipient, other, self._atlas, side).verdict
            onward = Evidence("stated", ("onward",), ("services", key, "onward"))
            judged.append(Result.from_evidence(verdict, onward))
        return any_of(judged)

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
            if recipient in self._index.model.services:
                open_.extend(self._index.model.services[recipient].onward)

    @cached_property
    def _ids(self) -> dict[str, str]:
        """The ids of services by how others name them."""
        services = self._index.model.services.items()
        return {fold(word): key for key, service in services for word in (service.name, key)}

    def _area(self, names: tuple[str, ...]) -> AreaTest:
        plain = self._atlas.build_area(name for name in names if name != ADEQUATE)
        if ADEQUATE not in names:
            return plain
        adequate = self._atlas.build_adequate_area(self._index.model.law)
        return UnitedArea((plain, adequate))

    def _has(self, field: str, key: str, service: Service) -> Result:
        """Decide whether a service has something; it needs no transfer basis where nothing leaves."""
        found = attributes.evaluate_stated(field, self._day, key, service)
        if field != "transfer" or found.verdict is not Verdict.UNKNOWN:
            return found
        if self._leaves(key, service) is not Verdict.NO:
            return found
        return Result.from_evidence(
            Verdict.NO, Evidence("nothing-leaves", (field,), ("services", key, field))
        )

    def _leaves(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes outside of where no basis is needed."""
        abroad = AreaCondition(self._atlas.build_home_area(self._index.model.law), is_outside=True)
        return places.evaluate_processing(key, service, self._atlas, abroad).verdict

    def _relies(self, basis: Basis, key: str, service: Service, *, only: bool) -> Result:
        leaves = self._leaves(key, service)
        wanted = attributes.BasisCondition(basis, only, self._index.model.law)
        return attributes.evaluate_transfer_basis(key, service, wanted, self._day, leaves_area=leaves)


def _certificate(name: str) -> tuple[tuple[str, ...], Basis | None]:
    """Return the names of a certification, and the transfer basis that it is."""
    basis = vocabulary.BASES.get(stem(name))
    return (name, *(words for words, each in vocabulary.BASES.items() if each is basis)), basis
