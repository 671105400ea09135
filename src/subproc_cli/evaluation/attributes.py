"""What a service states besides data and places, and what it leaves out."""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from subproc_cli.diagnostics import FieldPath
from subproc_cli.enums import DEFAULT_LAW, SUBPROCESSORS, Activation, Basis, Role
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict
from subproc_cli.reference.law_facts import BasisKind
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.field_row import build_fact_getter, to_path
from subproc_cli.registry.field_table import FACTS
from subproc_cli.registry.models import Service
from subproc_cli.text import fold

FIELDS: dict[str, tuple[FieldPath, Callable[[Service], object]]] = {
    name: (to_path(row), build_fact_getter(row)) for name, row in FACTS.items()
}
"""The facts that a list can lack: where each is stated, and how to read whether it is stated."""
DEFAULT_LAWS: tuple[str, ...] = (DEFAULT_LAW,)
"""The laws of a list that states none."""


def _build_result(reason: str, subject: str, path: FieldPath, *, holds: bool) -> Result:
    verdict = Verdict.YES if holds else Verdict.NO
    return Result.from_evidence(verdict, Evidence(reason, (subject,), path))


def is_stated(value: object) -> bool:
    """Return whether a value states something: zero days do, and so does `no`."""
    return value is not None and value not in ("", (), {})


def evaluate_missing(field: str, key: str, service: Service) -> Result:
    """Decide whether a fact is not stated; there is no unknown here."""
    path, given = FIELDS[field]
    missing = not is_stated(given(service))
    reason = "not-stated" if missing else "stated"
    return _build_result(reason, field, ("services", key, *path), holds=missing)


def evaluate_stated(field: str, as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service has something; if the list does not state it, the answer is unknown.

    A transfer basis that has lapsed is none.
    """
    path, given = FIELDS[field]
    if field == "transfer" and service.transfer and not find_valid_bases(service, as_of):
        return _build_lapsed_result(key, service)
    if is_stated(given(service)):
        return _build_result("stated", field, ("services", key, *path), holds=True)
    return Result.from_evidence(Verdict.UNKNOWN, Evidence("not-stated", (field,), ("services", key, *path)))


def evaluate_role(wanted: Role, key: str, service: Service) -> Result:
    """Decide whether a service has a role; without one it is a subprocessor, and an affiliate is one too."""
    path = ("services", key, "role")
    reason = "role" if "role" in service.model_fields_set else "role-default"
    holds = service.role is wanted or (wanted is Role.SUBPROCESSOR and service.role in SUBPROCESSORS)
    return _build_result(reason, service.role, path, holds=holds)


def evaluate_activation(wanted: Activation, key: str, service: Service) -> Result:
    """Decide who decides that a service is used; without a word it is always used."""
    path = ("services", key, "activation")
    reason = "activation" if "activation" in service.model_fields_set else "activation-default"
    return _build_result(reason, service.activation, path, holds=service.activation is wanted)


def evaluate_product(wanted: str, key: str, service: Service) -> Result:
    """Decide whether a service serves a product; without a word it serves all."""
    path = ("services", key, "products")
    serves = not service.products or fold(wanted) in map(fold, service.products)
    subject = ", ".join(service.products)
    return _build_result("products" if subject else "all-products", subject, path, holds=serves)


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
        return _build_lapsed_result(key, service)
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


def _build_lapsed_result(key: str, service: Service) -> Result:
    """Return the no of a service all of whose bases have lapsed."""
    stated = ", ".join(transfer.basis for transfer in service.transfer)
    return _build_result("lapsed", stated, ("services", key, "transfer"), holds=False)
