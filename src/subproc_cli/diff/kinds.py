"""The kinds of change, as a table: each declares its area and its effect, the level follows."""

from enum import StrEnum
from typing import NamedTuple

from subproc_cli.enums import Direction, Level


class Area(StrEnum):
    """What a change is about."""

    EXISTENCE = "existence"
    IDENTITY = "identity"
    DATA = "data"
    PLACES = "places"
    METADATA = "metadata"
    OTHER = "other"


class Kind(NamedTuple):
    """A kind of change.

    Attributes:
        name: its public id.
        area: what it is about.
        effect: which way it goes.
        when: the condition under which a change is of this kind.
        deviation: why its level is, or can be, another than area and effect give; empty if never.
        level: the level that the deviation sets whenever nothing closer is known.
    """

    name: str
    area: Area
    effect: Direction
    when: str
    deviation: str = ""
    level: Level | None = None


_DEMANDING = frozenset((Direction.WIDER, Direction.SHIFTED, Direction.VAGUER))


def level(kind: Kind) -> Level:
    """Return the level of a kind: what can hurt a data subject or a customer demands a notice."""
    if kind.level is not None:
        return kind.level
    if kind.effect is Direction.NEUTRAL or kind.area is Area.METADATA:
        return Level.EDITORIAL
    if kind.effect in _DEMANDING and kind.area is not Area.OTHER:
        return Level.NOTICE
    return Level.INFORM


_STAYS = "inform where it stays within the EEA: no transfer to a third country begins"
_COMES_TO_LIGHT = "notice outside the EEA: a transfer comes to light"

KINDS: tuple[Kind, ...] = (
    Kind("service-added", Area.EXISTENCE, Direction.WIDER, "a new id, also when announced for later"),
    Kind("service-removed", Area.EXISTENCE, Direction.NARROWER, "an id is gone"),
    Kind("entity-changed", Area.IDENTITY, Direction.SHIFTED, "another contracting party is named"),
    Kind("data-added", Area.DATA, Direction.WIDER, "something is seen that was not, or not surely"),
    Kind("data-removed", Area.DATA, Direction.NARROWER, "something is no longer stated to be seen"),
    Kind("data-possible", Area.DATA, Direction.WIDER, "something can newly not be ruled out"),
    Kind(
        "data-ruled-out",
        Area.DATA,
        Direction.NARROWER,
        "something could be contained, and no longer",
    ),
    Kind("extent-widened", Area.DATA, Direction.WIDER, "seen in part before, in full now"),
    Kind("extent-narrowed", Area.DATA, Direction.NARROWER, "seen in full before, in part now"),
    Kind("promise-made", Area.DATA, Direction.NARROWER, "newly promised never to be seen"),
    Kind("promise-dropped", Area.DATA, Direction.WIDER, "no longer promised never to be seen"),
    Kind("place-added-outside", Area.PLACES, Direction.WIDER, "outside the EEA, not adequate"),
    Kind("place-added-adequate", Area.PLACES, Direction.WIDER, "outside the EEA, adequate"),
    Kind("place-added-eea", Area.PLACES, Direction.WIDER, "inside the EEA", _STAYS, Level.INFORM),
    Kind("place-removed", Area.PLACES, Direction.NARROWER, "a place is gone"),
    Kind("place-moved", Area.PLACES, Direction.SHIFTED, "all places are gone, others came", _STAYS),
    Kind("place-clearer", Area.PLACES, Direction.CLEARER, "a place within what was stated before"),
    Kind("place-vaguer", Area.PLACES, Direction.VAGUER, "a wider place instead of what it holds"),
    Kind("place-stated", Area.PLACES, Direction.CLEARER, "not stated before", _COMES_TO_LIGHT),
    Kind("place-withdrawn", Area.PLACES, Direction.VAGUER, "no longer stated"),
    Kind("place-condition-changed", Area.PLACES, Direction.UNDECIDED, "the words around a place"),
    Kind("metadata-changed", Area.METADATA, Direction.NEUTRAL, "links, notes, source, group, x-…"),
    Kind(
        "unclassified-change",
        Area.OTHER,
        Direction.UNDECIDED,
        "a change that no other kind explains",
    ),
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
