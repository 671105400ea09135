"""Which of the stated transfer bases of a service carry a transfer under a law of the list."""

from collections.abc import Iterable, Iterator
from datetime import date

from subproc_cli.enums import Basis
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.evaluation.transfer_outcomes import Outcome, TransferStatus
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry


class BasisJudge:
    """Judges the stated bases of services by the laws of a list, as letters and pages do.

    Args:
        registry: the list.
        as_of: the day.
        resolver: the countries that places mean on the day.
    """

    def __init__(self, registry: Registry, as_of: date, resolver: PlaceResolver) -> None:
        self._registry = registry
        self._as_of = as_of
        self._resolver = resolver
        self._laws = tuple(map(load_law, registry.model.law))

    def find_effective_bases(self, service: Service) -> frozenset[Basis]:
        """Return the valid bases that at least one law accepts for a place abroad.

        Where no place needs a basis, or the data on a law begins later, nothing shows that a basis carries
        nothing: all valid bases are returned.
        """
        valid = find_valid_bases(service, self._as_of)
        found = set[Basis]()
        is_needed = False
        for outcome in self._iter_outcomes(service):
            is_needed |= outcome.needs_basis
            found |= {
                stated.basis
                for stated, basis in zip(service.transfer, outcome.bases, strict=True)
                if basis.is_accepted
            }
            if found >= valid or outcome.last_known_status is TransferStatus.UNKNOWN:
                return valid
        return frozenset(found) if is_needed else valid

    def build_evidence(self, key: str, service: Service) -> tuple[Evidence, ...]:
        """Return what the list states as bases: what carries a transfer, and what the laws do not accept."""
        path = ("services", key, "transfer")
        effective = self.find_effective_bases(service)
        others = find_valid_bases(service, self._as_of) - effective
        found = []
        if effective:
            found.append(Evidence("bases", (", ".join(sorted(effective)),), path))
        if others:
            needing = (each for each in self._iter_outcomes(service) if each.needs_basis)
            laws = dict.fromkeys(each.law for each in needing)
            found.append(Evidence("bases-insufficient", (", ".join(sorted(others)), *laws), path))
        lacking = self._find_lacking_laws(service)
        if effective and lacking:
            found.append(Evidence("laws-without-basis", lacking, path))
        return tuple(found)

    def _find_lacking_laws(self, service: Service) -> tuple[str, ...]:
        """Return the laws that ask for more than what the list states."""
        places = (
            outcome
            for law in self._laws
            for outcome in self._assess(law, service, self._iter_places(service))
        )
        return tuple(dict.fromkeys(each.law for each in places if not each.is_carried))

    def _iter_outcomes(self, service: Service) -> Iterator[Outcome]:
        """Yield how the laws assess each place abroad, and the country of the recipient."""
        recipient = service.entity.country if service.entity else None
        for law in self._laws:
            yield from self._assess(law, service, self._iter_places(service))
            if recipient:
                yield from self._assess(law, service, (recipient,))

    def _iter_places(self, service: Service) -> Iterator[str]:
        for processing in service.processing:
            yield from sorted(self._resolver.resolve_places(processing.place))

    def _assess(self, law: Law, service: Service, countries: Iterable[str]) -> Iterator[Outcome]:
        list_date = self._registry.model.date
        outcomes = (self._resolver.assess(law, each, service, list_date) for each in countries)
        return (each for each in outcomes if each.last_known_status is not TransferStatus.NOT_TRANSFERRED)
