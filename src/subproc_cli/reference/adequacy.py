"""The status of countries and transfer bases under each law, by date: `laws` in the words of `enums`.

It knows five words of the field `transfer`, and no needs beyond words: clauses count as adapted, and a basis
as covering every place. The judgement that knows all words and needs is `evaluation.transfers`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from subproc_cli.enums import Basis
from subproc_cli.reference import geography, laws
from subproc_cli.reference.geography import DateRange, TerritoryStatus
from subproc_cli.reference.law_facts import BasisKind, Decision, TransferBasisRule
from subproc_cli.reference.laws import Law


class AdequacyStatus(StrEnum):
    """What a law holds of a country, for a service that states certain bases.

    Attributes:
        HOME: nothing is transferred there.
        ADEQUATE: it is transferred there, to where the law holds data protected adequately.
        NOT_ADEQUATE: no decision covers the country on the day.
        DEPENDS: a decision covers some recipients there, and the list does not state that this is one.
        UNKNOWN: the day comes before the first one of which the data knows anything.
    """

    HOME = "home"
    ADEQUATE = "adequate"
    NOT_ADEQUATE = "not-adequate"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


_WORDS = (Basis.SCC, Basis.DPF, Basis.ADEQUACY, Basis.BCR, Basis.DEROGATION)
"""The words that this view knows."""
_FORMER_CLAUSES = {Basis.SCC: "scc-legacy"}
"""The word of the clauses that a list means by a word of this view, before there were those of today."""
NO_BASIS_NEEDED = frozenset((AdequacyStatus.HOME, AdequacyStatus.ADEQUATE))
"""The outcomes that ask for no further basis."""


class AdequacyDecision(NamedTuple):
    """An act that holds countries adequate.

    Attributes:
        countries: alpha-2 codes.
        date_range: from the first day on which it was applied to the last one, as the act sets it.
        scope: what the act covers, if not everything.
        is_limited: whether it covers some recipients only.
        bases: how a list says that a service is one of those recipients; empty if it cannot say so.
        source: the act.
        certainty: `high`, or `medium` where sources differ.
    """

    countries: tuple[str, ...]
    date_range: DateRange
    scope: str
    is_limited: bool
    bases: frozenset[Basis]
    source: str
    certainty: str

    def covers(self, bases: Collection[Basis]) -> bool:
        """Return whether the act covers a service that states these bases."""
        return not self.is_limited or not self.bases.isdisjoint(bases)


class RecognizedBasis(NamedTuple):
    """A word of the field `transfer`, as a law knows it.

    Attributes:
        date_range: the days on which it can be relied on.
        requirement: what the law asks for beyond the word, which then carries nothing; mostly empty.
        source: the article.
        certainty: `high`, or `medium` where sources differ or the word says less than the law asks for.
    """

    date_range: DateRange
    requirement: str
    source: str
    certainty: str


class Jurisdiction(NamedTuple):
    """A law: where it is at home, the transfer bases that it knows, and the countries that it holds adequate.

    Attributes:
        domestic_regions: the regions or countries to which nothing is transferred under it.
        always_adequate_regions: the regions that it holds adequate on every day.
        bases: the words of the field `transfer` that it knows, without `adequacy`.
        known_since: the first day of which the data knows anything.
        decisions: the acts, of one country in the order of their days.
    """

    regime: str
    label: str
    source: str
    domestic_regions: tuple[str, ...]
    always_adequate_regions: tuple[str, ...]
    bases: Mapping[Basis, RecognizedBasis]
    known_since: date
    decisions: tuple[AdequacyDecision, ...]

    def is_domestic(self, country: str, day: date) -> bool:
        """Return whether nothing is transferred under this law if data goes to a country on a day."""
        return country in _find_members(self.domestic_regions, day)

    def find_decision(self, country: str, day: date) -> AdequacyDecision | None:
        """Return the latest act that holds a country adequate on a day, None if there is none."""
        return _find_decisions(self.regime, day).get(country)

    def find_covering_decision(self, country: str, day: date) -> AdequacyDecision | None:
        """Return the act that holds a country adequate on a day, or the state that it is a territory of."""
        acts = _find_decisions(self.regime, day)
        return acts.get(country) or acts.get(geography.find_state(country, day))

    def assess(self, country: str, bases: Collection[Basis], day: date) -> AdequacyStatus:
        """Return what the law holds of a country on a day, for a service that states some bases."""
        if self.is_domestic(country, day):
            return AdequacyStatus.HOME
        decision = self.find_covering_decision(country, day)
        if decision:
            return AdequacyStatus.ADEQUATE if decision.covers(bases) else AdequacyStatus.DEPENDS
        if country in _find_members(self.always_adequate_regions, day):
            return AdequacyStatus.ADEQUATE
        territory = geography.find_territory(country, day)
        if (
            territory
            and territory.status is TerritoryStatus.DEPENDS
            and day >= self.known_since
            and (self.is_domestic(territory.state, day) or self.find_decision(territory.state, day))
        ):
            return AdequacyStatus.DEPENDS
        return AdequacyStatus.UNKNOWN if day < self.known_since else AdequacyStatus.NOT_ADEQUATE

    def needs_no_basis(self, country: str, day: date) -> bool:
        """Return whether the law never asks for a basis to a country: at home, or adequate on every day."""
        return country in _find_members((*self.domestic_regions, *self.always_adequate_regions), day)

    def find_safeguards(self, bases: Collection[Basis], day: date) -> frozenset[Basis]:
        """Return those of some bases that carry a transfer to any country under this law on a day."""
        known = ((basis, self.bases.get(basis)) for basis in bases)
        return frozenset(
            basis for basis, each in known if each and not each.requirement and each.date_range.includes(day)
        )

    def allows_transfer(self, country: str, bases: Collection[Basis], day: date) -> bool:
        """Return whether some bases carry a transfer to a country on a day, or the law asks for none."""
        return self.assess(country, bases, day) in NO_BASIS_NEEDED or bool(self.find_safeguards(bases, day))

    def find_recognized_bases(
        self, bases: Collection[Basis], countries: Collection[str], day: date
    ) -> frozenset[Basis]:
        """Return those of some bases that this law has a name for: for one of these countries, on a day.

        `adequacy` and `dpf` are decisions on countries, so they are nothing without one of them.
        """
        carrying = self.find_safeguards(bases, day)
        if len(carrying) == len(bases):
            return carrying
        decisions = {
            self.find_covering_decision(country, day)
            for country in countries
            if not self.is_domestic(country, day)
        }
        return carrying | {basis for basis in bases for each in decisions if each and basis in each.bases}


def get_jurisdiction(regime: str) -> Jurisdiction:
    """Return what is known of a regime."""
    return _load_jurisdiction(regime)


@cache
def _find_decisions(regime: str, day: date) -> dict[str, AdequacyDecision]:
    """Return the latest act of a law on each country that it holds adequate on a day."""
    held = (each for each in get_jurisdiction(regime).decisions if each.date_range.includes(day))
    return {country: decision for decision in held for country in decision.countries}


@cache
def _find_members(regions: tuple[str, ...], day: date) -> frozenset[str]:
    gazetteer = geography.load_gazetteer()
    return frozenset().union(*(gazetteer.get_countries(region, day) for region in regions))


@cache
def _load_jurisdiction(regime: str) -> Jurisdiction:
    law = laws.load_law(regime)
    return Jurisdiction(
        regime=regime,
        label=law.name,
        source=law.source,
        domestic_regions=tuple(each.place for each in law.home),
        always_adequate_regions=tuple(each.place for each in law.adequate_before),
        bases=dict(_iter_bases(law)),
        known_since=law.known_since,
        decisions=tuple(_convert_decision(each) for each in law.decisions if each.places),
    )


def _iter_bases(law: Law) -> Iterator[tuple[Basis, RecognizedBasis]]:
    """Yield the words that carry a transfer alone, and those for which the law asks for other words."""
    for basis in _WORDS:
        rules = law.bases.get(basis, ())
        if rules and (rules[-1].kind is not BasisKind.DECISION or _find_requirement(rules[-1])):
            yield basis, _convert_rules((*law.bases.get(_FORMER_CLAUSES.get(basis, ""), ()), *rules))


def _convert_rules(rules: tuple[TransferBasisRule, ...]) -> RecognizedBasis:
    first, last = rules[0], rules[-1]
    return RecognizedBasis(
        date_range=DateRange(first.date_range.since, last.date_range.until),
        requirement=_find_requirement(last),
        source=last.source,
        certainty=last.certainty,
    )


def _find_requirement(rule: TransferBasisRule) -> str:
    """Return what a law asks for beyond a word that carries nothing alone; empty for one that does."""
    return rule.requirement if rule.needed_words or rule.replacing_words else ""


def _convert_decision(decision: Decision) -> AdequacyDecision:
    return AdequacyDecision(
        countries=tuple(_iter_states(decision)),
        date_range=decision.date_range,
        scope=decision.scope,
        is_limited=decision.is_limited,
        bases=frozenset(basis for basis in _WORDS if basis in decision.stated_as),
        source=decision.source,
        certainty=decision.certainty,
    )


def _iter_states(decision: Decision) -> Iterator[str]:
    """Yield the countries of a decision; for a region its states on the first day."""
    regions = geography.load_gazetteer().regions
    for place in decision.places:
        if place in regions:
            yield from sorted(regions[place].get_states(decision.date_range.since or date.max))
        else:
            yield place
