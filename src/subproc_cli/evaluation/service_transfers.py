"""What a law states about all places of a service: the judgement of `transfers`, place by place."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.evaluation.transfer_outcomes import BasisOutcome, Need, Outcome, TransferStatus
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.law_facts import BasisKind, TransferBasisRule
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_SETTLED = frozenset((TransferStatus.NOT_TRANSFERRED, TransferStatus.ADEQUATE))


def combine_statuses(statuses: Iterable[TransferStatus]) -> TransferStatus:
    """Return what is stated about a place that is one of several countries."""
    found = set(statuses)
    if len(found) == 1:
        return found.pop()
    if found <= _SETTLED:
        return TransferStatus.ADEQUATE
    if found <= _SETTLED | {TransferStatus.UNKNOWN}:
        return TransferStatus.UNKNOWN
    return TransferStatus.DEPENDS


class PlaceAssessment(NamedTuple):
    """What a law states about one place of processing on a day.

    Attributes:
        law: the law.
        day: the day.
        names: the place as it is stated: one of these is meant.
        outcomes: how the law assesses each country that it may be.
    """

    law: Law
    day: date
    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def status(self) -> TransferStatus:
        """The status of the place on the last day for which the data of the law is complete."""
        return combine_statuses(each.last_known_status for each in self.outcomes)

    @property
    def is_dated(self) -> bool:
        """Whether an act after the last day that the data knows may change it."""
        return any(each.status is not each.last_known_status for each in self.outcomes)

    @property
    def is_home(self) -> bool:
        """Whether nothing is transferred there."""
        return self.status is TransferStatus.NOT_TRANSFERRED

    @property
    def is_treated_as_home(self) -> bool:
        """Whether nothing is transferred there because of an act on a country outside the home area."""
        return self.is_home and any(each.decisions for each in self.outcomes)

    @property
    def is_carried(self) -> bool:
        """Whether the law asks for nothing more than what the list states."""
        return all(each.is_carried for each in self.outcomes)

    @property
    def has_stated_decision(self) -> bool:
        """Whether one of the stated bases says that a decision covers the place."""
        return any(
            basis.rule is not None and basis.rule.kind is BasisKind.DECISION
            for each in self.outcomes
            for basis in each.accepted_bases
        )

    def find_accepted_bases(self, position: int) -> tuple[BasisOutcome, ...]:
        """Return what is made of the basis at a position of the list, for each country that accepts it."""
        found = ((each, each.bases[position]) for each in self.outcomes if not _is_home(each))
        return tuple(basis for each, basis in found if _carries(each, basis))


class ServiceAssessment(NamedTuple):
    """What a law states about a service on a day.

    Attributes:
        law: the law.
        day: the day.
        places: its places of processing.
        others: what decides which bases have a name although no place shows it: the country of the
            recipient if it is abroad, or every country where the list states none.
        recipient: the country of the recipient if it is abroad.
    """

    law: Law
    day: date
    places: tuple[PlaceAssessment, ...]
    others: tuple[Outcome, ...]
    recipient: str | None

    @property
    def is_unknown(self) -> bool:
        """Whether the data on the law begins after the day."""
        return self.day < self.law.known_since

    @property
    def is_home(self) -> bool:
        """Whether every stated place is at home; False if none is stated."""
        return bool(self.places) and all(each.is_home for each in self.places)

    @property
    def is_treated_as_home(self) -> bool:
        """Whether one of the places is at home only because an act treats it so."""
        return self.is_home and any(each.is_treated_as_home for each in self.places)

    @property
    def places_abroad(self) -> tuple[PlaceAssessment, ...]:
        """The places to which data is transferred, or may be."""
        return tuple(each for each in self.places if not each.is_home)

    def find_rule(self, position: int, *, ignores_end: bool = False) -> TransferBasisRule | None:
        """Return what the law states about the basis at a position of the list, if it carries a transfer.

        Args:
            position: the position of the basis.
            ignores_end: whether a basis counts that the list states an end of, which is past.
        """
        ignored = {Need.LAPSED} if ignores_end else set()
        for outcome in self._iter_outcomes():
            basis = outcome.bases[position]
            missing = {each.need for each in basis.missing} - ignored
            if basis.rule and not missing and not _is_needless(outcome, basis.rule):
                return basis.rule
        return None

    def find_naming_position(self, position: int) -> int:
        """Return the position of the basis whose name includes the name of another one; mostly its own.

        The UK Extension, for example, names the framework that it extends.
        """
        rule = self.find_rule(position)
        if rule is None or not rule.named_by:
            return position
        words = [basis.stated.word for basis in next(self._iter_outcomes()).bases]
        named = (at for at, word in enumerate(words) if word == rule.named_by and self.find_rule(at))
        return next(named, position)

    def find_covered_places(self, position: int) -> tuple[PlaceAssessment, ...]:
        """Return the places abroad for which the law accepts the basis at a position of the list."""
        return tuple(each for each in self.places_abroad if each.find_accepted_bases(position))

    def _iter_outcomes(self) -> Iterator[Outcome]:
        for place in self.places:
            yield from (each for each in place.outcomes if not _is_home(each))
        yield from self.others


def assess_service(registry: Registry, service: Service, law: str, day: date) -> ServiceAssessment:
    """Return how a law assesses all places of a service.

    Args:
        registry: the list that states the service; its date decides what the words of bases mean.
        service: the service.
        law: the key of the law.
        day: the day.
    """
    known = load_law(law)
    places = tuple(
        assess_stated_place(registry, service, law, day, each.place) for each in service.processing
    )
    country = service.entity.country if service.entity else None
    recipient = country if country and not known.is_home(country, day) else None
    others = [recipient] if recipient else []
    if not places and not others:
        others = sorted(load_country_codes())
        if registry.model.law != (law,):
            # A safeguard carries a transfer to any place; a decision may be another law's
            others = [each for each in others if not known.find_decisions(each, day)][:1]
    outcomes = _assess_countries(registry, service, known, day, others)
    return ServiceAssessment(known, day, places, outcomes, recipient)


def assess_stated_place(
    registry: Registry, service: Service, law: str, day: date, names: Iterable[str]
) -> PlaceAssessment:
    """Return how a law assesses a place that one of some names means, for a service."""
    stated, known = tuple(names), load_law(law)
    countries = PlaceResolver(registry.gazetteer, day).resolve_places(stated)
    outcomes = _assess_countries(registry, service, known, day, sorted(countries))
    return PlaceAssessment(known, day, stated, outcomes)


def _assess_countries(
    registry: Registry, service: Service, law: Law, day: date, countries: Iterable[str]
) -> tuple[Outcome, ...]:
    resolver = PlaceResolver(registry.gazetteer, day)
    return tuple(resolver.assess(law, country, service, registry.model.date) for country in countries)


def _carries(outcome: Outcome, basis: BasisOutcome) -> bool:
    return basis.rule is not None and basis.is_accepted and not _is_needless(outcome, basis.rule)


def _is_needless(outcome: Outcome, rule: TransferBasisRule) -> bool:
    """Return whether a rule is an exception for want of a decision where there is one."""
    return rule.is_last_resort and outcome.last_known_status is TransferStatus.ADEQUATE


def _is_home(outcome: Outcome) -> bool:
    return outcome.last_known_status is TransferStatus.NOT_TRANSFERRED
