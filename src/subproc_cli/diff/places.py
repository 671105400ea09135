"""Changes of where a service processes, judged by the countries that the places stand for."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.judged import Judged
from subproc_cli.enums import Level
from subproc_cli.facts.places import Atlas, Belongs
from subproc_cli.registry.models import Processing, Service
from subproc_cli.verdict import Verdict

Countries: TypeAlias = frozenset[str]

FIELD = "processing"


class Spot(NamedTuple):
    """A stated place: its name, and the countries of which at least one is meant."""

    name: str
    countries: Countries


def judge(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the changes of place, on the law of the new revision's date."""
    atlas = Atlas(comparison.new.gazetteer, comparison.new.registry.date)
    adequate = atlas.adequate(comparison.new.registry.law)
    yield from _Move(pair, atlas, adequate).judged()


class _Move:
    """The places before and after, sorted into what stayed, came and went."""

    def __init__(self, pair: Pair, atlas: Atlas, adequate: Belongs) -> None:
        old, new = _spots(pair.old, atlas), _spots(pair.new, atlas)
        self._pair = pair
        self._adequate = adequate
        self._eea = atlas.countries("EEA")
        self._old, self._new = old, new
        self._came = [spot for key, spot in new.items() if key not in old]
        self._gone = [spot for key, spot in old.items() if key not in new]

    def judged(self) -> Iterator[Judged]:
        if not self._old or not self._new:
            yield from self._known_or_not()
            return
        yield from self._sharpened()
        if self._gone and self._came and len(self._gone) == len(self._old):
            level = Level.INFORM if self._within_eea(self._came) else None
            yield _judged("place-moved", self._gone, self._came, level)
            self._gone, self._came = [], []
        yield from self._added()
        yield from self._removed()
        yield from self._reworded()

    def _known_or_not(self) -> Iterator[Judged]:
        if self._came:
            level = None if self._within_eea(self._came) else Level.NOTICE
            yield _judged("place-stated", [], self._came, level)
        elif self._gone:
            yield _judged("place-withdrawn", self._gone, [])

    def _sharpened(self) -> Iterator[Judged]:
        """Yield what became more or less precise, and take it from what came and went."""
        came, gone = tuple(self._came), tuple(self._gone)
        for wide in gone:
            inside = [spot for spot in came if spot.countries < wide.countries]
            if inside:
                yield _judged("place-clearer", [wide], inside)
                self._explain([wide, *inside])
        for wide in came:
            inside = [spot for spot in gone if spot.countries < wide.countries]
            if inside:
                yield _judged("place-vaguer", inside, [wide])
                self._explain([wide, *inside])

    def _explain(self, spots: list[Spot]) -> None:
        self._came = [spot for spot in self._came if spot not in spots]
        self._gone = [spot for spot in self._gone if spot not in spots]

    def _added(self) -> Iterator[Judged]:
        covered = _covered(self._old)
        if any(spot.countries <= covered for spot in self._came):
            yield _judged("place-clearer", list(self._old.values()), list(self._new.values()))
        for spot in self._came:
            if not spot.countries <= covered:
                yield _judged(self._addition(spot), [], [spot])

    def _addition(self, spot: Spot) -> str:
        abroad = spot.countries - self._eea
        if not abroad:
            return "place-added-eea"
        verdicts = {self._adequate(country, self._pair.new) for country in abroad}
        return "place-added-adequate" if verdicts == {Verdict.YES} else "place-added-outside"

    def _removed(self) -> Iterator[Judged]:
        covered = _covered(self._new)
        if any(spot.countries <= covered for spot in self._gone):
            yield _judged("place-vaguer", list(self._old.values()), list(self._new.values()))
        for spot in self._gone:
            if not spot.countries <= covered:
                yield _judged("place-removed", [spot], [])

    def _reworded(self) -> Iterator[Judged]:
        old, new = _words(self._pair.old), _words(self._pair.new)
        for spot, words in new.items():
            if spot in old and old[spot] != words:
                yield Judged("place-condition-changed", FIELD, (old[spot] or spot,), (words or spot,))

    def _within_eea(self, spots: list[Spot]) -> bool:
        return all(spot.countries <= self._eea for spot in spots)


def _judged(kind: str, before: list[Spot], after: list[Spot], level: Level | None = None) -> Judged:
    return Judged(
        kind,
        FIELD,
        tuple(spot.name for spot in before),
        tuple(spot.name for spot in after),
        level,
    )


def _covered(spots: dict[str, Spot]) -> Countries:
    return frozenset().union(*(spot.countries for spot in spots.values()))


def _spots(service: Service, atlas: Atlas) -> dict[str, Spot]:
    return {name(place): Spot(name(place), atlas.covered(place.place)) for place in service.processing}


def name(place: Processing) -> str:
    """Return a stated place in one word: what two revisions compare it by."""
    text = " or ".join(place.place)
    return f"{text} ({place.how})" if place.how else text


def _words(service: Service) -> dict[str, str]:
    return {
        name(place): "; ".join(text for text in (place.when, place.note) if text)
        for place in service.processing
    }
