"""What a notice lacks that the other side needs in order to object.

Source: Implementing Decision (EU) 2021/914, Clause 9(a), option 2 (the information necessary to exercise the
right to object) and Annex III; EDPB Opinion 22/2024 (identity, place and transfers of every subprocessor).
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.described import DESCRIBED
from subproc_cli.enums import Regime
from subproc_cli.facts.places import Atlas, Side, processes
from subproc_cli.problem import Where
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Service
from subproc_cli.verdict import Verdict

_MOVED = frozenset(("processing", "transfer"))


class Lack(StrEnum):
    """What is missing; the value is the field to add."""

    WHO = "entity.name"
    WHERE = "processing"
    DATA = "sees"
    WHAT_FOR = "purpose"
    TRANSFER = "transfer"
    OBJECT_TO = "notice.contact"


class Gap(NamedTuple):
    """Something that the list does not state; the service is empty if it is about the list itself."""

    service: str
    lack: Lack


def gaps(index: Index, changes: tuple[Change, ...], day: date, laws: tuple[Regime, ...]) -> tuple[Gap, ...]:
    """Return what a list does not state of the services that are new or move, by some laws on a day."""
    found = [] if index.registry.notice.contact else [Gap("", Lack.OBJECT_TO)]
    leaves = _Leaves(index, day, laws)
    new = {change.service for change in changes if change.kind in DESCRIBED}
    moved = {change.service for change in changes if change.field in _MOVED}
    for key in dict.fromkeys(change.service for change in changes):
        service = index.registry.services.get(key)
        if service and key in new:
            found += [Gap(key, lack) for lack, known in _KNOWN.items() if not known(service)]
        if service and key in new | moved and not service.transfer and leaves(key, service):
            found.append(Gap(key, Lack.TRANSFER))
    return tuple(found)


_KNOWN: dict[Lack, Callable[[Service], object]] = {
    Lack.WHO: lambda service: service.entity and service.entity.name,
    Lack.WHERE: lambda service: service.processing,
    Lack.DATA: lambda service: service.sees or service.never_sees,
    Lack.WHAT_FOR: lambda service: service.purpose,
}


class _Leaves:
    """Tells whether data may leave for a country that the law does not hold adequate."""

    def __init__(self, index: Index, day: date, regimes: tuple[Regime, ...]) -> None:
        self._atlas = Atlas(index.gazetteer, day)
        self._outside = Side(self._atlas.adequate(regimes), outside=True)

    def __call__(self, key: str, service: Service) -> bool:
        if not service.processing:
            return False  # the place itself is missing, which is told
        return processes(key, service, self._atlas, self._outside).verdict is not Verdict.NO


def told(index: Index, found: tuple[Gap, ...]) -> Iterator[tuple[Where, str, str]]:
    """Yield for each gap where to add something, of whom, and which field."""
    for service, lack in found:
        route = ("services", service) if service else ("notice",)
        name = index.registry.services[service].name if service else index.registry.publisher
        yield index.where(route), name, lack.value
