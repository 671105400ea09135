"""Where a service processes and where its entity sits, inside or outside an area.

A place stands for a set of countries of which at least one is meant. It lies outside an area if
none of them belongs to it, inside if all do; otherwise the answer is open. An area is a function
from a country to a verdict, because the law holds some countries adequate under conditions only.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.enums import Regime
from subproc_cli.evaluation import attributes
from subproc_cli.evaluation.verdict import Because, Judgement, Verdict, some
from subproc_cli.reference.adequacy import Jurisdiction, Outcome, jurisdiction
from subproc_cli.reference.geography import Gazetteer, Region
from subproc_cli.registry.models import Service

Belongs: TypeAlias = Callable[[str, Service], Verdict]
"""Tells whether a country belongs to an area, as far as a given service is concerned."""


class Atlas:
    """The countries that places stand for on one day."""

    def __init__(self, gazetteer: Gazetteer, day: date) -> None:
        self._gazetteer = gazetteer
        self._day = day
        self._covered: dict[tuple[str, ...], frozenset[str]] = {}

    def countries(self, place: str) -> frozenset[str]:
        """Return the countries of which at least one is meant by a place."""
        return self.covered((place,))

    def covered(self, places: Iterable[str]) -> frozenset[str]:
        """Return the countries that several places stand for together."""
        given = tuple(places)
        if given not in self._covered:
            each = (self._gazetteer.countries(place, self._day) for place in given)
            self._covered[given] = frozenset().union(*each)
        return self._covered[given]

    def area(self, places: Iterable[str]) -> "Area":
        """Return the area that several places cover together."""
        given = tuple(places)
        return Area(self.covered(given), tuple(self._regions(given)), self._day)

    def _regions(self, places: tuple[str, ...]) -> Iterator[Region]:
        return (self._gazetteer.regions[each] for each in places if each in self._gazetteer.regions)

    def home(self, regimes: tuple[Regime, ...]) -> Belongs:
        """Return the area to which none of the regimes asks for a transfer basis.

        To the UK GDPR and the Swiss act the EEA is abroad, but adequate on every day (see `inland`).
        """
        return self._shared(regimes, lambda law: (*law.home, *law.near))

    def inland(self, regimes: tuple[Regime, ...]) -> Belongs:
        """Return the area to which nothing is transferred under any of the regimes."""
        return self._shared(regimes, lambda law: law.home)

    def _shared(
        self, regimes: tuple[Regime, ...], of_law: Callable[[Jurisdiction], Iterable[str]]
    ) -> Belongs:
        shared = frozenset.intersection(*(self.covered(of_law(jurisdiction(each))) for each in regimes))
        return lambda country, _: Verdict.YES if country in shared else Verdict.NO

    def adequate(self, regimes: tuple[Regime, ...]) -> Belongs:
        """Return the area that every one of the regimes holds adequate, or is at home in."""
        laws = [jurisdiction(regime) for regime in regimes]
        day = self._day

        def belongs(country: str, service: Service) -> Verdict:
            bases = attributes.bases(service, day)
            return min(_ADEQUATE[law.outcome(country, bases, day)] for law in laws)

        return belongs


class Area:
    """The countries that some places cover on a day, with what is to be said of those outside."""

    def __init__(self, members: frozenset[str], regions: tuple[Region, ...], day: date) -> None:
        self._members = members
        self._regions = regions
        self._day = day

    def __call__(self, country: str, _: Service) -> Verdict:
        """Return whether a country belongs to the area."""
        return Verdict.YES if country in self._members else Verdict.NO

    def remark(self, country: str) -> str:
        """Return why a country outside is not simply outside; mostly nothing."""
        if country in self._members:
            return ""
        remarks = (region.remark(country, self._day) for region in self._regions)
        return next((text for text in remarks if text), "")


_ADEQUATE = {
    Outcome.HOME: Verdict.YES,
    Outcome.ADEQUATE: Verdict.YES,
    Outcome.NOT_ADEQUATE: Verdict.NO,
    Outcome.DEPENDS: Verdict.UNKNOWN,
    Outcome.UNKNOWN: Verdict.UNKNOWN,
}


class Side(NamedTuple):
    """Which side of an area is asked for."""

    belongs: Belongs
    outside: bool


def _lies(countries: frozenset[str], service: Service, side: Side) -> Verdict:
    verdicts = {side.belongs(country, service) for country in countries}
    if len(verdicts) != 1:
        return Verdict.UNKNOWN
    inside = verdicts.pop()
    return ~inside if side.outside else inside


def _unsettled(countries: frozenset[str], service: Service, side: Side) -> str:
    """Return why the side is open: `open` if it is a matter of law, `partly` if countries lie on both."""
    return "open" if any(side.belongs(each, service) is Verdict.UNKNOWN for each in countries) else "partly"


def processes(key: str, service: Service, atlas: Atlas, side: Side) -> Judgement:
    """Decide whether a service processes on one side of an area: at one place that lies there wholly."""
    if not service.processing:
        return Judgement.on(Verdict.UNKNOWN, Because("no-place", (), ("services", key)))
    found = [_place(key, index, service, atlas, side) for index in range(len(service.processing))]
    return found[0] if len(found) == 1 else some(found)._replace(parts=())  # they are one statement


def _place(key: str, index: int, service: Service, atlas: Atlas, side: Side) -> Judgement:
    place = service.processing[index]
    countries = atlas.covered(place.place)
    verdict = _lies(countries, service, side)

    def reasons() -> Iterator[Because]:
        reason = "remote" if place.how else "place"
        if verdict is Verdict.UNKNOWN:
            reason = f"{reason}-{_unsettled(countries, service, side)}"
        route = ("services", key, "processing", index)
        yield Because(reason, place.place, route, place.when or "")
        if isinstance(side.belongs, Area) and len(countries) == 1:
            texts = map(side.belongs.remark, countries)
            yield from (Because("remark", (text,), route) for text in texts if text)

    return Judgement(verdict, reasons)


def based(key: str, service: Service, side: Side) -> Judgement:
    """Decide whether the legal entity behind a service sits on one side of an area."""
    country = service.entity.country if service.entity else None
    if country is None:
        return Judgement.on(Verdict.UNKNOWN, Because("no-entity-country", (), ("services", key, "entity")))
    route = ("services", key, "entity", "country")
    verdict = _lies(frozenset((country,)), service, side)  # one country lies on both sides of nothing
    reason = "based-open" if verdict is Verdict.UNKNOWN else "based"
    return Judgement.on(verdict, Because(reason, (country,), route))
