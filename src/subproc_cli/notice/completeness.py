"""What a notice lacks that the other side needs in order to object.

Source: Implementing Decision (EU) 2021/914, Clause 9(a), option 2 (the information necessary to exercise the
right to object) and Annex III; EDPB Opinion 22/2024 (identity, place and transfers of every subprocessor).
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.describe.statements import Statements
from subproc_cli.diagnostics import Where
from subproc_cli.diff.change import Change
from subproc_cli.diff.fingerprint import DESCRIBED
from subproc_cli.enums import Language, Regime
from subproc_cli.evaluation.attributes import bases
from subproc_cli.evaluation.places import Atlas
from subproc_cli.reference.adequacy import jurisdiction
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index
from subproc_cli.text import listed

_MOVED = frozenset(("processing", "transfer"))
_ENGLISH = Statements(Language.EN)


class Lack(StrEnum):
    """What is missing; the value is the field to add."""

    WHO = "entity.name"
    WHERE = "processing"
    DATA = "sees"
    WHAT_FOR = "purpose"
    TRANSFER = "transfer"
    OBJECT_TO = "notice.contact"


class Gap(NamedTuple):
    """Something that the list does not state.

    Attributes:
        service: the id of the service; empty if it is about the list itself.
        lack: what is missing.
        laws: the laws under which what is stated is not enough; empty if nothing is stated at all.
    """

    service: str
    lack: Lack
    laws: tuple[Regime, ...] = ()


def gaps(index: Index, changes: tuple[Change, ...], day: date, laws: tuple[Regime, ...]) -> tuple[Gap, ...]:
    """Return what a list does not state of the services that are new or move.

    Args:
        index: the coming list. Its own laws bind the publisher, who is the one that transfers.
        changes: the changes of the notice.
        day: the day of effect, which decides what the laws hold adequate.
        laws: those of the customer, which count as well.
    """
    found = [] if index.registry.notice.contact else [Gap("", Lack.OBJECT_TO)]
    uncarried = _Uncarried(index, day, tuple(dict.fromkeys((*laws, *index.registry.law))))
    new = {change.service for change in changes if change.kind in DESCRIBED}
    moved = {change.service for change in changes if change.field in _MOVED}
    for key in dict.fromkeys(change.service for change in changes):
        service = index.registry.services.get(key)
        if service and key in new:
            found += [Gap(key, lack) for lack, known in _KNOWN.items() if not known(service)]
        if service and key in new | moved:
            lacking = uncarried(service)
            found += [Gap(key, Lack.TRANSFER, lacking if service.transfer else ())] if lacking else []
    return tuple(found)


_KNOWN: dict[Lack, Callable[[Service], object]] = {
    Lack.WHO: lambda service: service.entity and service.entity.name,
    Lack.WHERE: lambda service: service.processing,
    Lack.DATA: lambda service: service.sees or service.never_sees,
    Lack.WHAT_FOR: lambda service: service.purpose,
}


class _Uncarried:
    """Finds the laws under which nothing that is stated carries a transfer to one of the places."""

    def __init__(self, index: Index, day: date, regimes: tuple[Regime, ...]) -> None:
        self._atlas = Atlas(index.gazetteer, day)
        self._day = day
        self._laws = tuple(map(jurisdiction, regimes))

    def __call__(self, service: Service) -> tuple[Regime, ...]:
        """Return the laws; none if no place is stated, which is a gap of its own."""
        stated = bases(service, self._day)
        countries = self._atlas.covered(place for each in service.processing for place in each.place)
        return tuple(
            law.regime
            for law in self._laws
            if not all(law.carries(country, stated, self._day) for country in countries)
        )


def told(index: Index, found: tuple[Gap, ...]) -> Iterator[tuple[Where, str, str]]:
    """Yield for each gap where to add something, of whom and under which laws, and which field."""
    for gap in found:
        route = ("services", gap.service) if gap.service else ("notice",)
        name = index.registry.services[gap.service].name if gap.service else index.registry.publisher
        under = f" under {listed(map(_ENGLISH.law, gap.laws))}" if gap.laws else ""
        yield index.where(route), f"{name}{under}", gap.lack.value
