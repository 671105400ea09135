"""Figures of a list: how many services process where, and how many see which data."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.registry.models import Service


class BarPart(NamedTuple):
    """A stretch of a bar, from `start` for `length`, both in percent of the longest possible bar."""

    tone: str
    start: str
    length: str


class Bar(NamedTuple):
    """One row of a figure: what is counted, in words and as a bar."""

    label: str
    meaning: str
    counts: tuple[str, ...]
    parts: tuple[BarPart, ...]


def build_place_bars(
    export: Export, wording: PageWording, services: Mapping[str, Service]
) -> tuple[Bar, ...]:
    """Return a bar for each stated place, the longest first, and one for what is not stated."""
    classifier = RegionClassifier(export.registry, export.as_of)
    found: dict[tuple[str, str, RegionClass], set[str]] = {}
    for key, service in services.items():
        for place in service.processing:
            outcome = wording.formatter.transfers.format_outcome(classifier.assess(service, place))
            row = wording.format_places(place.place), outcome, classifier.classify(service, place)
            found.setdefault(row, set()).add(key)
    rows = sorted(
        ((len(keys), *row) for row, keys in found.items()),
        key=lambda row: (-row[0], row[1:]),
    )
    unstated_count = sum(not service.processing for service in services.values())
    if unstated_count:
        rows.append((unstated_count, wording.format_text("not-stated"), "", RegionClass.UNSTATED))
    return tuple(
        Bar(label, outcome, (str(number),), tuple(_iter_parts(len(services), {region_class: number})))
        for number, label, outcome, region_class in rows
    )


def build_data_bars(export: Export, wording: PageWording, services: Mapping[str, Service]) -> tuple[Bar, ...]:
    """Return a bar for each kind of data: services that state to see it, and that do not rule it out."""
    bars = []
    for top in export.registry.category_tree.top_level:
        verdicts = [
            data_access.category_of(each, export.registry.category_tree, top).verdict
            for each in services.values()
        ]
        yes, unknown = verdicts.count(Verdict.YES), verdicts.count(Verdict.UNKNOWN)
        parts = tuple(_iter_parts(len(services), {"seen": yes, "unstated": unknown}))
        bars.append(Bar(wording.format_category(top), "", (str(yes), str(unknown)), parts))
    return tuple(bars)


def _iter_parts(whole: int, numbers: Mapping[str, int]) -> Iterator[BarPart]:
    start = 0
    for tone, number in numbers.items():
        if number:
            yield BarPart(tone, _format_percent(start, whole), _format_percent(number, whole))
        start += number


def _format_percent(number: int, whole: int) -> str:
    return f"{100 * number / whole:.2f}%"
