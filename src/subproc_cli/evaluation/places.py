"""Where a service processes and where its entity sits, inside or outside an area.

A place means a set of countries of which at least one is meant. It lies outside an area if
none of them belongs to it, inside if all do; otherwise the answer is open. An area is a function
from a country to a verdict, because the law holds some countries adequate under conditions only.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import FieldPath
from subproc_cli.evaluation.stated_transfers import assess_cached, build_importer, list_stated_bases
from subproc_cli.evaluation.transfer_outcomes import Importer, Outcome, StatedBasis, TransferStatus
from subproc_cli.evaluation.transfer_texts import OF_PLACES
from subproc_cli.evaluation.verdict import BELONGING_REASONS, Evidence, Result, Verdict, any_of
from subproc_cli.reference.geography import Gazetteer, Region, TerritoryStatus
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.reference.states import Belonging, find_belonging
from subproc_cli.registry.models import Service

AreaTest: TypeAlias = Callable[[str, Service], Verdict]
"""Tells whether a country belongs to an area, as far as a given service is concerned."""
Remark: TypeAlias = tuple[str, tuple[str, ...]]
"""The kind of reason, and what it is about, that is shown next to a place."""


class PlaceResolver:
    """The countries that places mean on one day."""

    def __init__(self, gazetteer: Gazetteer, as_of: date) -> None:
        self._gazetteer = gazetteer
        self._as_of = as_of
        self._cache: dict[tuple[str, ...], frozenset[str]] = {}
        self._stated: dict[tuple[int, str, date], tuple[Service, tuple[StatedBasis, ...], Importer]] = {}

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

    def resolve_stated_place(self, place: str, area: "AreaTest") -> frozenset[str]:
        """Return the countries of which a place of a list means at least one, for a question about an area.

        A region means its states. Their territories elsewhere are meant only where the question names them:
        a service in the EU does not process in Africa because of Réunion, but may process in Réunion.
        """
        region = self._gazetteer.regions.get(place)
        if region is None:
            return self.resolve_place(place)
        named = area.names if isinstance(area, CoveredArea | UnitedArea) else frozenset()
        return region.get_states(self._as_of) | (region.get_territories(self._as_of) & named)

    def build_area(self, places: Iterable[str]) -> "CoveredArea":
        """Return the area that several places cover together."""
        given = tuple(places)
        regions = tuple(self._find_regions(given))
        return CoveredArea(self.resolve_places(given), frozenset(given), regions, self._as_of)

    def _find_regions(self, places: tuple[str, ...]) -> Iterator[Region]:
        return (self._gazetteer.regions[each] for each in places if each in self._gazetteer.regions)

    def build_home_area(self, regimes: tuple[str, ...]) -> "LawArea":
        """Return the area to which none of the laws ever asks for a transfer basis.

        To the UK GDPR and the Swiss act the EEA is abroad, but adequate on every day.
        """
        return self._build_law_area(regimes, self._needs_no_basis)

    def build_domestic_area(self, regimes: tuple[str, ...]) -> "LawArea":
        """Return the area to which nothing is transferred under any of the laws."""
        return self._build_law_area(regimes, self._is_domestic)

    def build_adequate_area(self, regimes: tuple[str, ...]) -> "LawArea":
        """Return the area that every one of the laws holds adequate, or is at home in."""
        return self._build_law_area(regimes, self._is_adequate, names_decisions=True)

    def _build_law_area(
        self, regimes: tuple[str, ...], is_inside: "LawTest", *, names_decisions: bool = False
    ) -> "LawArea":
        laws = tuple(load_law(str(each)) for each in regimes)
        return LawArea(laws, is_inside, self.assess, names_decisions=names_decisions)

    def assess(self, law: Law, country: str, service: Service, list_date: date | None = None) -> Outcome:
        """Return how a law assesses the data that a service processes in a country on the day.

        Args:
            law: the law.
            country: the code of the country.
            service: the service.
            list_date: the date of the list; without one, words of bases are read as on the day.
        """
        read_on = min(self._as_of, list_date or self._as_of)
        # A wide place has hundreds of countries. The service is kept, so that its id stays its own
        key = (id(service), law.key, read_on)
        if key not in self._stated:
            bases = list_stated_bases(service, law, self.resolve_places, read_on=read_on)
            self._stated[key] = (service, bases, build_importer(service))
        _, bases, importer = self._stated[key]
        return assess_cached(law, country, bases, self._as_of, importer)

    def _is_domestic(self, law: Law, country: str, service: Service) -> Verdict:
        if law.is_home(country, self._as_of):
            return Verdict.YES
        outcome = self.assess(law, country, service)
        if outcome.status is TransferStatus.NOT_TRANSFERRED:
            return Verdict.YES
        territory = law.find_territory(country, self._as_of)
        is_partly_home = (
            territory is not None
            and territory.status is TerritoryStatus.DEPENDS
            and law.is_home(territory.state, self._as_of)
        )
        return Verdict.UNKNOWN if is_partly_home else Verdict.NO

    def _needs_no_basis(self, law: Law, country: str, service: Service) -> Verdict:
        if law.needs_no_basis(country, self._as_of):
            return Verdict.YES
        return self._is_domestic(law, country, service)

    def _is_adequate(self, law: Law, country: str, service: Service) -> Verdict:
        # What is known about a law's home reaches back further than what is known about its decisions
        if self._as_of < law.known_since and law.needs_no_basis(country, self._as_of):
            return Verdict.YES
        # After the last day of the data its law is taken to go on, which a remark says
        return _ADEQUATE[self.assess(law, country, service).last_known_status]


class CoveredArea:
    """The countries that some places cover on a day, with what to report about those outside.

    A country that is named covers what belongs to it under a code of its own, too: France covers Réunion.
    """

    def __init__(
        self, members: frozenset[str], names: frozenset[str], regions: tuple[Region, ...], as_of: date
    ) -> None:
        self._members = members
        self.names = names
        self._regions = regions
        self._as_of = as_of

    def __call__(self, country: str, _: Service) -> Verdict:
        """Return whether a country belongs to the area."""
        if country in self._members:
            return Verdict.YES
        belonging = self._find_belonging(country)
        if belonging is None:
            return Verdict.NO
        return Verdict.YES if belonging.is_part else Verdict.UNKNOWN

    def _find_belonging(self, country: str) -> Belonging | None:
        """Return that a country belongs to a state that is named."""
        found = find_belonging(country, self._as_of)
        return found if found and found.state in self.names else None

    def iter_remarks(self, country: str, _: Service) -> Iterator[Remark]:
        """Yield why a country outside is not simply outside; mostly nothing."""
        if country in self._members:
            return
        if belonging := self._find_belonging(country):
            kind = "part-of-state" if belonging.is_part else "with-state"
            yield kind, (belonging.state, belonging.source)
        else:
            remarks = (region.find_remark(country, self._as_of) for region in self._regions)
            found = next(filter(None, remarks), None)
            if found:
                yield "region-remark", (found.key, found.text, found.source)


LawTest: TypeAlias = Callable[[Law, str, Service], Verdict]
"""Returns whether a country is inside to one law, as far as a given service is concerned."""
LawJudgement: TypeAlias = Callable[[Law, str, Service], Outcome]
"""Returns how one law assesses the data that a service processes in a country."""


class LawArea:
    """The countries that are inside to every one of some laws, with what to report about a country."""

    def __init__(
        self, laws: tuple[Law, ...], is_inside: LawTest, assess: LawJudgement, *, names_decisions: bool
    ) -> None:
        self._laws = laws
        self._is_inside = is_inside
        self._assess = assess
        self._names_decisions = names_decisions

    def __call__(self, country: str, service: Service) -> Verdict:
        """Return whether a country belongs to the area."""
        return min(self._is_inside(law, country, service) for law in self._laws)

    def iter_remarks(self, country: str, service: Service) -> Iterator[Remark]:
        """Yield which decision the answer for a country rests on, and why it may change or is not plain."""
        for law in self._laws:
            outcome = self._assess(law, country, service)
            if self._names_decisions and outcome.last_known_status is TransferStatus.ADEQUATE:
                for each in outcome.decisions:
                    yield "decision-limited" if each.is_limited else "decision", (law.key, each.number)
            for remark in outcome.remarks:
                if remark.kind in OF_PLACES:
                    yield "place-remark", (law.key, remark.kind, remark.value, remark.source)


class UnitedArea:
    """Several areas as one: a country belongs to it if it belongs to one of them."""

    def __init__(self, areas: tuple["CoveredArea | LawArea", ...]) -> None:
        self.areas = areas

    @property
    def names(self) -> frozenset[str]:
        """The places that the question names."""
        return frozenset[str]().union(*(area.names for area in self.areas if isinstance(area, CoveredArea)))

    def __call__(self, country: str, service: Service) -> Verdict:
        """Return whether a country belongs to the area."""
        return max(area(country, service) for area in self.areas)

    def iter_remarks(self, country: str, service: Service) -> Iterator[Remark]:
        """Yield what to report about a country that is in none of the plain areas; mostly nothing."""
        plain = (area for area in self.areas if isinstance(area, CoveredArea))
        if not any(area(country, service) is Verdict.YES for area in plain):
            remarks = (each for area in self.areas for each in area.iter_remarks(country, service))
            yield from dict.fromkeys(remarks)


_ADEQUATE = {
    TransferStatus.NOT_TRANSFERRED: Verdict.YES,
    TransferStatus.ADEQUATE: Verdict.YES,
    TransferStatus.NOT_ADEQUATE: Verdict.NO,
    TransferStatus.DEPENDS: Verdict.UNKNOWN,
    TransferStatus.UNKNOWN: Verdict.UNKNOWN,
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


def _find_undecided_suffix(countries: frozenset[str], service: Service, area: AreaTest) -> str:
    """Return why the side is open: a matter of law, countries on both sides, or a territory."""
    legal_areas = area.areas if isinstance(area, UnitedArea) else (area,)
    is_legal = any(
        each(country, service) is Verdict.UNKNOWN
        for each in legal_areas
        if not isinstance(each, CoveredArea)
        for country in countries
    )
    if is_legal:
        return "-open"
    return "-partly" if len(countries) > 1 else "-territory"


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
    stated = (resolver.resolve_stated_place(each, condition.area) for each in place.place)
    countries: frozenset[str] = frozenset().union(*stated)
    verdict = _evaluate_area(countries, service, condition)

    def reasons() -> Iterator[Evidence]:
        reason = "remote" if place.how else "place"
        if verdict is Verdict.UNKNOWN:
            reason += _find_undecided_suffix(countries, service, condition.area)
        path = ("services", key, "processing", index)
        yield Evidence(reason, place.place, path, place.when or "")
        yield from _iter_remarks(countries, service, condition.area, path)

    return Result(verdict, reasons)


def _iter_remarks(
    countries: frozenset[str], service: Service, area: AreaTest, path: FieldPath
) -> Iterator[Evidence]:
    """Yield what to report about a place that means one country."""
    if isinstance(area, CoveredArea | LawArea | UnitedArea) and len(countries) == 1:
        for country in countries:
            yield from (
                Evidence(kind, subject, path) for kind, subject in area.iter_remarks(country, service)
            )


def iter_belonging_remarks(
    country: str, service: Service, area: AreaTest, path: FieldPath
) -> Iterator[Evidence]:
    """Yield that a country belongs to a state that an area names; mostly nothing."""
    found = _iter_remarks(frozenset((country,)), service, area, path)
    return (each for each in found if each.reason in BELONGING_REASONS)


def evaluate_entity_country(key: str, service: Service, condition: AreaCondition) -> Result:
    """Decide whether the legal entity of a service is established on one side of an area."""
    country = service.entity.country if service.entity else None
    if country is None:
        return Result.from_evidence(
            Verdict.UNKNOWN, Evidence("no-entity-country", (), ("services", key, "entity"))
        )
    path = ("services", key, "entity", "country")
    countries = frozenset((country,))
    verdict = _evaluate_area(countries, service, condition)
    suffix = _find_undecided_suffix(countries, service, condition.area) if verdict is Verdict.UNKNOWN else ""
    remarks = iter_belonging_remarks(country, service, condition.area, path)
    return Result.from_evidence(verdict, Evidence(f"based{suffix}", (country,), path), *remarks)
