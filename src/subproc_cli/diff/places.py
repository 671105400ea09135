"""Changes of where a service processes, judged by the countries that the places stand for.

Each side is read with its own publisher's regions, both on the law of the new revision's date. What
a place is called makes no difference, nor how many names say the same.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeAlias

from subproc_cli.diff.change import Judged
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.vocabulary import built_in
from subproc_cli.enums import How, Level
from subproc_cli.evaluation.places import Atlas, Belongs
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.registry import Index

Reach: TypeAlias = frozenset[tuple[str, How | None]]
"""Countries with how there is processed in each: people who look in are not storage."""

FIELD = "processing"
ONE_OF = "|"
"""Stands between places of which at least one is meant."""


class Spot(NamedTuple):
    """A stated place.

    Attributes:
        name: what it is called.
        reach: the countries of which at least one is meant.
        words: the conditions and notes around it.
        at: its position in the list of places.
    """

    name: str
    reach: Reach
    words: tuple[str, ...]
    at: int

    @property
    def countries(self) -> frozenset[str]:
        """The countries alone."""
        return frozenset(country for country, _ in self.reach)


def judge(comparison: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the changes of place, on the law of the new revision's date."""
    redefined = comparison.meanings.redefined
    day = comparison.new.registry.date
    old = _spots(pair.old, comparison.old, day, redefined)
    new = _spots(pair.new, comparison.new, day, redefined)
    yield from _Move(comparison.new, pair.new, old, new).judged()


class _Move:
    """The places before and after, sorted into what stayed, came and went."""

    def __init__(
        self, index: Index, service: Service, old: dict[Reach, Spot], new: dict[Reach, Spot]
    ) -> None:
        atlas = Atlas(index.gazetteer, index.registry.date)
        self._service = service
        self._adequate: Belongs = atlas.adequate(index.registry.law)
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
            level = Level.INFORM if self._within_eea() else None
            yield self._arrived("place-moved", self._gone, level)
            self._gone, self._came = [], []
        yield from self._added()
        yield from self._removed()
        yield from self._reworded()

    def _known_or_not(self) -> Iterator[Judged]:
        if self._came:
            level = None if self._within_eea() else Level.NOTICE
            yield self._arrived("place-stated", [], level)
        elif self._gone:
            yield _judged("place-withdrawn", self._gone, [])

    def _arrived(self, kind: str, gone: list[Spot], level: Level | None) -> Judged:
        """Return a change that holds the additions of all places that came."""
        claims = tuple(dict.fromkeys(map(self._addition, self._came)))
        return _judged(kind, gone, self._came)._replace(level=level, claims=claims)

    def _sharpened(self) -> Iterator[Judged]:
        """Yield what became more or less precise, and take it from what came and went."""
        came, gone = tuple(self._came), tuple(self._gone)
        for wide in gone:
            inside = [spot for spot in came if _within(spot, wide)]
            if inside:
                yield self._clearer([wide], inside, inside)
                self._explain([wide, *inside])
        for wide in came:
            inside = [spot for spot in gone if _within(spot, wide)]
            if inside:
                yield _judged("place-vaguer", inside, [wide])
                self._explain([wide, *inside])

    def _explain(self, spots: list[Spot]) -> None:
        self._came = [spot for spot in self._came if spot not in spots]
        self._gone = [spot for spot in self._gone if spot not in spots]

    def _added(self) -> Iterator[Judged]:
        known = [spot for spot in self._came if self._known(spot, self._old)]
        if known:
            yield self._clearer(self._old.values(), self._new.values(), known)
        for spot in self._came:
            if spot not in known:
                yield _judged(self._addition(spot), [], [spot])

    def _known(self, spot: Spot, others: dict[Reach, Spot]) -> bool:
        """Tell whether a place says no more than others: not if it alone lies outside the EEA for certain."""
        if not spot.reach <= _covered(others.values()):
            return False
        inside = any(spot.reach <= _covered([other]) for other in others.values())
        open_ = any(not other.countries.isdisjoint(self._eea) for other in _touching(spot, others))
        return inside or not (open_ and spot.countries.isdisjoint(self._eea))

    def _clearer(self, before: Iterable[Spot], after: Iterable[Spot], spots: list[Spot]) -> Judged:
        """Return that places are clearer; a transfer comes to light where one alternative has fallen away.

        That is where a place that had a country in the EEA, or an adequate one, has none of them now. Of
        several places that it may have been the one that protects most counts.
        """
        light = [
            spot
            for spot in spots
            if any(self._distance(each) < self._distance(spot) for each in _touching(spot, self._old))
        ]
        claims = tuple(dict.fromkeys(map(self._addition, light)))
        level = Level.NOTICE if light else None
        return _judged("place-clearer", before, after)._replace(level=level, claims=claims)

    def _distance(self, spot: Spot) -> int:
        """Return how far a place lies from the EEA for certain: within (0), adequate (1), or outside (2)."""
        if not spot.countries.isdisjoint(self._eea):
            return 0
        adequate = (self._adequate(country, self._service) is Verdict.YES for country in spot.countries)
        return 1 if any(adequate) else 2

    def _addition(self, spot: Spot) -> str:
        abroad = spot.countries - self._eea
        if not abroad:
            return "place-added-eea"
        verdicts = {self._adequate(country, self._service) for country in abroad}
        return "place-added-adequate" if verdicts == {Verdict.YES} else "place-added-outside"

    def _removed(self) -> Iterator[Judged]:
        known = [spot for spot in self._gone if self._known(spot, self._new)]
        if known:
            yield _judged("place-vaguer", self._old.values(), self._new.values())
        for spot in self._gone:
            if spot not in known:
                yield _judged("place-removed", [spot], [])

    def _reworded(self) -> Iterator[Judged]:
        for key, spot in self._new.items():
            if key in self._old and self._old[key].words != spot.words:
                kind, field = "place-condition-changed", f"{FIELD}.{spot.name}"
                yield Judged(kind, field, self._old[key].words, spot.words, route=(FIELD, spot.at))

    def _within_eea(self) -> bool:
        return all(spot.countries <= self._eea for spot in self._came)


def _judged(kind: str, before: Iterable[Spot], after: Iterable[Spot]) -> Judged:
    gone, came = (tuple(dict.fromkeys(spot.name for spot in side)) for side in (before, after))
    return Judged(kind, FIELD, gone, came)


def _within(spot: Spot, wide: Spot) -> bool:
    """Tell whether a place is a part of another one, or only a look into it."""
    return spot.reach < _covered([wide])


def _touching(spot: Spot, others: dict[Reach, Spot]) -> list[Spot]:
    """Return the places of which one may have meant another; none if the other follows from one of them."""
    lying = spot.reach | {(country, None) for country, how in spot.reach if how is How.REMOTE_ACCESS}
    if any(other.reach <= lying for other in others.values()):
        return []
    return [other for other in others.values() if not lying.isdisjoint(_covered([other]))]


def _covered(spots: Iterable[Spot]) -> Reach:
    """Return what places cover together; where data lies, people may look at it."""
    stated: Reach = frozenset().union(*(spot.reach for spot in spots))
    return stated | {(country, How.REMOTE_ACCESS) for country, _ in stated}


def _spots(service: Service, index: Index, day: date, redefined: frozenset[str]) -> dict[Reach, Spot]:
    """Return the places of a service, those that say the same as one.

    An own region that stands for other countries in the other revision goes by what it is made of.
    """
    atlas = Atlas(index.gazetteer, day)
    spots: dict[Reach, Spot] = {}
    for at, place in enumerate(service.processing):
        reach = frozenset((country, place.how) for country in atlas.covered(place.place))
        known = spots.get(reach)
        said = {text for text in (place.when, place.note) if text}
        words = tuple(sorted(said.union(known.words if known else ())))
        meant = (
            tuple(built_in(index, each)) if each in redefined else (each,) for each in sorted(place.place)
        )
        called = known.name if known else _called(tuple(chain.from_iterable(meant)), place.how)
        spots[reach] = Spot(called, reach, words, known.at if known else at)
    return spots


def name(place: Processing) -> str:
    """Return a stated place in one word: `EU`, `FR|SE` for one of several, `IN (remote-access)`."""
    return _called(place.place, place.how)


def _called(places: tuple[str, ...], how: How | None) -> str:
    text = ONE_OF.join(sorted(places))
    return f"{text} ({how})" if how else text
