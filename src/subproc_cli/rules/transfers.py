"""What carries the transfers of a service: adequacy decisions, safeguards, or nothing (Chapter V GDPR)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.enums import Basis, Regime
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.reference.adequacy import AdequacyDecision, Jurisdiction, get_jurisdiction
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RuleContext
from subproc_cli.text import join_words

DECISION_BASES = frozenset((Basis.DPF, Basis.ADEQUACY))
"""The bases that are nothing but an adequacy decision (Art. 45 GDPR)."""


class TransferLeg(NamedTuple):
    """A country that a place outside stands for, as one regime sees it.

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
    """Return what to add so that some legs are carried, by the law of each; an exception is never proposed.

    Where no word of the format is enough for a law, the advice says what the law asks for.
    """
    countries: dict[Regime, list[str]] = {}
    for leg in legs:
        countries.setdefault(leg.regime, []).append(leg.country)
    bases_by_regime = {
        regime: _find_accepted_bases(get_jurisdiction(regime), codes, context.as_of)
        for regime, codes in countries.items()
    }
    return _format_suggestions(context, service, bases_by_regime, "add transfer")


def suggest_safeguards(context: RuleContext, service: Service, regimes: Iterable[Regime]) -> str:
    """Return which safeguards would still carry a transfer under some regimes if their decision fell."""
    bases_by_regime = {
        regime: _sort_bases(get_jurisdiction(regime).find_safeguards(frozenset(Basis), context.as_of))
        for regime in dict.fromkeys(regimes)
    }
    return _format_suggestions(context, service, bases_by_regime, "add a safeguard")


def _format_suggestions(
    context: RuleContext, service: Service, bases_by_regime: Mapping[Regime, list[Basis]], verb: str
) -> str:
    """Return one advice for all regimes if they accept the same words, else one for each of them."""
    same = len({tuple(each) for each in bases_by_regime.values()}) == 1 and len(bases_by_regime) == len(
        context.jurisdictions
    )
    suggestions = []
    for regime, accepted in bases_by_regime.items():
        if accepted:
            suggestions.append(f"{verb}: {join_words(accepted, 'or')}{'' if same else f' for {regime}'}")
        else:
            suggestions.append(_describe_requirement(get_jurisdiction(regime), service, context.as_of))
    return "; ".join(dict.fromkeys(suggestions))


def _find_accepted_bases(law: Jurisdiction, countries: Iterable[str], as_of: date) -> list[Basis]:
    """Return the bases of which each carries all of the countries: the safeguards first, no exception."""
    accepted = frozenset.intersection(*(law.find_accepted_bases(country, as_of) for country in countries))
    if Basis.DPF in accepted:
        accepted -= {Basis.ADEQUACY}  # the framework is the decision, and says which one
    return _sort_bases(accepted)


def _sort_bases(accepted: Collection[Basis]) -> list[Basis]:
    return [basis for basis in Basis if basis in accepted and basis is not Basis.DEROGATION]


def _describe_requirement(law: Jurisdiction, service: Service, as_of: date) -> str:
    """Return what a law asks for that no word of the format states yet."""
    needs = {basis: each.requirement for basis, each in law.bases.items() if each.requirement}
    stated = [needs[basis] for basis in needs if basis in find_valid_bases(service, as_of)] or [
        needs[Basis.SCC]
    ]
    requirements = " or ".join(stated)
    return f"{law.regime} asks for {requirements}; no word of transfer says that yet, so say it in a note"


def _iter_legs(context: RuleContext, service: Service) -> Iterator[TransferLeg]:
    """Yield every country of every place that lies wholly outside, for each regime that finds it so."""
    for place_index, place in enumerate(service.processing):
        countries = context.place_resolver.resolve_places(place.place)
        for law in context.jurisdictions:
            if countries.isdisjoint(context.no_basis_countries[law.regime]):
                yield from (TransferLeg(place_index, country, law) for country in sorted(countries))
