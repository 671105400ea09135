"""What carries the transfers of a service: adequacy decisions, safeguards, or nothing (Chapter V GDPR)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from subproc_cli.enums import Basis, Regime
from subproc_cli.evaluation import transfer_advice
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.reference.adequacy import AdequacyDecision, Jurisdiction
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RuleContext

DECISION_BASES = frozenset((Basis.DPF, Basis.ADEQUACY))
"""The bases that are nothing but an adequacy decision (Art. 45 GDPR)."""


class TransferLeg(NamedTuple):
    """A country of a place abroad, under one regime.

    Attributes:
        place_index: that of the place in `processing`.
        country: its code.
        jurisdiction: the regime, to which it is a third country.
    """

    place_index: int
    country: str
    jurisdiction: Jurisdiction

    @property
    def regime(self) -> Regime:
        """The name of the regime."""
        return self.jurisdiction.regime


def find_uncovered_legs(context: RuleContext, service: Service) -> Iterator[TransferLeg]:
    """Yield what nothing carries of the places outside: no safeguard of the regime, no decision of its own.

    Every regime of the list has to be satisfied. Nothing is said of days of which the data knows nothing.
    """
    for leg in _iter_legs(context, service):
        if not is_covered(context, service, leg.country, leg.jurisdiction):
            yield leg


def is_covered(context: RuleContext, service: Service, country: str, law: Jurisdiction) -> bool:
    """Return whether a regime asks for nothing more than what a service states, to send data to a country."""
    if context.as_of < law.known_since:
        return True
    return law.allows_transfer(country, find_valid_bases(service, context.as_of), context.as_of)


def find_relied_decisions(
    context: RuleContext, service: Service
) -> Iterator[tuple[TransferLeg, AdequacyDecision]]:
    """Yield the decisions that carry the places outside, each with the place, the country and the regime."""
    stated = find_valid_bases(service, context.as_of)
    for leg in _iter_legs(context, service):
        decision = leg.jurisdiction.find_covering_decision(leg.country, context.as_of)
        if decision and decision.covers(stated):
            yield leg, decision


def suggest_bases(context: RuleContext, service: Service, legs: Iterable[TransferLeg]) -> str:
    """Return what to add so that some legs are carried; an exception is never proposed."""
    countries: dict[Regime, list[str]] = {}
    for leg in legs:
        countries.setdefault(leg.regime, []).append(leg.country)
    stated = find_valid_bases(service, context.as_of)
    return transfer_advice.suggest_bases(countries, context.registry.model.law, stated, context.as_of)


def suggest_safeguards(context: RuleContext, service: Service, regimes: Iterable[Regime]) -> str:
    """Return which safeguards would still carry a transfer under some regimes if their decision fell."""
    stated = find_valid_bases(service, context.as_of)
    return transfer_advice.suggest_safeguards(regimes, context.registry.model.law, stated, context.as_of)


def _iter_legs(context: RuleContext, service: Service) -> Iterator[TransferLeg]:
    """Yield every country of every place that lies wholly outside, for each regime that finds it so."""
    for place_index, place in enumerate(service.processing):
        countries = context.place_resolver.resolve_places(place.place)
        for law in context.jurisdictions:
            if countries.isdisjoint(context.no_basis_countries[law.regime]):
                yield from (TransferLeg(place_index, country, law) for country in sorted(countries))
