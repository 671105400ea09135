"""On which side of the borders of the EEA, of adequacy and of the list's laws a place of processing lies."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from subproc_cli.evaluation.places import Atlas, Side, processes
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.registry import Index


class Border(StrEnum):
    """A side; the names are the keys of `sides` in the wording."""

    EEA = "eea"
    HOME = "home"
    ADEQUATE = "adequate"
    OUTSIDE = "outside"
    OPEN = "open"
    UNSTATED = "unstated"


class Sides:
    """The borders of one day, for one list."""

    def __init__(self, about: Index, day: date) -> None:
        self.day = day
        self.atlas = Atlas(about.gazetteer, day)
        eea = self.atlas.area(["EEA"])
        self._abroad = Side(eea, outside=True)
        self._foreign = Side(self.atlas.inland(about.registry.law), outside=True)
        self._asking = Side(self.atlas.home(about.registry.law), outside=True)
        self._adequate = Side(self.atlas.adequate(about.registry.law), outside=False)

    def outside(self, key: str, service: Service) -> Verdict:
        """Tell whether a service processes outside the EEA."""
        return processes(key, service, self.atlas, self._abroad).verdict

    def leaves(self, key: str, service: Service) -> Verdict:
        """Tell whether a service processes in what is a third country to a law of the list."""
        return processes(key, service, self.atlas, self._foreign).verdict

    def asks(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes where a law of the list may ask for a basis."""
        return processes(key, service, self.atlas, self._asking).verdict

    def foreign(self, key: str, service: Service) -> Iterator[Processing]:
        """Yield the places of a service that lie in such a country, or that may."""
        for place in service.processing:
            if self.leaves(key, _at(service, place)) is not Verdict.NO:
                yield place

    def side(self, key: str, service: Service, place: Processing) -> Border:
        """Return the side on which one place of a service lies."""
        there = _at(service, place)
        match self.outside(key, there):
            case Verdict.NO:
                return Border.EEA
            case Verdict.UNKNOWN:
                return Border.OPEN
            case Verdict.YES:
                return self._beyond(key, there)

    def _beyond(self, key: str, there: Service) -> Border:
        """Return on which side of the laws' own borders a place outside the EEA lies."""
        if self.leaves(key, there) is Verdict.NO:
            return Border.HOME
        held = processes(key, there, self.atlas, self._adequate).verdict
        return Border.ADEQUATE if held is Verdict.YES else Border.OUTSIDE


def _at(service: Service, place: Processing) -> Service:
    """Return a service as if it processed at one place alone."""
    return service.model_copy(update={"processing": (place,)})
