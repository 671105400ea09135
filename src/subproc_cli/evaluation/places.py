"""Where a service processes and where its entity sits, inside or outside an area.

A place means a set of countries of which at least one is meant. It lies outside an area if
none of them belongs to it, inside if all do; otherwise the answer is open. An area is a function
from a country to a verdict, because the law holds some countries adequate under conditions only.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.enums import Regime
from subproc_cli.evaluation import attributes
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict, any_of
from subproc_cli.reference.adequacy import AdequacyStatus, Jurisdiction, get_jurisdiction
from subproc_cli.reference.geography import Gazetteer, Region
from subproc_cli.registry.models import Service

AreaTest: TypeAlias = Callable[[str, Service], Verdict]
"""Tells whether a country belongs to an area, as far as a given service is concerned."""


class PlaceResolver:
    """The countries that places mean on one day."""

    def __init__(self, gazetteer: Gazetteer, as_of: date) -> None:
        self._gazetteer = gazetteer
        self._as_of = as_of
        self._cache: dict[tuple[str, ...], frozenset[str]] = {}

    def resolve_place(self, place: str) -> frozenset[str]:
        """Return the countries of which at least one is meant by a place."""
        return self.resolve_places((place,))

    def resolve_places(self, places: Iterable[str]) -> frozenset[str]:
        """Return the countries that several places mean together."""
        given = tuple(places)
        if given not in self._cache:
            each = (self._gazetteer.get_countries(place, self._as_of) for place in given)
            self._cache[given] = frozenset().union(*each)
        return self._cache[given]

    def build_area(self, places: Iterable[str]) -> "CoveredArea":
        """Return the area that several places cover together."""
        given = tuple(places)
        return CoveredArea(self.resolve_places(given), tuple(self._find_regions(given)), self._as_of)

    def _find_regions(self, places: tuple[str, ...]) -> Iterator[Region]:
        return (self._gazetteer.regions[each] for each in places if each in self._gazetteer.regions)

    def build_home_area(self, regimes: tuple[Regime, ...]) -> AreaTest:
        """Return the area to which none of the regimes asks for a transfer basis.

        To the UK GDPR and the Swiss act the EEA is abroad, but adequate on every day (see `inland`).
        """
        return self._build_shared_area(
            regimes, lambda law: (*law.domestic_regions, *law.always_adequate_regions)
        )

    def build_domestic_area(self, regimes: tuple[Regime, ...]) -> AreaTest:
        """Return the area to which nothing is transferred under any of the regimes."""
        return self._build_shared_area(regimes, lambda law: law.domestic_regions)

    def _build_shared_area(
        self, regimes: tuple[Regime, ...], of_law: Callable[[Jurisdiction], Iterable[str]]
    ) -> AreaTest:
        shared = frozenset.intersection(
            *(self.resolve_places(of_law(get_jurisdiction(each))) for each in regimes)
        )
        return lambda country, _: Verdict.YES if country in shared else Verdict.NO

    def build_adequate_area(self, regimes: tuple[Regime, ...]) -> AreaTest:
        """Return the area that every one of the regimes holds adequate, or is at home in."""
        laws = [get_jurisdiction(regime) for regime in regimes]
        as_of = self._as_of

        def belongs(country: str, service: Service) -> Verdict:
            bases = attributes.find_valid_bases(service, as_of)
            return min(_ADEQUATE[law.assess(country, bases, as_of)] for law in laws)

        return belongs


class CoveredArea:
    """The countries that some places cover on a day, with what is to be said of those outside."""

    def __init__(self, members: frozenset[str], regions: tuple[Region, ...], as_of: date) -> None:
        self._members = members
        self._regions = regions
        self._as_of = as_of

    def __call__(self, country: str, _: Service) -> Verdict:
        """Return whether a country belongs to the area."""
        return Verdict.YES if country in self._members else Verdict.NO

    def find_remark(self, country: str) -> str:
        """Return why a country outside is not simply outside; mostly nothing."""
        if country in self._members:
            return ""
        remarks = (region.find_remark(country, self._as_of) for region in self._regions)
        return next((text for text in remarks if text), "")


_ADEQUATE = {
    AdequacyStatus.HOME: Verdict.YES,
    AdequacyStatus.ADEQUATE: Verdict.YES,
    AdequacyStatus.NOT_ADEQUATE: Verdict.NO,
    AdequacyStatus.DEPENDS: Verdict.UNKNOWN,
    AdequacyStatus.UNKNOWN: Verdict.UNKNOWN,
}


class AreaCondition(NamedTuple):
    """Which side of an area is asked for."""

    area: AreaTest
    is_outside: bool


def _evaluate_area(countries: frozenset[str], service: Service, condition: AreaCondition) -> Verdict:
    verdicts = {condition.area(country, service) for country in countries}
    if len(verdicts) != 1:
        return Verdict.UNKNOWN
    inside = verdicts.pop()
    return ~inside if condition.is_outside else inside


def _find_undecided_reason(countries: frozenset[str], service: Service, condition: AreaCondition) -> str:
    """Return why the side is open: `open` if it is a matter of law, `partly` if countries lie on both."""
    return "open" if any(condition.area(each, service) is Verdict.UNKNOWN for each in countries) else "partly"


def evaluate_processing(
    key: str, service: Service, resolver: PlaceResolver, condition: AreaCondition
) -> Result:
    """Decide whether a service processes on one side of an area: at one place that lies there wholly."""
    if not service.processing:
        return Result.from_evidence(Verdict.UNKNOWN, Evidence("no-place", (), ("services", key)))
    found = [
        _evaluate_place(key, index, service, resolver, condition) for index in range(len(service.processing))
    ]
    return found[0] if len(found) == 1 else any_of(found)._replace(parts=())  # they are one statement


def _evaluate_place(
    key: str, index: int, service: Service, resolver: PlaceResolver, condition: AreaCondition
) -> Result:
    place = service.processing[index]
    countries = resolver.resolve_places(place.place)
    verdict = _evaluate_area(countries, service, condition)

    def reasons() -> Iterator[Evidence]:
        reason = "remote" if place.how else "place"
        if verdict is Verdict.UNKNOWN:
            reason = f"{reason}-{_find_undecided_reason(countries, service, condition)}"
        path = ("services", key, "processing", index)
        yield Evidence(reason, place.place, path, place.when or "")
        if isinstance(condition.area, CoveredArea) and len(countries) == 1:
            texts = map(condition.area.find_remark, countries)
            yield from (Evidence("remark", (text,), path) for text in texts if text)

    return Result(verdict, reasons)


def evaluate_entity_country(key: str, service: Service, condition: AreaCondition) -> Result:
    """Decide whether the legal entity behind a service sits on one side of an area."""
    country = service.entity.country if service.entity else None
    if country is None:
        return Result.from_evidence(
            Verdict.UNKNOWN, Evidence("no-entity-country", (), ("services", key, "entity"))
        )
    path = ("services", key, "entity", "country")
    verdict = _evaluate_area(
        frozenset((country,)), service, condition
    )  # one country lies on both sides of nothing
    reason = "based-open" if verdict is Verdict.UNKNOWN else "based"
    return Result.from_evidence(verdict, Evidence(reason, (country,), path))
