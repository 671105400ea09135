"""The decisions and safeguards that cover the transfers of a service, under each law of the list."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from subproc_cli.evaluation import transfer_advice
from subproc_cli.evaluation.transfer_bases import find_valid_bases
from subproc_cli.evaluation.transfer_outcomes import Outcome, RemarkKind
from subproc_cli.evaluation.transfer_texts import format_remark
from subproc_cli.reference.law_facts import Decision
from subproc_cli.reference.laws import Law
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RuleContext


class TransferLeg(NamedTuple):
    """A country of a place abroad, under one law.

    Attributes:
        place_index: the position of the place in `processing`.
        country: its code.
        law: the law, to which it is a third country.
        outcome: how the law assesses it.
    """

    place_index: int
    country: str
    law: Law
    outcome: Outcome


def iter_legs(context: RuleContext, service: Service) -> Iterator[TransferLeg]:
    """Yield every country of every place that lies wholly outside, law by law.

    Nothing is yielded for days that the data on a law does not cover.
    """
    for law in context.laws:
        if context.as_of < law.known_since:
            continue
        for place_index, place in enumerate(service.processing):
            countries = context.place_resolver.resolve_places(place.place)
            if not any(law.needs_no_basis(country, context.as_of) for country in countries):
                for country in sorted(countries):
                    yield TransferLeg(place_index, country, law, context.assess(service, law, country))


def find_uncovered_legs(context: RuleContext, service: Service) -> Iterator[TransferLeg]:
    """Yield the transfers to places outside that no safeguard and no decision of the law covers.

    Every law of the list has to be satisfied.
    """
    return (leg for leg in iter_legs(context, service) if not leg.outcome.is_carried)


def group_by_law(legs: Iterable[TransferLeg]) -> Iterator[tuple[Law, list[TransferLeg]]]:
    """Group legs by law; they are in the order of the laws."""
    for law, group in groupby(legs, key=attrgetter("law")):
        yield law, list(group)


def is_covered(context: RuleContext, service: Service, country: str, law: Law) -> bool:
    """Return whether the statements of a service suffice for a law to send data to a country."""
    if context.as_of < law.known_since or law.needs_no_basis(country, context.as_of):
        return True
    return context.assess(service, law, country).is_carried


def iter_relied_decisions(context: RuleContext, service: Service) -> Iterator[tuple[TransferLeg, Decision]]:
    """Yield the decisions that carry the places outside, each with the place, the country and the law."""
    for leg in iter_legs(context, service):
        if not leg.outcome.needs_basis:
            yield from ((leg, decision) for decision in leg.outcome.decisions)


def add_horizon(hint: str, law: Law, legs: Iterable[TransferLeg]) -> str:
    """Return a hint, with a remark if the data on a law ends before the day and a later act may matter."""
    remarks = (
        remark
        for leg in legs
        for remark in leg.outcome.remarks
        if remark.kind is RemarkKind.AFTER_KNOWN_UNTIL
    )
    return "; ".join((hint, *(dict.fromkeys(format_remark(law, each) for each in remarks))))


def suggest_bases(context: RuleContext, service: Service, law: Law, legs: Sequence[TransferLeg]) -> str:
    """Return what to add so that a law accepts some legs; an exception is never proposed."""
    countries = [leg.country for leg in legs]
    stated = find_valid_bases(service, context.as_of)
    return transfer_advice.suggest_bases({law.key: countries}, [law.key], stated, context.as_of)


def suggest_safeguards(context: RuleContext, service: Service, law: Law) -> str:
    """Return which safeguards would still carry a transfer under a law if its decision fell."""
    stated = find_valid_bases(service, context.as_of)
    return transfer_advice.suggest_safeguards([law.key], [law.key], stated, context.as_of)
