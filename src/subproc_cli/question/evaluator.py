"""Asks a question of the services of a list."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TypeAlias

from subproc_cli.enums import PERSONAL, Activation, Basis, Role
from subproc_cli.evaluation import data_access, facts, places, transfer_bases
from subproc_cli.evaluation.places import AreaCondition, AreaTest, LawArea, PlaceResolver, UnitedArea
from subproc_cli.evaluation.transfer_bases import BasisJudge
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict, all_of, any_of
from subproc_cli.question import parser
from subproc_cli.question.answers import Answer, Answers
from subproc_cli.question.query import (
    AREAS,
    OWNER,
    REMOTE,
    SEAT,
    TIME,
    TRANSFER,
    And,
    Clause,
    Not,
    Or,
    Query,
    Question,
    iter_clauses,
)
from subproc_cli.question.vocabulary import ADEQUATE, HOME
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.text import fold

ServiceEvaluator: TypeAlias = Callable[[str, Service], Result]
"""Decides one question for a service, given with its id."""


def ask(
    registry: Registry,
    text: str,
    as_of: date,
    services: Mapping[str, Service] | None = None,
    *,
    is_stored: bool = False,
) -> Answers:
    """Answer a question on the facts and the law of a day.

    Args:
        registry: the list.
        text: the question, in the language of questions.
        as_of: decides which services are in use, which countries belong to a region, and which decisions are
            in force.
        services: the services to ask about, by id; without them, those in use on the day, or all entries if
            the question asks for announced or retired ones.
        is_stored: whether the question is part of a list: a policy, or an option that is kept.

    Raises:
        QuestionSyntaxError: a word of the question is not understood, or it has several meanings.
    """
    query = parser.parse(registry, text, as_of, is_stored=is_stored)
    return answer_query(registry, text, query, as_of, services)


def answer_query(
    registry: Registry, text: str, query: Query, as_of: date, services: Mapping[str, Service] | None = None
) -> Answers:
    """Answer a question that was read before; see `ask`."""
    evaluator = _Evaluator(registry, as_of)
    asked = services
    if query.service:
        asked = {query.service: registry.model.services[query.service]}
    elif asked is None:
        looks_back = any(clause.name in TIME for clause in _iter_all_clauses(query))
        asked = dict(registry.model.services) if looks_back else registry.find_services_in_use(as_of)
    chosen = evaluator.select(query, asked)
    judge = evaluator.compile(query.asked)
    answers = (
        Answer(key, service, result.verdict, result)
        for key, service in chosen.items()
        for result in (judge(key, service),)
    )
    return Answers(registry, text, query, as_of, tuple(answers), len(asked) - len(chosen))


def _iter_all_clauses(query: Query) -> Iterator[Clause]:
    for part in (query.predicate, query.who.filter):
        if part is not None:
            yield from iter_clauses(part)


class _Evaluator:
    """Compiles a question into a function that decides it, by the law of one day."""

    def __init__(self, registry: Registry, as_of: date) -> None:
        self._registry = registry
        self._as_of = as_of
        self._resolver = PlaceResolver(registry.gazetteer, as_of)
        self._bases = BasisJudge(registry, as_of, self._resolver)

    def select(self, query: Query, services: Mapping[str, Service]) -> Mapping[str, Service]:
        """Return the services that a question is about: those of its role that meet its restriction."""
        chosen = dict(services)
        if query.who.role:
            wanted = self.compile(Clause("role", (query.who.role,)))
            chosen = {key: each for key, each in chosen.items() if wanted(key, each).verdict is Verdict.YES}
        if query.who.filter is not None:
            meets = self.compile(query.who.filter)
            chosen = {key: each for key, each in chosen.items() if meets(key, each).verdict is not Verdict.NO}
        return chosen

    def compile(self, question: Question) -> ServiceEvaluator:
        """Return what decides a question."""
        match question:
            case Not(part):
                inner = self.compile(part)
                return lambda key, service: ~inner(key, service)
            case And(parts):
                return self._join(all_of, parts)
            case Or(parts):
                return self._join(any_of, parts)
            case Clause(name, arguments):
                return self._compile_clause(name, arguments)

    def _join(self, join: Callable[..., Result], parts: tuple[Question, ...]) -> ServiceEvaluator:
        evaluators = [self.compile(part) for part in parts]
        return lambda key, service: join([evaluate(key, service) for evaluate in evaluators])

    def _compile_clause(self, name: str, arguments: tuple[str, ...]) -> ServiceEvaluator:  # noqa: C901, PLR0911, PLR0912  one case a clause
        first = arguments[0] if arguments else ""
        if name in _AREA_SIDES:
            what, is_outside = _AREA_SIDES[name]
            return self._compile_area(what, arguments, is_outside=is_outside)
        match name:
            case "sees":
                return self._sees(first)
            case "sees-all":
                return self._sees_all(*arguments)
            case "only-sees":
                return self._only_sees(arguments)
            case "has":
                return partial(self._has, first)
            case "lacks":
                return partial(facts.evaluate_missing, first)
            case "role":
                return self._any(partial(facts.evaluate_role, Role(each)) for each in arguments)
            case "activation":
                return self._any(partial(facts.evaluate_activation, Activation(each)) for each in arguments)
            case "product":
                return partial(facts.evaluate_product, first)
            case "product-only":
                return partial(facts.evaluate_only_products, arguments)
            case "named":
                return partial(facts.evaluate_identity, frozenset(arguments))
            case "relies":
                return partial(self._relies, (Basis(first),), only=False)
            case "relies-only":
                return partial(self._relies, tuple(map(Basis, arguments)), only=True)
            case "certified":
                return partial(self._certified, first)
            case "used-for":
                return partial(facts.evaluate_use, first)
            case "trains":
                return facts.evaluate_training
            case "passes-to":
                return partial(facts.evaluate_recipient, self._spell_recipient(first))
            case "subject":
                return partial(facts.evaluate_subject, first)
            case "group":
                return partial(facts.evaluate_group, first)
            case "owned-by":
                return partial(facts.evaluate_owner_name, first)
            case "kept-longer":
                return partial(facts.evaluate_retention, int(first), is_longer=True)
            case "kept-shorter":
                return partial(facts.evaluate_retention, int(first), is_longer=False)
            case "added":
                return partial(facts.evaluate_added, arguments, self._as_of)
            case "began-before":
                return partial(facts.evaluate_began_before, date.fromisoformat(first))
            case "ended":
                return partial(facts.evaluate_ended, arguments, self._as_of)
            case "announced" | "retired" | "in-use" | "will-end":
                return partial(facts.evaluate_state, name, self._as_of)
            case _:
                return facts.evaluate_listed

    @staticmethod
    def _any(evaluators: Iterator[ServiceEvaluator]) -> ServiceEvaluator:
        given = tuple(evaluators)
        if len(given) == 1:
            return given[0]
        return lambda key, service: any_of([evaluate(key, service) for evaluate in given])

    # ---- data

    def _sees(self, category: str) -> ServiceEvaluator:
        tree = self._registry.category_tree
        if category == PERSONAL:
            return lambda key, service: data_access.locate_evidence(
                data_access.personal_of(service, tree), key, service
            )
        related = data_access.find_related_categories(tree, category)  # no other statement matters
        is_always_personal = tree.always_personal.issuperset(tree.find_leaves(category))

        def evaluate(key: str, service: Service) -> Result:
            claims = data_access.collect_claims(service, related)
            found = data_access.by_role(claims, service) if is_always_personal and not claims else None
            if found is None:
                found = data_access.evaluate_category(claims, tree, category)
            return data_access.locate_evidence(found, key, service)

        return evaluate

    def _sees_all(self, category: str, *excepted: str) -> ServiceEvaluator:
        """Return what decides whether every leaf of a category is seen, and the excepted ones are not."""
        apart = {leaf for each in excepted for leaf in self._leaves(each)}
        leaves = [leaf for leaf in self._leaves(category) if leaf not in apart]
        seen = (Clause("sees", (leaf,)) for leaf in leaves)
        denied = (Not(Clause("sees", (each,))) for each in excepted)
        return self._join(all_of, (*seen, *denied))

    def _leaves(self, category: str) -> tuple[str, ...]:
        tree = self._registry.category_tree
        return tree.possibly_personal_leaves if category == PERSONAL else tree.find_leaves(category)

    def _only_sees(self, categories: tuple[str, ...]) -> ServiceEvaluator:
        """Return what decides whether categories are seen, and everything else never.

        What is personal data in some cases leaves *only personal data* open where it is seen.
        """
        tree = self._registry.category_tree
        inside = {leaf for category in categories for leaf in self._leaves(category)}
        named = {leaf for category in categories if category != PERSONAL for leaf in self._leaves(category)}
        open_leaves = inside - named - tree.always_personal
        seen = [self._sees(category) for category in categories]
        denied = [self._sees(leaf) for leaf in tree.leaves if leaf not in inside]
        unsure = [self._sees(leaf) for leaf in tree.leaves if leaf in open_leaves]

        def evaluate(key: str, service: Service) -> Result:
            outside = self._find_seen_outside(key, service, categories)
            if outside:
                return outside
            return all_of(
                [
                    *(each(key, service) for each in seen),
                    *(~each(key, service) for each in denied),
                    *(_leave_open(~each(key, service)) for each in unsure),
                ]
            )

        return evaluate

    @staticmethod
    def _find_seen_outside(key: str, service: Service, categories: tuple[str, ...]) -> Result | None:
        """Return a no for a statement that something else is seen; a wider one leaves it to its leaves."""
        from subproc_cli.reference.categories import covers

        if PERSONAL in categories:
            return None
        for index, statement in enumerate(service.sees):
            related = any(
                covers(category, statement.data) or covers(statement.data, category)
                for category in categories
            )
            if not related:
                evidence = Evidence("sees", (statement.data,), ("services", key, "sees", index), "")
                return Result.from_evidence(Verdict.NO, evidence)
        return None

    # ---- places

    def _compile_area(self, what: str, names: tuple[str, ...], *, is_outside: bool) -> ServiceEvaluator:
        condition = AreaCondition(self._build_area(names), is_outside)
        if what == SEAT:
            return lambda key, service: places.evaluate_entity_country(key, service, condition)
        if what == OWNER:
            return partial(facts.evaluate_owner_country, condition)
        if what == REMOTE:
            return partial(facts.evaluate_remote_access, self._resolver, condition)
        if what == TRANSFER:
            return partial(self._transfers, condition)
        return lambda key, service: places.evaluate_processing(key, service, self._resolver, condition)

    def _build_area(self, names: tuple[str, ...]) -> AreaTest:
        law = self._registry.model.law
        plain = self._resolver.build_area(name for name in names if name not in (ADEQUATE, HOME))
        areas: list[LawArea] = []
        if ADEQUATE in names:
            areas.append(self._resolver.build_adequate_area(law))
        if HOME in names:
            areas.append(self._resolver.build_domestic_area(law[:1]))
        if not areas:
            return plain
        return UnitedArea((plain, *areas))

    def _transfers(self, condition: AreaCondition, key: str, service: Service) -> Result:
        """Decide whether data reaches an area: it is processed there, or passed on to a service that does.

        A recipient that the list only names leaves it open. Where none is stated, the places decide.
        """
        found = [places.evaluate_processing(key, service, self._resolver, condition)]
        for recipient in self._iter_recipients(service, key):
            verdict = Verdict.UNKNOWN
            if recipient in self._registry.model.services:
                other = self._registry.model.services[recipient]
                verdict = places.evaluate_processing(recipient, other, self._resolver, condition).verdict
            onward = Evidence("stated", ("onward",), ("services", key, "onward"))
            found.append(Result.from_evidence(verdict, onward))
        return any_of(found)

    def _iter_recipients(self, service: Service, key: str) -> Iterator[str]:
        """Yield the ids of the recipients of a service and of theirs, and the names of those without one."""
        found, left = {key}, [*service.onward]
        while left:
            name = left.pop()
            recipient = self._ids_by_name.get(fold(name), name)
            if recipient in found:
                continue
            found.add(recipient)
            yield recipient
            if recipient in self._registry.model.services:
                left.extend(self._registry.model.services[recipient].onward)

    @cached_property
    def _ids_by_name(self) -> dict[str, str]:
        """The ids of services by the names that others use for them."""
        services = self._registry.model.services.items()
        return {fold(word): key for key, service in services for word in (service.name, key)}

    def _spell_recipient(self, name: str) -> frozenset[str]:
        """Return the folded names of a recipient: an id of the list, or a name that a service uses."""
        service = self._registry.model.services.get(name)
        return frozenset(map(fold, (name, service.name) if service else (name,)))

    # ---- transfers

    def _has(self, field: str, key: str, service: Service) -> Result:
        """Decide whether a service has something; it needs no transfer basis where nothing leaves."""
        found = facts.evaluate_stated(field, self._as_of, key, service)
        if field == "transfer" and found.verdict is Verdict.YES:
            if self._bases.find_effective_bases(service):
                return found
            return found._replace(find_evidence=partial(self._bases.build_evidence, key, service))
        if field != "transfer" or found.verdict is not Verdict.UNKNOWN:
            return found
        if self._leaves_home(key, service) is not Verdict.NO:
            return found
        return Result.from_evidence(
            Verdict.NO, Evidence("nothing-leaves", (field,), ("services", key, field))
        )

    def _certified(self, certificate: str, key: str, service: Service) -> Result:
        """Decide whether a service is certified; a basis that no law accepts states it as well."""
        found = facts.evaluate_certificate(certificate, self._as_of, key, service)
        effective = self._bases.find_effective_bases(service)
        if Basis.DPF in effective or not any(each.reason == "bases" for each in found.evidence):
            return found
        return found._replace(find_evidence=partial(self._bases.build_evidence, key, service))

    def _leaves_home(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes outside of where no basis is needed."""
        return places.evaluate_processing(key, service, self._resolver, self._abroad).verdict

    @cached_property
    def _abroad(self) -> AreaCondition:
        return AreaCondition(self._resolver.build_home_area(self._registry.model.law), is_outside=True)

    def _relies(self, bases: tuple[Basis, ...], key: str, service: Service, *, only: bool) -> Result:
        # a stated basis decides by itself, and most of the time of this question would go into the places
        leaves = Verdict.UNKNOWN if service.transfer else self._leaves_home(key, service)
        effective = self._bases.find_effective_bases(service)
        wanted = transfer_bases.BasisCondition(bases[0], only, self._registry.model.law, bases[1:], effective)
        found = transfer_bases.evaluate_transfer_basis(key, service, wanted, self._as_of, leaves_area=leaves)
        if not transfer_bases.find_valid_bases(service, self._as_of):
            return found
        return Result(found.verdict, partial(self._bases.build_evidence, key, service))


_AREA_SIDES = {name: sides for sides, name in AREAS.items()}


def _leave_open(result: Result) -> Result:
    """Return a no as unknown, with what it rests on."""
    return result._replace(verdict=Verdict.UNKNOWN) if result.verdict is Verdict.NO else result
