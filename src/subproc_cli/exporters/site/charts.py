"""Figures of a list: how many services process where, and how many see which data."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from subproc_cli.describe.wording import Wording
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.regions import Border, Sides
from subproc_cli.registry.models import Service


class Part(NamedTuple):
    """A stretch of a bar, from `start` for `length`, both in percent of the longest possible bar."""

    tone: str
    start: str
    length: str


class Bar(NamedTuple):
    """One row of a figure: what is counted, in words and as a bar."""

    label: str
    meaning: str
    counts: tuple[str, ...]
    parts: tuple[Part, ...]


def place_bars(export: Export, wording: Wording, services: Mapping[str, Service]) -> tuple[Bar, ...]:
    """Return a bar for each stated place, the longest first, and one for what is not stated."""
    sides = Sides(export.about, export.day)
    found: dict[tuple[str, Border], set[str]] = {}
    for key, service in services.items():
        for place in service.processing:
            where = wording.places(place.place), sides.side(key, service, place)
            found.setdefault(where, set()).add(key)
    rows = sorted(((len(keys), *where) for where, keys in found.items()), key=lambda row: (-row[0], row[1:]))
    silent = sum(not service.processing for service in services.values())
    if silent:
        rows.append((silent, wording.text("not_stated"), Border.UNSTATED))
    return tuple(
        Bar(
            label,
            "" if side is Border.UNSTATED else wording.word("sides", side),
            (str(number),),
            tuple(_parts(len(services), {side: number})),
        )
        for number, label, side in rows
    )


def data_bars(export: Export, wording: Wording, services: Mapping[str, Service]) -> tuple[Bar, ...]:
    """Return a bar for each kind of data: services that state to see it, and that do not rule it out."""
    bars = []
    for top in export.about.tree.tops:
        verdicts = [
            data_access.category_of(each, export.about.tree, top).verdict for each in services.values()
        ]
        yes, unknown = verdicts.count(Verdict.YES), verdicts.count(Verdict.UNKNOWN)
        parts = tuple(_parts(len(services), {"seen": yes, "unstated": unknown}))
        bars.append(Bar(wording.category(top), "", (str(yes), str(unknown)), parts))
    return tuple(bars)


def _parts(whole: int, numbers: Mapping[str, int]) -> Iterator[Part]:
    start = 0
    for tone, number in numbers.items():
        if number:
            yield Part(tone, _percent(start, whole), _percent(number, whole))
        start += number


def _percent(number: int, whole: int) -> str:
    return f"{100 * number / whole:.2f}%"
