"""Changes of where a service processes, judged by the countries that the places mean.

Each side is read with its own publisher's regions, both by the laws of the new list on its date: a place is
at home where one of them says that nothing is transferred, and none asks for a basis. The name of a place
makes no difference, nor does the number of names for the same countries.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeAlias

from subproc_cli.diff.change import ChangeCandidate, FieldClassifier
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.translations import classify_place_items
from subproc_cli.diff.vocabulary import iter_built_in_places
from subproc_cli.enums import Level, ProcessingMode
from subproc_cli.evaluation.places import AreaTest, PlaceResolver
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Processing, Service
from subproc_cli.registry.registry import Registry

Reach: TypeAlias = frozenset[tuple[str, ProcessingMode | None]]
"""Countries with the way of processing in each: remote access is not storage."""

FIELD = "processing"
ALTERNATIVE_SEPARATOR = "|"
"""Separates the alternatives of a place."""


class StatedPlace(NamedTuple):
    """A stated place.

    Attributes:
        name: what it is called.
        reach: the countries of which at least one is meant.
        conditions: the conditions and notes around it.
        list_index: its position in the list of places.
        is_conditional: whether every statement about it has a condition.
    """

    name: str
    reach: Reach
    conditions: tuple[str, ...]
    list_index: int
    is_conditional: bool

    @property
    def countries(self) -> frozenset[str]:
        """The countries alone."""
        return frozenset(country for country, _ in self.reach)


def classify_places(comparison: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the changes of places, by the law on the date of the new revision."""
    redefined = comparison.vocabulary.redefined
    day = comparison.new.model.date
    old = _collect_places(pair.old, comparison.old, day, redefined)
    new = _collect_places(pair.new, comparison.new, day, redefined)
    yield from _PlaceComparison(comparison.new, pair.new, old, new).classify()


class _PlaceComparison:
    """The places before and after, sorted into those that stayed, were added and were removed."""

    def __init__(
        self,
        registry: Registry,
        service: Service,
        old: dict[Reach, StatedPlace],
        new: dict[Reach, StatedPlace],
    ) -> None:
        resolver = PlaceResolver(registry.gazetteer, registry.model.date)
        self._service = service
        self._adequate: AreaTest = resolver.build_adequate_area(registry.model.law)
        laws = registry.model.law
        self._homes: tuple[AreaTest, ...] = tuple(resolver.build_domestic_area((law,)) for law in laws)
        self._without_basis: AreaTest = resolver.build_home_area(laws)
        self._old, self._new = old, new
        self._new_places = [place for key, place in new.items() if key not in old]
        self._gone_places = [place for key, place in old.items() if key not in new]

    def classify(self) -> Iterator[ChangeCandidate]:
        if not self._old or not self._new:
            yield from self._classify_stated_or_withdrawn()
            return
        yield from self._classify_refinements()
        if self._gone_places and self._new_places and len(self._gone_places) == len(self._old):
            level = Level.INFORM if self._is_all_home() else None
            yield self._build_arrival("place-moved", self._gone_places, level)
            self._gone_places, self._new_places = [], []
        yield from self._classify_added()
        yield from self._classify_removed()
        yield from self._classify_rewording()

    def _classify_stated_or_withdrawn(self) -> Iterator[ChangeCandidate]:
        if self._new_places:
            level = None if self._is_all_home() else Level.NOTICE
            yield self._build_arrival("place-stated", [], level)
        elif self._gone_places:
            yield _build_candidate("place-withdrawn", self._gone_places, [])

    def _build_arrival(self, kind: str, gone: list[StatedPlace], level: Level | None) -> ChangeCandidate:
        """Return one change with all places that were added."""
        claims = tuple(dict.fromkeys(map(self._find_addition_kind, self._new_places)))
        return _build_candidate(kind, gone, self._new_places)._replace(level=level, implied_kinds=claims)

    def _classify_refinements(self) -> Iterator[ChangeCandidate]:
        """Yield the places that became more or less precise, and drop them from those added and removed."""
        came, gone = tuple(self._new_places), tuple(self._gone_places)
        for wide in gone:
            inside = [place for place in came if _is_part_of(place, wide)]
            if inside:
                yield self._build_clearer([wide], inside, inside)
                self._exclude_explained([wide, *inside])
        for wide in came:
            inside = [place for place in gone if _is_part_of(place, wide)]
            if inside:
                yield _build_candidate("place-vaguer", inside, [wide])
                self._exclude_explained([wide, *inside])

    def _exclude_explained(self, places: list[StatedPlace]) -> None:
        self._new_places = [place for place in self._new_places if place not in places]
        self._gone_places = [place for place in self._gone_places if place not in places]

    def _classify_added(self) -> Iterator[ChangeCandidate]:
        known = [place for place in self._new_places if self._is_implied(place, self._old)]
        if known:
            yield self._build_clearer(self._old.values(), self._new.values(), known)
        for place in self._new_places:
            if place not in known:
                yield _build_candidate(self._find_addition_kind(place), [], [place])

    def _is_implied(self, place: StatedPlace, others: dict[Reach, StatedPlace]) -> bool:
        """Return whether other places cover a place. Not if it is the only one that is certainly abroad."""
        if not place.reach <= _combine_reach(others.values()):
            return False
        inside = any(place.reach <= _combine_reach([other]) for other in others.values())
        open_ = any(self._may_be_home(other) for other in _find_overlapping(place, others))
        return inside or not (open_ and not self._may_be_home(place))

    def _may_be_home(self, place: StatedPlace) -> bool:
        return self._find_abroad(place) != place.countries

    def _build_clearer(
        self, before: Iterable[StatedPlace], after: Iterable[StatedPlace], places: list[StatedPlace]
    ) -> ChangeCandidate:
        """Return the change that places are clearer; a transfer comes to light where an alternative is gone.

        That is where a place that had a country at home, or an adequate one, has none of them now. Of
        several places that it may have been the one that protects most counts.
        """
        light = [
            place
            for place in places
            if any(
                self._measure_distance(each) < self._measure_distance(place)
                for each in _find_overlapping(place, self._old)
            )
        ]
        claims = tuple(dict.fromkeys(map(self._find_addition_kind, light)))
        level = Level.NOTICE if light else None
        return _build_candidate("place-clearer", before, after)._replace(level=level, implied_kinds=claims)

    def _measure_distance(self, place: StatedPlace) -> int:
        """Return how protected a place certainly is: at home (0), adequate (1), or neither (2)."""
        if self._may_be_home(place):
            return 0
        adequate = (self._adequate(country, self._service) is Verdict.YES for country in place.countries)
        return 1 if any(adequate) else 2

    def _find_addition_kind(self, place: StatedPlace) -> str:
        abroad = self._find_abroad(place)
        if not abroad:
            return "place-added-eea"
        verdicts = {self._adequate(country, self._service) for country in abroad}
        return "place-added-adequate" if verdicts == {Verdict.YES} else "place-added-outside"

    def _classify_removed(self) -> Iterator[ChangeCandidate]:
        known = [place for place in self._gone_places if self._is_implied(place, self._new)]
        if known:
            yield _build_candidate("place-vaguer", self._old.values(), self._new.values())
        for place in self._gone_places:
            if place not in known:
                yield _build_candidate("place-removed", [place], [])

    def _classify_rewording(self) -> Iterator[ChangeCandidate]:
        for key, place in self._new.items():
            if key in self._old and self._old[key].conditions != place.conditions:
                conditions = self._old[key].is_conditional, place.is_conditional
                kind = _CONDITION_KINDS.get(conditions, _REWORDED)
                yield ChangeCandidate(
                    kind,
                    f"{FIELD}.{place.name}",
                    self._old[key].conditions,
                    place.conditions,
                    path=(FIELD, place.list_index),
                    implied_kinds=() if kind == _REWORDED else (_REWORDED,),
                )

    def _is_all_home(self) -> bool:
        return all(self._find_abroad(place) == frozenset() for place in self._new_places)

    def _find_abroad(self, place: StatedPlace) -> frozenset[str]:
        """Return the countries of a place to which a law of the list says that data is transferred."""
        return frozenset(each for each in place.countries if not self._is_home(each))

    def _is_home(self, country: str) -> bool:
        """Return whether a law of the list is at home in a country, and the others never ask for a basis."""
        is_home = any(home(country, self._service) is Verdict.YES for home in self._homes)
        return is_home and self._without_basis(country, self._service) is Verdict.YES


_REWORDED = "place-condition-changed"
_CONDITION_KINDS = {(True, False): "place-condition-dropped", (False, True): "place-condition-added"}
"""The kind of a change of conditions and notes, by whether the place had and has a condition."""


def _build_candidate(
    kind: str, before: Iterable[StatedPlace], after: Iterable[StatedPlace]
) -> ChangeCandidate:
    gone, came = (tuple(dict.fromkeys(place.name for place in side)) for side in (before, after))
    return ChangeCandidate(kind, FIELD, gone, came)


def _is_part_of(place: StatedPlace, wide: StatedPlace) -> bool:
    """Return whether a place is a part of another one, or only remote access to it."""
    return place.reach < _combine_reach([wide])


def _find_overlapping(place: StatedPlace, others: dict[Reach, StatedPlace]) -> list[StatedPlace]:
    """Return the places that may have meant another one; none if the other follows from one of them."""
    reach = place.reach | {
        (country, None) for country, how in place.reach if how is ProcessingMode.REMOTE_ACCESS
    }
    if any(other.reach <= reach for other in others.values()):
        return []
    return [other for other in others.values() if not reach.isdisjoint(_combine_reach([other]))]


def _combine_reach(places: Iterable[StatedPlace]) -> Reach:
    """Return what places cover together; where data lies, people may look at it."""
    stated: Reach = frozenset().union(*(place.reach for place in places))
    return stated | {(country, ProcessingMode.REMOTE_ACCESS) for country, _ in stated}


def _collect_places(
    service: Service, registry: Registry, day: date, redefined: frozenset[str]
) -> dict[Reach, StatedPlace]:
    """Return the places of a service, without duplicates.

    An own region that means other countries in the other revision goes by what it is made of.
    """
    resolver = PlaceResolver(registry.gazetteer, day)
    places: dict[Reach, StatedPlace] = {}
    for at, place in enumerate(service.processing):
        reach = frozenset((country, place.how) for country in resolver.resolve_places(place.place))
        known = places.get(reach)
        said = {text for text in (place.when, place.note) if text}
        conditions = tuple(sorted(said.union(known.conditions if known else ())))
        meant = (
            tuple(iter_built_in_places(registry, each)) if each in redefined else (each,)
            for each in sorted(place.place)
        )
        label = known.name if known else _format_places(tuple(chain.from_iterable(meant)), place.how)
        is_conditional = bool(place.when) and (known is None or known.is_conditional)
        list_index = known.list_index if known else at
        places[reach] = StatedPlace(label, reach, conditions, list_index, is_conditional)
    return places


def format_place(place: Processing) -> str:
    """Return a stated place in one word: `EU`, `FR|SE` for one of several, `IN (remote-access)`."""
    return _format_places(place.place, place.how)


def _format_places(places: tuple[str, ...], how: ProcessingMode | None) -> str:
    text = ALTERNATIVE_SEPARATOR.join(sorted(places))
    return f"{text} ({how})" if how else text


CLASSIFIERS = {
    "places": FieldClassifier((classify_places, classify_place_items), is_silent=True),
}
