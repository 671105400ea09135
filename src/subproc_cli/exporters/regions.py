"""On which side of the borders of the EEA, of adequacy and of the list's laws a place of processing lies."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.registry import Registry


class RegionClass(StrEnum):
    """A side; the names are the keys of `sides` in the wording."""

    EEA = "eea"
    HOME = "home"
    ADEQUATE = "adequate"
    OUTSIDE = "outside"
    OPEN = "open"
    UNSTATED = "unstated"


class RegionClassifier:
    """The borders of one day, for one list."""

    def __init__(self, registry: Registry, as_of: date) -> None:
        self.as_of = as_of
        self.resolver = PlaceResolver(registry.gazetteer, as_of)
        eea = self.resolver.build_area(["EEA"])
        self._outside_eea = AreaCondition(eea, is_outside=True)
        self._third_country = AreaCondition(
            self.resolver.build_domestic_area(registry.model.law), is_outside=True
        )
        self._needs_basis = AreaCondition(self.resolver.build_home_area(registry.model.law), is_outside=True)
        self._adequate = AreaCondition(
            self.resolver.build_adequate_area(registry.model.law), is_outside=False
        )

    def evaluate_outside_eea(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes outside the EEA."""
        return evaluate_processing(key, service, self.resolver, self._outside_eea).verdict

    def evaluate_third_country(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes in what is a third country to a law of the list."""
        return evaluate_processing(key, service, self.resolver, self._third_country).verdict

    def evaluate_basis_needed(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes where a law of the list may ask for a basis."""
        return evaluate_processing(key, service, self.resolver, self._needs_basis).verdict

    def iter_third_country_places(self, key: str, service: Service) -> Iterator[Processing]:
        """Yield the places of a service that lie in such a country, or that may."""
        for place in service.processing:
            if self.evaluate_third_country(key, _with_single_place(service, place)) is not Verdict.NO:
                yield place

    def classify(self, key: str, service: Service, place: Processing) -> RegionClass:
        """Return the side on which one place of a service lies."""
        at_place = _with_single_place(service, place)
        match self.evaluate_outside_eea(key, at_place):
            case Verdict.NO:
                return RegionClass.EEA
            case Verdict.UNKNOWN:
                return RegionClass.OPEN
            case Verdict.YES:
                return self._classify_outside_eea(key, at_place)

    def _classify_outside_eea(self, key: str, at_place: Service) -> RegionClass:
        """Return on which side of the laws' own borders a place outside the EEA lies."""
        if self.evaluate_third_country(key, at_place) is Verdict.NO:
            return RegionClass.HOME
        verdict = evaluate_processing(key, at_place, self.resolver, self._adequate).verdict
        return RegionClass.ADEQUATE if verdict is Verdict.YES else RegionClass.OUTSIDE


def _with_single_place(service: Service, place: Processing) -> Service:
    """Return a service as if it processed at one place alone."""
    return service.model_copy(update={"processing": (place,)})
