"""What carries the transfers of a service: adequacy decisions, safeguards, or nothing (Chapter V GDPR)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.enums import Basis, Regime
from subproc_cli.evaluation.attributes import bases
from subproc_cli.reference.adequacy import Decision, Jurisdiction, jurisdiction
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Subject
from subproc_cli.text import listed

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
    """Yield what nothing carries of the places outside: no safeguard of the regime, no decision of its own.

    Every regime of the list has to be satisfied. Nothing is said of days of which the data knows nothing.
    """
    for leg in _legs(subject, service):
        if not carried(subject, service, leg.country, leg.law):
            yield leg


def carried(subject: Subject, service: Service, country: str, law: Jurisdiction) -> bool:
    """Return whether a regime asks for nothing more than what a service states, to send data to a country."""
    if subject.day < law.known_since:
        return True
    return law.carries(country, bases(service, subject.day), subject.day)


def relied_on(subject: Subject, service: Service) -> Iterator[tuple[Leg, Decision]]:
    """Yield the decisions that carry the places outside, each with the place, the country and the regime."""
    stated = bases(service, subject.day)
    for leg in _legs(subject, service):
        decision = leg.law.covering(leg.country, subject.day)
        if decision and decision.covers(stated):
            yield leg, decision


def advice(subject: Subject, service: Service, legs: Iterable[Leg]) -> str:
    """Return what to add so that some legs are carried, by the law of each; an exception is never proposed.

    Where no word of the format is enough for a law, the advice says what the law asks for.
    """
    countries: dict[Regime, list[str]] = {}
    for leg in legs:
        countries.setdefault(leg.regime, []).append(leg.country)
    words = {regime: _words(jurisdiction(regime), each, subject.day) for regime, each in countries.items()}
    return _told(subject, service, words, "add transfer")


def fallback(subject: Subject, service: Service, regimes: Iterable[Regime]) -> str:
    """Return which safeguards would still carry a transfer under some regimes if their decision fell."""
    words = {
        regime: _ordered(jurisdiction(regime).safeguards(frozenset(Basis), subject.day))
        for regime in dict.fromkeys(regimes)
    }
    return _told(subject, service, words, "add a safeguard")


def _told(subject: Subject, service: Service, words: Mapping[Regime, list[Basis]], verb: str) -> str:
    """Return one advice for all regimes if they accept the same words, else one for each of them."""
    same = len({tuple(each) for each in words.values()}) == 1 and len(words) == len(subject.laws)
    told = []
    for regime, accepted in words.items():
        if accepted:
            told.append(f"{verb}: {listed(accepted, 'or')}{'' if same else f' for {regime}'}")
        else:
            told.append(_beyond(jurisdiction(regime), service, subject.day))
    return "; ".join(dict.fromkeys(told))


def _words(law: Jurisdiction, countries: Iterable[str], day: date) -> list[Basis]:
    """Return the bases of which each carries all of the countries: the safeguards first, no exception."""
    accepted = frozenset.intersection(*(law.accepted(country, day) for country in countries))
    if Basis.DPF in accepted:
        accepted -= {Basis.ADEQUACY}  # the framework is the decision, and says which one
    return _ordered(accepted)


def _ordered(accepted: Collection[Basis]) -> list[Basis]:
    return [basis for basis in Basis if basis in accepted and basis is not Basis.DEROGATION]


def _beyond(law: Jurisdiction, service: Service, day: date) -> str:
    """Return what a law asks for that no word of the format states yet."""
    needs = {basis: each.needs for basis, each in law.bases.items() if each.needs}
    stated = [needs[basis] for basis in needs if basis in bases(service, day)] or [needs[Basis.SCC]]
    asked = " or ".join(stated)
    return f"{law.regime} asks for {asked}; no word of transfer says that yet, so say it in a note"


def _legs(subject: Subject, service: Service) -> Iterator[Leg]:
    """Yield every country of every place that lies wholly outside, for each regime that finds it so."""
    for position, place in enumerate(service.processing):
        countries = subject.atlas.covered(place.place)
        for law in subject.laws:
            if countries.isdisjoint(subject.near[law.regime]):
                yield from (Leg(position, country, law) for country in sorted(countries))
