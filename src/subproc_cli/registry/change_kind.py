"""The kinds of change, and the level that follows from a kind."""

from enum import StrEnum
from typing import NamedTuple

from subproc_cli.enums import Direction, Level


class ChangeArea(StrEnum):
    """What a change is about."""

    EXISTENCE = "existence"
    IDENTITY = "identity"
    ROLE = "role"
    DATA = "data"
    SUBJECTS = "subjects"
    PLACES = "places"
    TRANSFER = "transfer"
    ACTIVATION = "activation"
    PRODUCTS = "products"
    PURPOSE = "purpose"
    ONWARD = "onward"
    TERMS = "terms"
    LIST = "list"
    METADATA = "metadata"


ADEQUACY_KINDS = frozenset(("adequacy-lost", "adequacy-gained", "adequacy-doubted"))
"""Changes of the law, not of the list."""
_UNPREVENTABLE_KINDS = ADEQUACY_KINDS | {"basis-removed", "basis-shortened"}
"""Changes that no customer can prevent: of the law, and the end of a basis of transfers."""


class ChangeKind(NamedTuple):
    """A kind of change.

    Attributes:
        name: its public id.
        area: what it is about.
        effect: its direction.
        when: the condition under which a change is of this kind.
        mirror: the kind of the same change the other way round; its own name if it mirrors itself.
        waiver: why it has no mirror.
        deviation: why its level can differ from the one that area and effect give; empty if it cannot.
        level: the level that the deviation sets unless more is known.
    """

    name: str
    area: ChangeArea
    effect: Direction
    when: str
    mirror: str = ""
    waiver: str = ""
    deviation: str = ""
    level: Level | None = None

    @property
    def can_widen(self) -> bool:
        """Whether more may be possible after such a change, so that a customer may have to approve it."""
        is_harmless = self.effect in (Direction.NARROWER, Direction.NEUTRAL)
        return not is_harmless and self.name not in _UNPREVENTABLE_KINDS


_SEVERE_DIRECTIONS = frozenset((Direction.WIDER, Direction.SHIFTED, Direction.VAGUER))
_MINOR_AREAS = frozenset((ChangeArea.PURPOSE, ChangeArea.ONWARD, ChangeArea.TERMS))


def get_default_level(kind: ChangeKind) -> Level:
    """Return the level of a kind: what can hurt a data subject or a customer requires a notice."""
    if kind.level is not None:
        return kind.level
    if kind.effect is Direction.NEUTRAL or kind.area is ChangeArea.METADATA:
        return Level.EDITORIAL
    return (
        Level.NOTICE if kind.effect in _SEVERE_DIRECTIONS and kind.area not in _MINOR_AREAS else Level.INFORM
    )


def get_possible_levels(kind: ChangeKind) -> frozenset[Level]:
    """Return the levels that a kind can have where no list sets one: one that deviates by case has two."""
    usual = get_default_level(kind)
    depends = kind.deviation and kind.level is None
    return frozenset((Level.INFORM, Level.NOTICE)) if depends else frozenset((usual,))
