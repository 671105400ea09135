"""What the laws of a list state about a place of processing, as a class that pages and graphs can colour."""

from datetime import date
from enum import StrEnum

from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.service_transfers import PlaceAssessment, assess_stated_place
from subproc_cli.evaluation.transfer_outcomes import TransferStatus
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.registry import Registry


class RegionClass(StrEnum):
    """How the laws of a list together assess a place.

    Attributes:
        HOME: under none of the laws is data transferred there.
        ADEQUATE: every law under which data is transferred there finds the place adequate.
        OUTSIDE: a law under which data is transferred there does not find it adequate.
        OPEN: it depends on what the list does not state, or is not known.
        UNSTATED: no place is stated.
    """

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
        self._registry = registry
        eea = self.resolver.build_area(["EEA"])
        self._outside_eea = AreaCondition(eea, is_outside=True)
        self._needs_basis = AreaCondition(self.resolver.build_home_area(registry.model.law), is_outside=True)

    def evaluate_outside_eea(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes outside the EEA."""
        return evaluate_processing(key, service, self.resolver, self._outside_eea).verdict

    def evaluate_basis_needed(self, key: str, service: Service) -> Verdict:
        """Return whether a service processes where a law of the list may ask for a basis."""
        return evaluate_processing(key, service, self.resolver, self._needs_basis).verdict

    def assess(self, service: Service, place: Processing) -> tuple[PlaceAssessment, ...]:
        """Return what each law of the list states about one place of a service."""
        registry = self._registry
        return tuple(
            assess_stated_place(registry, service, law, self.as_of, place.place) for law in registry.model.law
        )

    def classify(self, service: Service, place: Processing) -> RegionClass:
        """Return the combined assessment of one place of a service by the laws of the list."""
        statuses = {each.status for each in self.assess(service, place)}
        if statuses == {TransferStatus.NOT_TRANSFERRED}:
            return RegionClass.HOME
        if TransferStatus.NOT_ADEQUATE in statuses:
            return RegionClass.OUTSIDE
        return RegionClass.ADEQUATE if statuses <= _SETTLED else RegionClass.OPEN


_SETTLED = frozenset((TransferStatus.NOT_TRANSFERRED, TransferStatus.ADEQUATE))
