"""What each law holds of countries and of transfer bases, by date (Chapter V GDPR and its likes)."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.enums import Basis, Regime
from subproc_cli.reference import data_files, geography
from subproc_cli.reference.geography import Span


class Outcome(StrEnum):
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


SETTLED = frozenset((Outcome.HOME, Outcome.ADEQUATE))
"""The outcomes that ask for no further basis."""


class Decision(NamedTuple):
    """An act that holds countries adequate.

    Attributes:
        countries: alpha-2 codes.
        span: from the first day on which it was applied to the last one, as the act sets it.
        scope: what the act covers, if not everything.
        limited: whether it covers some recipients only.
        stated_as: how a list says that a service is one of those recipients; empty if it cannot say so.
        source: the act.
        certainty: `high`, or `medium` where sources differ.
    """

    countries: tuple[str, ...]
    span: Span
    scope: str
    limited: bool
    stated_as: frozenset[Basis]
    source: str
    certainty: str

    def covers(self, stated: Collection[Basis]) -> bool:
        """Return whether the act covers a service that states these bases."""
        return not self.limited or not self.stated_as.isdisjoint(stated)


class Known(NamedTuple):
    """A word of the field `transfer`, as a law knows it.

    Attributes:
        span: the days on which it can be relied on.
        needs: what the law asks for beyond the word, which then carries nothing; mostly empty.
        source: the article.
        certainty: `high`, or `medium` where sources differ or the word says less than the law asks for.
    """

    span: Span
    needs: str
    source: str
    certainty: str


class Jurisdiction(NamedTuple):
    """A law: where it is at home, the transfer bases that it knows, and the countries that it holds adequate.

    Attributes:
        home: the regions or countries to which nothing is transferred under it.
        near: the regions that it holds adequate on every day.
        bases: the words of the field `transfer` that it knows, without `adequacy`.
        known_since: the first day of which the data knows anything.
        decisions: the acts, of one country in the order of their days.
    """

    regime: Regime
    label: str
    source: str
    home: tuple[str, ...]
    near: tuple[str, ...]
    bases: Mapping[Basis, Known]
    known_since: date
    decisions: tuple[Decision, ...]

    def at_home(self, country: str, day: date) -> bool:
        """Return whether nothing is transferred under this law if data goes to a country on a day."""
        return country in _members(self.home, day)

    def decision(self, country: str, day: date) -> Decision | None:
        """Return the latest act that holds a country adequate on a day, None if there is none."""
        return _acts(self.regime, day).get(country)

    def covering(self, country: str, day: date) -> Decision | None:
        """Return the act that holds a country adequate on a day, or the state that it is a territory of."""
        acts = _acts(self.regime, day)
        return acts.get(country) or acts.get(geography.state_of(country, day))

    def outcome(self, country: str, stated: Collection[Basis], day: date) -> Outcome:
        """Return what the law holds of a country on a day, for a service that states some bases."""
        if self.at_home(country, day):
            return Outcome.HOME
        decision = self.covering(country, day)
        if decision:
            return Outcome.ADEQUATE if decision.covers(stated) else Outcome.DEPENDS
        if country in _members(self.near, day):
            return Outcome.ADEQUATE
        return Outcome.UNKNOWN if day < self.known_since else Outcome.NOT_ADEQUATE

    def is_near(self, country: str, day: date) -> bool:
        """Return whether the law never asks for a basis to a country: at home, or adequate on every day."""
        return country in _members((*self.home, *self.near), day)

    def safeguards(self, stated: Collection[Basis], day: date) -> frozenset[Basis]:
        """Return those of some bases that carry a transfer to any country under this law on a day."""
        known = ((basis, self.bases.get(basis)) for basis in stated)
        return frozenset(basis for basis, each in known if each and not each.needs and each.span.holds(day))

    def carries(self, country: str, stated: Collection[Basis], day: date) -> bool:
        """Return whether some bases carry a transfer to a country on a day, or the law asks for none."""
        return self.outcome(country, stated, day) in SETTLED or bool(self.safeguards(stated, day))

    def accepted(self, country: str, day: date) -> frozenset[Basis]:
        """Return the bases of which one alone carries a transfer to a country on a day."""
        decision = self.covering(country, day)
        return self.safeguards(frozenset(Basis), day) | (decision.stated_as if decision else frozenset())

    def named(self, stated: Collection[Basis], countries: Collection[str], day: date) -> frozenset[Basis]:
        """Return those of some bases that this law has a name for: for one of these countries, on a day.

        `adequacy` and `dpf` are decisions on countries, so they are nothing without one of them.
        """
        carrying = self.safeguards(stated, day)
        if len(carrying) == len(stated):
            return carrying
        decisions = {self.covering(country, day) for country in countries if not self.at_home(country, day)}
        return carrying | {
            basis for basis in stated for each in decisions if each and basis in each.stated_as
        }


def jurisdiction(regime: Regime) -> Jurisdiction:
    """Return what is known of a regime."""
    return _built_in()[regime]


@cache
def _acts(regime: Regime, day: date) -> dict[str, Decision]:
    """Return the latest act of a law on each country that it holds adequate on a day."""
    held = (each for each in jurisdiction(regime).decisions if each.span.holds(day))
    return {country: decision for decision in held for country in decision.countries}


@cache
def _members(regions: tuple[str, ...], day: date) -> frozenset[str]:
    gazetteer = geography.built_in()
    return frozenset().union(*(gazetteer.countries(region, day) for region in regions))


@cache
def _built_in() -> dict[Regime, Jurisdiction]:
    return {Regime(key): _jurisdiction(key, row) for key, row in data_files.read("adequacy.yaml").items()}


def _jurisdiction(key: str, row: Mapping[str, Any]) -> Jurisdiction:
    return Jurisdiction(
        regime=Regime(key),
        label=row["label"],
        source=row["source"],
        home=tuple(row["home"]),
        near=tuple(row.get("near", ())),
        bases={Basis(basis): _known(each) for basis, each in row["bases"].items()},
        known_since=date.fromisoformat(row["known_since"]),
        decisions=tuple(_decision(each) for each in row["decisions"]),
    )


def _known(row: Mapping[str, str]) -> Known:
    return Known(geography.span(row), row.get("needs", ""), row["source"], row.get("certainty", "high"))


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        countries=tuple(row["countries"]),
        span=geography.span(row),
        scope=row.get("scope", ""),
        limited=row.get("limited_to") == "recipients",
        stated_as=frozenset(map(Basis, row.get("stated_as", (Basis.ADEQUACY,)))),
        source=row["source"],
        certainty=row.get("certainty", "high"),
    )
