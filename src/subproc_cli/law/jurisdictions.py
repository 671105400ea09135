"""Whom a regime holds to protect personal data adequately, by date (Art. 45 GDPR and its likes)."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.enums import Basis, Regime
from subproc_cli.law import data, places
from subproc_cli.law.places import Span


class Decision(NamedTuple):
    """An act that holds countries adequate.

    Attributes:
        countries: alpha-2 codes.
        span: from the day of adoption to the last day, as the act sets it.
        scope: what the act covers, if not everything.
        limited: whether it covers some recipients only.
        basis: how a service says that it is one of those recipients.
        source: the act.
        certainty: `high`, or `medium` where sources differ.
    """

    countries: tuple[str, ...]
    span: Span
    scope: str
    limited: bool
    basis: Basis
    source: str
    certainty: str

    def covers(self, stated: Collection[Basis]) -> bool:
        """Tell whether the act covers who states these bases; some cover certain recipients only."""
        return not self.limited or self.basis in stated or Basis.ADEQUACY in stated


class Jurisdiction(NamedTuple):
    """A regime, the places where it holds itself, and the countries that it holds adequate.

    Attributes:
        home: the regions or countries that are no third country to it.
        known_since: the first day of which the data knows anything.
        decisions: the acts, of one country in the order of their days.
    """

    regime: Regime
    label: str
    source: str
    home: tuple[str, ...]
    known_since: date
    decisions: tuple[Decision, ...]

    def at_home(self, country: str, day: date) -> bool:
        """Tell whether a country is no third country on a day (the EEA always counts: see `adequate`)."""
        gazetteer = places.built_in()
        return any(country in gazetteer.countries(home, day) for home in ("EEA", *self.home))

    def decision(self, country: str, day: date) -> Decision | None:
        """Return the latest act that holds a country adequate on a day, None if there is none."""
        for decision in reversed(self.decisions):
            if country in decision.countries and decision.span.holds(day):
                return decision
        return None


def jurisdiction(regime: Regime) -> Jurisdiction:
    """Return what is known of a regime."""
    return _built_in()[regime]


@cache
def _built_in() -> dict[Regime, Jurisdiction]:
    return {Regime(key): _jurisdiction(key, row) for key, row in data.read("adequacy.yaml").items()}


def _jurisdiction(key: str, row: Mapping[str, Any]) -> Jurisdiction:
    return Jurisdiction(
        regime=Regime(key),
        label=row["label"],
        source=row["source"],
        home=tuple(row["home"]),
        known_since=date.fromisoformat(row["known_since"]),
        decisions=tuple(_decision(each) for each in row["decisions"]),
    )


def _decision(row: Mapping[str, str]) -> Decision:
    return Decision(
        countries=tuple(row["countries"]),
        span=places.span(row),
        scope=row.get("scope", ""),
        limited=row.get("limited_to") == "recipients",
        basis=Basis(row.get("basis", Basis.ADEQUACY)),
        source=row["source"],
        certainty=row.get("certainty", "high"),
    )
