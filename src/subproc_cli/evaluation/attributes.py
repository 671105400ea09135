"""What a service states besides data and places, and what it leaves out."""

import re
from collections.abc import Callable
from datetime import date

from subproc_cli.diagnostics import Route
from subproc_cli.enums import SUBPROCESSORS, Activation, Basis, Role
from subproc_cli.evaluation.verdict import Because, Judgement, Verdict
from subproc_cli.registry.models import Service
from subproc_cli.text import fold

FIELDS: dict[str, tuple[Route, Callable[[Service], object]]] = {
    "processing": (("processing",), lambda service: service.processing),
    "entity": (("entity", "name"), lambda service: service.entity and service.entity.name),
    "address": (("entity", "address"), lambda service: service.entity and service.entity.address),
    "country": (("entity", "country"), lambda service: service.entity and service.entity.country),
    "data": (("sees",), lambda service: service.sees or service.never_sees),
    "purpose": (("purpose",), lambda service: service.purpose),
    "condition": (("condition",), lambda service: service.condition),
    "transfer": (("transfer",), lambda service: service.transfer),
    "contact": (("contact",), lambda service: service.contact),
    "dpa": (("links", "dpa"), lambda service: service.links and service.links.dpa),
    "subjects": (("subjects",), lambda service: service.subjects),
    "retention": (("retention",), lambda service: service.retention),
    "certifications": (("certifications",), lambda service: service.certifications),
    "onward": (("onward",), lambda service: service.onward),
    "since": (("since",), lambda service: service.since),
}
"""The facts that a list can lack: where each stands, and how to see whether it is stated."""
_WORD = re.compile(r"\w+")


def _judged(reason: str, subject: str, route: Route, *, holds: bool) -> Judgement:
    verdict = Verdict.YES if holds else Verdict.NO
    return Judgement.on(verdict, Because(reason, (subject,), route))


def lacks(field: str, key: str, service: Service) -> Judgement:
    """Decide whether a fact is not stated; there is no unknown here."""
    route, given = FIELDS[field]
    missing = not given(service)
    reason = "not-stated" if missing else "stated"
    return _judged(reason, field, ("services", key, *route), holds=missing)


def has(field: str, day: date, key: str, service: Service) -> Judgement:
    """Decide whether a service has something; what is not stated it may have all the same.

    A transfer basis that has lapsed is none.
    """
    route, given = FIELDS[field]
    if field == "transfer" and service.transfer and not bases(service, day):
        return _lapsed(key, service)
    if given(service):
        return _judged("stated", field, ("services", key, *route), holds=True)
    return Judgement.on(Verdict.UNKNOWN, Because("not-stated", (field,), ("services", key, *route)))


def certified(
    names: tuple[str, ...], basis: Basis | None, day: date, key: str, service: Service
) -> Judgement:
    """Decide whether a service is certified under something: a list need not state all certifications.

    Args:
        names: how it is called.
        basis: the transfer basis that only those rely on who are certified, if it is one.
        day: decides which bases have lapsed.
        key: the id of the service.
        service: the service.
    """
    route = ("services", key, "certifications")
    wanted = [_apart(name) for name in names]
    for position, each in enumerate(service.certifications):
        if any(name in _apart(each) for name in wanted):
            return _judged("certification", each, (*route, position), holds=True)
    if basis in bases(service, day):
        return _judged("bases", str(basis), ("services", key, "transfer"), holds=True)
    reason = "other-certifications" if service.certifications else "not-stated"
    return Judgement.on(Verdict.UNKNOWN, Because(reason, ("certifications",), route))


def _apart(text: str) -> str:
    """Return the words of a text between spaces: `ISO 27001:2022` holds `ISO 27001`."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def role(wanted: Role, key: str, service: Service) -> Judgement:
    """Decide whether a service has a role; without one it is a subprocessor, and an affiliate is one too."""
    route = ("services", key, "role")
    reason = "role" if "role" in service.model_fields_set else "role-default"
    holds = service.role is wanted or (wanted is Role.SUBPROCESSOR and service.role in SUBPROCESSORS)
    return _judged(reason, service.role, route, holds=holds)


def activation(wanted: Activation, key: str, service: Service) -> Judgement:
    """Decide who decides that a service is used; without a word it is always used."""
    route = ("services", key, "activation")
    reason = "activation" if "activation" in service.model_fields_set else "activation-default"
    return _judged(reason, service.activation, route, holds=service.activation is wanted)


def product(wanted: str, key: str, service: Service) -> Judgement:
    """Decide whether a service serves a product; without a word it serves all."""
    route = ("services", key, "products")
    serves = not service.products or fold(wanted) in map(fold, service.products)
    subject = ", ".join(service.products)
    return _judged("products" if subject else "all-products", subject, route, holds=serves)


def is_named(wanted: str, key: str, service: Service) -> bool:
    """Tell whether the words stand in the name or an id of a service."""
    words = f" {fold(wanted)} "
    return any(words in f" {fold(name)} " for name in (service.name, key, *service.formerly))


def named(wanted: str, key: str, service: Service) -> Judgement:
    """Decide whether the words stand in the name or an id of a service."""
    return _judged("name", service.name, ("services", key, "name"), holds=is_named(wanted, key, service))


def since(day: date, key: str, service: Service) -> Judgement:
    """Decide whether a service is in use since that day or a later one."""
    if service.since is None:
        return Judgement.on(Verdict.UNKNOWN, Because("not-stated", ("since",), ("services", key)))
    route = ("services", key, "since")
    return _judged("since", service.since.isoformat(), route, holds=service.since >= day)


def bases(service: Service, day: date) -> frozenset[Basis]:
    """Return the transfer bases that are stated and have not lapsed on a day."""
    return frozenset(
        transfer.basis for transfer in service.transfer if transfer.until is None or day <= transfer.until
    )


def relies(  # noqa: PLR0913  two of them are what is asked
    key: str, service: Service, wanted: Basis, day: date, *, leaves: Verdict, only: bool
) -> Judgement:
    """Decide whether the transfers of a service rest on a basis, or on nothing else.

    The Data Privacy Framework is an adequacy decision, so who relies on it relies on adequacy.
    Where no basis is stated, the answer is no if nothing leaves (`leaves`), else open.
    """
    given = bases(service, day)
    route = ("services", key, "transfer")
    if not given and service.transfer:
        return _lapsed(key, service)
    if not given:
        verdict = Verdict.NO if leaves is Verdict.NO else Verdict.UNKNOWN
        reason = "nothing-leaves" if leaves is Verdict.NO else "not-stated"
        return Judgement.on(verdict, Because(reason, ("transfer",), route))
    counted = {Basis.DPF, Basis.ADEQUACY} if wanted is Basis.ADEQUACY else {wanted}
    holds = given <= counted if only else bool(given & counted)
    return _judged("bases", ", ".join(sorted(given)), route, holds=holds)


def _lapsed(key: str, service: Service) -> Judgement:
    """Return the no of a service all of whose bases have lapsed."""
    stated = ", ".join(transfer.basis for transfer in service.transfer)
    return _judged("lapsed", stated, ("services", key, "transfer"), holds=False)
