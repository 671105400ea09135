"""What carries the transfers of a service: adequacy decisions, safeguards, or nothing (Chapter V GDPR)."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.check.rule import Subject
from subproc_cli.enums import Basis, Regime
from subproc_cli.facts.stated import bases
from subproc_cli.law.jurisdictions import Decision, Jurisdiction
from subproc_cli.registry.service import Service

ON_A_DECISION = frozenset((Basis.DPF, Basis.ADEQUACY))
"""The bases that are nothing but an adequacy decision (Art. 45 GDPR)."""


class Leg(NamedTuple):
    """A country that a place outside stands for, as one regime sees it.

    Attributes:
        position: that of the place in `processing`.
        country: its code.
        law: the regime, to which it is a third country.
    """

    position: int
    country: str
    law: Jurisdiction

    @property
    def regime(self) -> Regime:
        """The name of the regime."""
        return self.law.regime


def uncarried(subject: Subject, service: Service) -> Iterator[Leg]:
    """Yield what nothing carries of the places outside: no safeguard, no decision of the regime.

    Every regime of the list has to be satisfied. Nothing is said of days of which the data knows nothing.
    """
    if not bases(service, subject.day) - ON_A_DECISION:
        for leg in _legs(subject, service):
            if not carried(subject, service, leg.country, leg.law):
                yield leg


def carried(subject: Subject, service: Service, country: str, law: Jurisdiction) -> bool:
    """Tell whether a regime asks for nothing more: at home, or a decision with the basis that it needs."""
    if country in subject.near[law.regime] or subject.day < law.known_since:
        return True
    decision = law.decision(country, subject.day)
    return decision is not None and decision.covers(bases(service, subject.day))


def relied_on(subject: Subject, service: Service) -> Iterator[tuple[Leg, Decision]]:
    """Yield the decisions that carry the places outside, each with the place, the country and the regime."""
    stated = bases(service, subject.day)
    for leg in _legs(subject, service):
        decision = leg.law.decision(leg.country, subject.day)
        if decision and decision.covers(stated):
            yield leg, decision


def _legs(subject: Subject, service: Service) -> Iterator[Leg]:
    """Yield every country of every place that lies wholly outside, for each regime that finds it so."""
    for position, place in enumerate(service.processing):
        countries = subject.atlas.covered(place.place)
        for law in subject.laws:
            if countries.isdisjoint(subject.near[law.regime]):
                yield from (Leg(position, country, law) for country in sorted(countries))
