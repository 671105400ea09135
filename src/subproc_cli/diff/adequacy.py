"""How the laws of a list assess the place of a change."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diff.change import Change
from subproc_cli.diff.places import ALTERNATIVE_SEPARATOR
from subproc_cli.evaluation.service_transfers import PlaceAssessment, assess_stated_place
from subproc_cli.evaluation.transfer_outcomes import TransferStatus
from subproc_cli.reference.law_facts import Doubt
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

PLACE_ADDED_KINDS = frozenset(("place-added-outside", "place-added-adequate", "place-added-eea"))
"""The kinds of change whose sentences name the assessment of a place."""
_SETTLED = frozenset((TransferStatus.NOT_TRANSFERRED, TransferStatus.ADEQUATE))


def assess_added_place(registry: Registry, change: Change) -> list[PlaceAssessment]:
    """Return how the laws of a list, on its date, assess the place that a change adds."""
    service = registry.model.services[change.service]
    names = [name for place in change.added for name in place.partition(" (")[0].split(ALTERNATIVE_SEPARATOR)]
    return [
        assess_stated_place(registry, service, law, registry.model.date, names) for law in registry.model.law
    ]


def find_moved_laws(revisions: tuple[Registry, Registry], change: Change) -> tuple[str, ...]:
    """Return the laws under which places lost or gained adequacy, or a doubt arose, between two revisions."""
    old, new = revisions
    if change.kind == "adequacy-doubted":
        return tuple(dict.fromkeys(find_doubts_of_change(revisions, change).values()))
    return tuple(law for law in new.model.law if _has_moved(revisions, change, law)) or (
        *(law for law in new.model.law if law in old.model.law),
    )


def find_new_doubts(revisions: tuple[Registry, Registry], service: Service, country: str) -> dict[Doubt, str]:
    """Return new doubts between two revisions about a decision on which a service relies, each with its law.

    A doubt as old as its decision is not new: the place was adequate with it from the beginning.
    """
    old, new = (registry.model.date for registry in revisions)
    return {
        doubt: law
        for law in revisions[1].model.law
        for outcome in assess_stated_place(revisions[1], service, law, new, [country]).outcomes
        if outcome.last_known_status is TransferStatus.ADEQUATE
        for decision in outcome.decisions
        for doubt in decision.doubts
        if old < doubt.since <= new and doubt.since != decision.date_range.since
    }


def find_doubts_of_change(revisions: tuple[Registry, Registry], change: Change) -> dict[Doubt, str]:
    """Return the doubts that a change of the kind `adequacy-doubted` is about, each with its law."""
    service = revisions[1].model.services[change.service]
    found = [find_new_doubts(revisions, service, country) for country in change.added]
    return {doubt: law for each in found for doubt, law in each.items()}


def _has_moved(revisions: tuple[Registry, Registry], change: Change, law: str) -> bool:
    old, new = revisions
    service = _remove_ends(new.model.services[change.service])
    days = (old.model.date, new.model.date)
    return any(
        len({*_iter_settled(new, service, law, days, country)}) > 1
        for country in (*change.removed, *change.added)
    )


def _iter_settled(
    registry: Registry, service: Service, law: str, days: tuple[date, date], country: str
) -> Iterator[bool]:
    for day in days:
        yield assess_stated_place(registry, service, law, day, [country]).status in _SETTLED


def _remove_ends(service: Service) -> Service:
    """Return a service whose bases never end, since the law does not cause their ends."""
    endless = tuple(each.model_copy(update={"until": None}) for each in service.transfer)
    return service.model_copy(update={"transfer": endless})
