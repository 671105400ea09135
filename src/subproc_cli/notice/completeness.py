"""What a notice lacks that the other side needs in order to object.

Source: Implementing Decision (EU) 2021/914, Clause 9(a), option 2 (the information necessary to exercise the
right to object) and Annex III (name, address and contact person); EDPB Opinion 22/2024 (identity, place and
transfers of every subprocessor).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.diagnostics import Position
from subproc_cli.diff.change import Change
from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.transfer_advice import suggest_bases
from subproc_cli.evaluation.transfer_bases import find_valid_bases
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.effective_days import find_service_day
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_TRANSFER_FIELDS = frozenset(("processing", "transfer", "entity.country"))
_PARTY_KINDS = frozenset(("entity-changed", "entity-stated"))
"""Kinds of change after which another company is the party that customers have to be able to identify."""
_ENGLISH = StatementFormatter(ENGLISH)


class MissingField(StrEnum):
    """What is missing; the value is the field to add."""

    ENTITY_NAME = "entity.name"
    ENTITY_ADDRESS = "entity.address"
    ENTITY_COUNTRY = "entity.country"
    SERVICE_CONTACT = "contact"
    PROCESSING = "processing"
    SEES = "sees"
    PURPOSE = "purpose"
    TRANSFER = "transfer"
    CONTACT = "notice.contact"


class Gap(NamedTuple):
    """Something that the list does not state.

    Attributes:
        service: the id of the service; empty if it is about the list itself.
        field: what is missing.
        laws: the laws under which what is stated is not enough; empty if nothing is stated at all.
        advice: what to add, where the name of the field alone would not help.
    """

    service: str
    field: MissingField
    laws: tuple[str, ...] = ()
    advice: str = ""


def find_gaps(
    registry: Registry, changes: tuple[Change, ...], as_of: date, laws: tuple[str, ...]
) -> tuple[Gap, ...]:
    """Return the facts that a list lacks on services that are new or move.

    Args:
        registry: the coming list. Its own laws bind the publisher, who is the one that transfers.
        changes: the changes of the notice.
        as_of: the day of effect. It decides what the laws hold adequate and which bases have lapsed; for a
            service that begins later, its first day does.
        laws: those of the customer, which count as well.
    """
    found = [] if registry.model.notice.contact else [Gap("", MissingField.CONTACT)]
    find_uncovered_laws = _UncoveredLawFinder(registry, tuple(dict.fromkeys((*laws, *registry.model.law))))
    new = {change.service for change in changes if change.kind in FULL_CONTENT_KINDS}
    with_new_party = {change.service for change in changes if change.kind in _PARTY_KINDS}
    moved = {change.service for change in changes if change.field in _TRANSFER_FIELDS}
    for key in dict.fromkeys(change.service for change in changes):
        service = registry.model.services.get(key)
        if service and key in new:
            found += [Gap(key, lack) for lack, known in _GETTERS.items() if not known(service)]
        elif service and key in with_new_party:
            found += [Gap(key, lack) for lack in _PARTY_FIELDS if not _GETTERS[lack](service)]
        if service and key in new | moved:
            day = find_service_day(service, as_of)
            lacking = find_uncovered_laws(service, day)
            if lacking and service.transfer:
                advice = find_uncovered_laws.suggest_bases(service, lacking, day)
                found.append(Gap(key, MissingField.TRANSFER, tuple(lacking), advice))
            elif lacking:
                found.append(Gap(key, MissingField.TRANSFER))
    return tuple(found)


def merge_gaps(registry: Registry, gaps: Iterable[tuple[Gap, date]]) -> tuple[Gap, ...]:
    """Return the gaps of several notices, each once: under all the laws of those who are notified.

    Args:
        registry: the coming list.
        gaps: each gap of a notice, with the day of effect of the notice.
    """
    groups: dict[tuple[str, MissingField], list[tuple[Gap, date]]] = {}
    for gap, day in gaps:
        groups.setdefault((gap.service, gap.field), []).append((gap, day))
    return tuple(_merge_group(registry, group) for group in groups.values())


def _merge_group(registry: Registry, group: list[tuple[Gap, date]]) -> Gap:
    first = group[0][0]
    named = {law for gap, _ in group for law in gap.laws}
    if len({gap.laws for gap, _ in group}) == 1:
        return first
    laws = (*(law for law in registry.model.law if law in named), *sorted(named - {*registry.model.law}))
    service = registry.model.services[first.service]
    day = find_service_day(service, max(day for _, day in group))
    find_uncovered_laws = _UncoveredLawFinder(registry, laws)
    advice = find_uncovered_laws.suggest_bases(service, find_uncovered_laws(service, day), day)
    return first._replace(laws=laws, advice=advice)


_GETTERS: dict[MissingField, Callable[[Service], object]] = {
    MissingField.ENTITY_NAME: lambda service: service.entity and service.entity.name,
    MissingField.ENTITY_ADDRESS: lambda service: service.entity and service.entity.address,
    MissingField.ENTITY_COUNTRY: lambda service: service.entity and service.entity.country,
    MissingField.SERVICE_CONTACT: lambda service: service.contact,
    MissingField.PROCESSING: lambda service: service.processing,
    MissingField.SEES: lambda service: service.sees or service.never_sees,
    MissingField.PURPOSE: lambda service: service.purpose,
}


_PARTY_FIELDS = (MissingField.ENTITY_NAME, MissingField.ENTITY_ADDRESS, MissingField.ENTITY_COUNTRY)


class _UncoveredLawFinder:
    """Finds the laws under which nothing that is stated carries a transfer to one of the places."""

    def __init__(self, registry: Registry, regimes: tuple[str, ...]) -> None:
        self._registry = registry
        self._laws = regimes

    def __call__(self, service: Service, as_of: date) -> dict[str, tuple[str, ...]]:
        """Return the countries for each law; nothing if no place is stated, which is another gap."""
        uncovered = {law: self._find_countries(service, law, as_of) for law in self._laws}
        return {law: countries for law, countries in uncovered.items() if countries}

    def _find_countries(self, service: Service, law: str, as_of: date) -> tuple[str, ...]:
        """Return the countries to which nothing carries a transfer under a law."""
        places = assess_service(self._registry, service, law, as_of).places
        outcomes = (outcome for place in places for outcome in place.outcomes)
        return tuple(sorted({each.place for each in outcomes if not each.is_carried}))

    def suggest_bases(self, service: Service, uncovered: Mapping[str, tuple[str, ...]], as_of: date) -> str:
        """Return what to add for the laws under which something is missing, as `check` advises it."""
        return suggest_bases(uncovered, self._laws, find_valid_bases(service, as_of), as_of)


def describe_gaps(registry: Registry, gaps: tuple[Gap, ...]) -> Iterator[tuple[Position, str, str]]:
    """Yield for each gap the position to fix, the service, the laws and the field."""
    for gap in gaps:
        path = ("services", gap.service) if gap.service else ("notice",)
        name = registry.model.services[gap.service].name if gap.service else registry.model.publisher
        under = f" under {_ENGLISH.transfers.format_laws(gap.laws)}" if gap.laws else ""
        yield registry.locate(path), f"{name}{under}", gap.field.value
