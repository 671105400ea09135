"""Which adequacy decisions a service relies on."""

from collections.abc import Iterator

from subproc_cli.check.rule import Subject
from subproc_cli.enums import Basis
from subproc_cli.facts.stated import bases
from subproc_cli.law.jurisdictions import Decision, jurisdiction
from subproc_cli.problem import Route
from subproc_cli.registry.service import Service

ON_A_DECISION = frozenset((Basis.DPF, Basis.ADEQUACY))
"""The bases that are nothing but an adequacy decision (Art. 45 GDPR)."""


def relied_on(subject: Subject, key: str, service: Service) -> Iterator[tuple[Route, str, Decision]]:
    """Yield the decisions that carry the places of a service, with the place and the country.

    A decision that covers some recipients only counts if the list states that the service is one of them.
    """
    stated = bases(service, subject.day)
    for position, place in subject.abroad(service):
        for country in sorted(subject.atlas.covered(place.place)) if len(place.place) == 1 else ():
            for regime in subject.index.registry.law:
                decision = jurisdiction(regime).decision(country, subject.day)
                if decision and (not decision.limited or stated & {decision.basis, Basis.ADEQUACY}):
                    yield ("services", key, "processing", position), country, decision
