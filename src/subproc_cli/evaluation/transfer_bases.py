"""The transfer bases that a list states for a service: which are valid, and which a law accepts."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from subproc_cli.enums import DEFAULT_LAW, Basis
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.evaluation.transfer_outcomes import Outcome, TransferStatus
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict
from subproc_cli.reference.law_facts import BasisKind
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

DEFAULT_LAWS: tuple[str, ...] = (DEFAULT_LAW,)
"""The laws of a list that states none."""


def find_valid_bases(service: Service, as_of: date) -> frozenset[Basis]:
    """Return the transfer bases that are stated and have not lapsed on a day."""
    return frozenset(
        transfer.basis for transfer in service.transfer if transfer.until is None or as_of <= transfer.until
    )


class BasisCondition(NamedTuple):
    """The basis that a question asks for.

    Attributes:
        basis: the basis.
        only: whether no other basis may be stated.
        laws: the keys of the list's laws.
        others: further bases that count as well.
        effective: the stated bases of the service that a law accepts; None for all of them.
    """

    basis: Basis
    only: bool
    laws: tuple[str, ...] = DEFAULT_LAWS
    others: tuple[Basis, ...] = ()
    effective: frozenset[Basis] | None = None


def evaluate_transfer_basis(
    key: str, service: Service, wanted: BasisCondition, as_of: date, *, leaves_area: Verdict
) -> Result:
    """Decide whether the transfers of a service rely on a basis, or on no other one.

    A framework such as the Data Privacy Framework is an adequacy decision where one of the laws makes it one:
    a service that relies on it relies on adequacy. Otherwise no word counts as another one.
    Where no basis is stated, the answer is *no* if nothing leaves the area (`leaves_area`), else unknown.
    Where it depends on a basis that is stated and that no law accepts, the answer is unknown.
    """
    given = find_valid_bases(service, as_of)
    path = ("services", key, "transfer")
    if not given and service.transfer:
        return build_lapsed_result(key, service)
    if not given:
        verdict = Verdict.NO if leaves_area is Verdict.NO else Verdict.UNKNOWN
        reason = "nothing-leaves" if leaves_area is Verdict.NO else "not-stated"
        return Result.from_evidence(verdict, Evidence(reason, ("transfer",), path))
    accepted = given if wanted.effective is None else wanted.effective
    verdicts = {_find_basis_verdict(wanted, bases, as_of) for bases in (given, accepted)}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN
    return Result.from_evidence(verdict, Evidence("bases", (", ".join(sorted(given)),), path))


def _find_basis_verdict(wanted: BasisCondition, bases: frozenset[Basis], as_of: date) -> Verdict:
    counted = {wanted.basis, *wanted.others}
    if wanted.basis is Basis.ADEQUACY:
        counted |= _find_decision_bases(bases, as_of, wanted.laws)
    holds = bool(bases) and bases <= counted if wanted.only else bool(bases & counted)
    return Verdict.YES if holds else Verdict.NO


def _find_decision_bases(given: Collection[Basis], as_of: date, laws: Collection[str]) -> frozenset[Basis]:
    """Return the stated bases that one of the laws takes for a decision, with all that it needs for that."""
    rules = (load_law(str(law)).find_basis(basis, as_of) for law in laws for basis in given)
    return frozenset(
        Basis(rule.word)
        for rule in rules
        if rule
        and rule.kind is BasisKind.DECISION
        and not rule.replacing_words
        and all(word in given for word in rule.needed_words)
    )


def build_lapsed_result(key: str, service: Service) -> Result:
    """Return the no of a service all of whose bases have lapsed."""
    stated = ", ".join(transfer.basis for transfer in service.transfer)
    return Result.from_evidence(Verdict.NO, Evidence("lapsed", (stated,), ("services", key, "transfer")))


class BasisJudge:
    """Judges the stated bases of services by the laws of a list, as letters and pages do.

    Args:
        registry: the list.
        as_of: the day.
        resolver: the countries that places mean on the day.
    """

    def __init__(self, registry: Registry, as_of: date, resolver: PlaceResolver) -> None:
        self._registry = registry
        self._as_of = as_of
        self._resolver = resolver
        self._laws = tuple(map(load_law, registry.model.law))

    def find_effective_bases(self, service: Service) -> frozenset[Basis]:
        """Return the valid bases that at least one law accepts for a place abroad.

        Where no place needs a basis, or the data on a law begins later, nothing shows that a basis carries
        nothing: all valid bases are returned.
        """
        valid = find_valid_bases(service, self._as_of)
        found = set[Basis]()
        is_needed = False
        for outcome in self._iter_outcomes(service):
            is_needed |= outcome.needs_basis
            found |= {
                stated.basis
                for stated, basis in zip(service.transfer, outcome.bases, strict=True)
                if basis.is_accepted
            }
            if found >= valid or outcome.last_known_status is TransferStatus.UNKNOWN:
                return valid
        return frozenset(found) if is_needed else valid

    def build_evidence(self, key: str, service: Service) -> tuple[Evidence, ...]:
        """Return what the list states as bases: what carries a transfer, and what the laws do not accept."""
        path = ("services", key, "transfer")
        effective = self.find_effective_bases(service)
        others = find_valid_bases(service, self._as_of) - effective
        found = []
        if effective:
            found.append(Evidence("bases", (", ".join(sorted(effective)),), path))
        if others:
            needing = (each for each in self._iter_outcomes(service) if each.needs_basis)
            laws = dict.fromkeys(each.law for each in needing)
            found.append(Evidence("bases-insufficient", (", ".join(sorted(others)), *laws), path))
        lacking = self._find_lacking_laws(service)
        if effective and lacking:
            found.append(Evidence("laws-without-basis", lacking, path))
        return tuple(found)

    def _find_lacking_laws(self, service: Service) -> tuple[str, ...]:
        """Return the laws that ask for more than what the list states."""
        places = (
            outcome
            for law in self._laws
            for outcome in self._assess(law, service, self._iter_places(service))
        )
        return tuple(dict.fromkeys(each.law for each in places if not each.is_carried))

    def _iter_outcomes(self, service: Service) -> Iterator[Outcome]:
        """Yield how the laws assess each place abroad, and the country of the recipient."""
        recipient = service.entity.country if service.entity else None
        for law in self._laws:
            yield from self._assess(law, service, self._iter_places(service))
            if recipient:
                yield from self._assess(law, service, (recipient,))

    def _iter_places(self, service: Service) -> Iterator[str]:
        for processing in service.processing:
            yield from sorted(self._resolver.resolve_places(processing.place))

    def _assess(self, law: Law, service: Service, countries: Iterable[str]) -> Iterator[Outcome]:
        list_date = self._registry.model.date
        outcomes = (self._resolver.assess(law, each, service, list_date) for each in countries)
        return (each for each in outcomes if each.last_known_status is not TransferStatus.NOT_TRANSFERRED)
