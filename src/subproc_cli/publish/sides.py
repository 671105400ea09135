"""On which side of the borders of the EEA and of adequacy a place of processing lies."""

from datetime import date
from enum import StrEnum

from subproc_cli.facts.places import Atlas, Side, processes
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Processing, Service
from subproc_cli.verdict import Verdict


class Where(StrEnum):
    """A side; the names are the keys of `sides` in the wording."""

    EEA = "eea"
    ADEQUATE = "adequate"
    OUTSIDE = "outside"
    OPEN = "open"
    UNSTATED = "unstated"


class Sides:
    """The borders of one day, for one list."""

    def __init__(self, about: Index, day: date) -> None:
        self.atlas = Atlas(about.gazetteer, day)
        eea = self.atlas.area(["EEA"])
        self._abroad = Side(eea, outside=True)
        self._adequate = Side(self.atlas.adequate(about.registry.law), outside=False)

    def outside(self, key: str, service: Service) -> Verdict:
        """Tell whether a service processes outside the EEA."""
        return processes(key, service, self.atlas, self._abroad).verdict

    def side(self, key: str, service: Service, place: Processing) -> Where:
        """Return the side on which one place of a service lies."""
        there = service.model_copy(update={"processing": (place,)})
        match self.outside(key, there):
            case Verdict.NO:
                return Where.EEA
            case Verdict.UNKNOWN:
                return Where.OPEN
            case Verdict.YES:
                held = processes(key, there, self.atlas, self._adequate).verdict
                return Where.ADEQUATE if held is Verdict.YES else Where.OUTSIDE
