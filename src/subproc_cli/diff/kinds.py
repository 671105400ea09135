"""The kinds of change, as a table."""

from enum import StrEnum
from typing import NamedTuple

from subproc_cli.enums import Direction, Level


class Area(StrEnum):
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


class Kind(NamedTuple):
    """A kind of change.

    Attributes:
        name: its public id.
        area: what it is about.
        effect: which way it goes.
        when: the condition under which a change is of this kind.
        mirror: the kind of the same change the other way round; its own name if it mirrors itself.
        waiver: why it has no mirror.
        deviation: why its level is, or can be, another than area and effect give; empty if never.
        level: the level that the deviation sets whenever nothing closer is known.
    """

    name: str
    area: Area
    effect: Direction
    when: str
    mirror: str = ""
    waiver: str = ""
    deviation: str = ""
    level: Level | None = None


_GRAVE = frozenset((Direction.WIDER, Direction.SHIFTED, Direction.VAGUER))
_MILD = frozenset((Area.PURPOSE, Area.ONWARD, Area.TERMS))


def effective_level(kind: Kind) -> Level:
    """Return the level of a kind: what can hurt a data subject or a customer demands a notice."""
    if kind.level is not None:
        return kind.level
    if kind.effect is Direction.NEUTRAL or kind.area is Area.METADATA:
        return Level.EDITORIAL
    return Level.NOTICE if kind.effect in _GRAVE and kind.area not in _MILD else Level.INFORM


def levels(kind: Kind) -> frozenset[Level]:
    """Return the levels that a kind can have where no list sets one: one that deviates by case has two."""
    usual = effective_level(kind)
    depends = kind.deviation and kind.level is None
    return frozenset((Level.INFORM, Level.NOTICE)) if depends else frozenset((usual,))


_WIDER, _NARROWER, _CLEARER = Direction.WIDER, Direction.NARROWER, Direction.CLEARER
_VAGUER, _SHIFTED, _UNDECIDED, _NEUTRAL = (
    Direction.VAGUER,
    Direction.SHIFTED,
    Direction.UNDECIDED,
    Direction.NEUTRAL,
)
_A = Area
_INFORM = Level.INFORM

_MATCHED = "customers match services by name, so they are told"
_ANOTHER = "notice where the service has another name as well: nothing tells that it is the same party"
_CURRENT = "EDPB Opinion 22/2024: kept current for the controller"
_STAYS = "inform where it goes to the EEA only: no transfer to a third country begins"
_WITHIN = "inside the EEA no transfer begins; contracts may promise more, hence levels"
_TO_LIGHT = "notice outside the EEA: a transfer comes to light"
_ALTERNATIVE = "notice where no alternative in the EEA, or adequate, is left: a transfer comes to light"

KINDS: tuple[Kind, ...] = (
    Kind("service-added", _A.EXISTENCE, _WIDER, "a new id, also when announced", "service-removed"),
    Kind("service-removed", _A.EXISTENCE, _NARROWER, "an id is gone", "service-added"),
    Kind("service-retired", _A.EXISTENCE, _NARROWER, "until is set", "service-reactivated"),
    Kind("service-reactivated", _A.EXISTENCE, _WIDER, "until is lifted", "service-retired"),
    Kind(
        "service-replaced",
        _A.EXISTENCE,
        _WIDER,
        "a new id with replaces for one that is gone or has an end",
        waiver="backwards the old id has no replaces: it is an addition and a removal",
    ),
    Kind(
        "id-changed",
        _A.EXISTENCE,
        _NEUTRAL,
        "formerly says so",
        waiver="backwards nothing says so: it is an addition and a removal",
    ),
    Kind("start-advanced", _A.EXISTENCE, _WIDER, "since moves nearer", "start-delayed"),
    Kind("start-delayed", _A.EXISTENCE, _NARROWER, "since moves away", "start-advanced"),
    Kind("end-delayed", _A.EXISTENCE, _WIDER, "until moves away", "end-advanced"),
    Kind("end-advanced", _A.EXISTENCE, _NARROWER, "until moves nearer", "end-delayed"),
    Kind(
        "name-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the same service, or own category, under another name",
        "name-changed",
        deviation=_MATCHED,
        level=_INFORM,
    ),
    Kind("entity-changed", _A.IDENTITY, _SHIFTED, "another contracting party", "entity-changed"),
    Kind(
        "entity-country-changed", _A.IDENTITY, _SHIFTED, "the party sits elsewhere", "entity-country-changed"
    ),
    Kind("entity-parent-changed", _A.IDENTITY, _SHIFTED, "another owner", "entity-parent-changed"),
    Kind(
        "entity-stated",
        _A.IDENTITY,
        _CLEARER,
        "the party was not stated before",
        "entity-withdrawn",
        deviation=_ANOTHER,
    ),
    Kind("entity-withdrawn", _A.IDENTITY, _VAGUER, "the party is no longer stated", "entity-stated"),
    Kind(
        "address-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the address of the party",
        "address-changed",
        deviation=_CURRENT,
        level=_INFORM,
    ),
    Kind(
        "contact-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the contact of the service or of the list",
        "contact-changed",
        deviation=_CURRENT,
        level=_INFORM,
    ),
    Kind("became-subprocessor", _A.ROLE, _WIDER, "it was none before", "ceased-subprocessor"),
    Kind("ceased-subprocessor", _A.ROLE, _SHIFTED, "it goes on in another role", "became-subprocessor"),
    Kind("purpose-changed", _A.PURPOSE, _UNDECIDED, "free text: read this", "purpose-changed"),
    Kind("data-added", _A.DATA, _WIDER, "something is seen that was not", "data-removed"),
    Kind("special-data-added", _A.DATA, _WIDER, "the same for Art. 9 data", "data-removed"),
    Kind("data-removed", _A.DATA, _NARROWER, "something is no longer stated to be seen", "data-added"),
    Kind("promise-made", _A.DATA, _NARROWER, "newly promised never to be seen", "promise-dropped"),
    Kind("promise-dropped", _A.DATA, _WIDER, "no longer promised never to be seen", "promise-made"),
    Kind("data-possible", _A.DATA, _WIDER, "newly may be contained", "data-ruled-out"),
    Kind("data-ruled-out", _A.DATA, _NARROWER, "may no longer be contained", "data-possible"),
    Kind("extent-widened", _A.DATA, _WIDER, "seen in part before, in full now", "extent-narrowed"),
    Kind("extent-narrowed", _A.DATA, _NARROWER, "seen in full before, in part now", "extent-widened"),
    Kind(
        "data-condition-changed",
        _A.DATA,
        _UNDECIDED,
        "the words around a statement: read this",
        "data-condition-changed",
    ),
    Kind(
        "claim-changed",
        _A.DATA,
        _SHIFTED,
        "personal_data, or personal of an own category that it sees: the publisher's own claim",
        "claim-changed",
        deviation="inform where nothing was claimed before: what is seen is judged by itself",
    ),
    Kind("subject-added", _A.SUBJECTS, _WIDER, "whose data it is: more", "subject-removed"),
    Kind("subject-removed", _A.SUBJECTS, _NARROWER, "whose data it is: fewer", "subject-added"),
    Kind(
        "place-added-outside", _A.PLACES, _WIDER, "outside the EEA, not adequate for certain", "place-removed"
    ),
    Kind("place-added-adequate", _A.PLACES, _WIDER, "outside the EEA, adequate", "place-removed"),
    Kind(
        "place-added-eea",
        _A.PLACES,
        _WIDER,
        "inside the EEA",
        "place-removed",
        deviation=_WITHIN,
        level=_INFORM,
    ),
    Kind("place-removed", _A.PLACES, _NARROWER, "a place is gone", "place-added-outside"),
    Kind(
        "place-moved",
        _A.PLACES,
        _SHIFTED,
        "all places are gone, others came",
        "place-moved",
        deviation=_STAYS,
    ),
    Kind(
        "place-clearer",
        _A.PLACES,
        _CLEARER,
        "a place within what was stated before, or remote access to it alone",
        "place-vaguer",
        deviation=_ALTERNATIVE,
    ),
    Kind(
        "place-vaguer",
        _A.PLACES,
        _VAGUER,
        "a wider place instead of what it holds, or more than remote access to it",
        "place-clearer",
    ),
    Kind("place-stated", _A.PLACES, _CLEARER, "not stated before", "place-withdrawn", deviation=_TO_LIGHT),
    Kind("place-withdrawn", _A.PLACES, _VAGUER, "no longer stated", "place-stated"),
    Kind(
        "place-condition-changed",
        _A.PLACES,
        _UNDECIDED,
        "the words around a place: read this",
        "place-condition-changed",
    ),
    Kind("basis-added", _A.TRANSFER, _NARROWER, "a further transfer basis", "basis-removed"),
    Kind("basis-removed", _A.TRANSFER, _WIDER, "a transfer basis is gone", "basis-added"),
    Kind("basis-changed", _A.TRANSFER, _SHIFTED, "another transfer basis instead", "basis-changed"),
    Kind("basis-extended", _A.TRANSFER, _NARROWER, "it ends later, or never", "basis-shortened"),
    Kind("basis-shortened", _A.TRANSFER, _WIDER, "it ends earlier, or at all", "basis-extended"),
    Kind("adequacy-lost", _A.TRANSFER, _WIDER, "the law moved, not the list", "adequacy-gained"),
    Kind("adequacy-gained", _A.TRANSFER, _NARROWER, "the law moved, not the list", "adequacy-lost"),
    Kind("became-mandatory", _A.ACTIVATION, _WIDER, "opt-in, opt-out, always", "became-optional"),
    Kind("became-optional", _A.ACTIVATION, _NARROWER, "always, opt-out, opt-in", "became-mandatory"),
    Kind("condition-changed", _A.ACTIVATION, _UNDECIDED, "free text: read this", "condition-changed"),
    Kind("product-added", _A.PRODUCTS, _WIDER, "serves a further product", "product-removed"),
    Kind("product-removed", _A.PRODUCTS, _NARROWER, "no longer serves a product", "product-added"),
    Kind("onward-added", _A.ONWARD, _WIDER, "passes data on to someone else", "onward-removed"),
    Kind("onward-removed", _A.ONWARD, _NARROWER, "no longer passes data on", "onward-added"),
    Kind("retention-changed", _A.TERMS, _UNDECIDED, "free text: read this", "retention-changed"),
    Kind("certification-added", _A.TERMS, _NARROWER, "a further audit", "certification-removed"),
    Kind("certification-removed", _A.TERMS, _WIDER, "an audit is gone", "certification-added"),
    Kind("notice-shortened", _A.LIST, _WIDER, "fewer days before a change, or none", "notice-lengthened"),
    Kind("notice-lengthened", _A.LIST, _NARROWER, "more days before a change, or any", "notice-shortened"),
    Kind("publisher-changed", _A.LIST, _SHIFTED, "another publisher", "publisher-changed"),
    Kind("law-changed", _A.LIST, _SHIFTED, "other regimes", "law-changed"),
    Kind("metadata-changed", _A.METADATA, _NEUTRAL, "links, notes, source, group, x-…", "metadata-changed"),
    Kind(
        "unclassified-change",
        _A.TERMS,
        _UNDECIDED,
        "a change that no other kind explains: read this",
        "unclassified-change",
    ),
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
BEGINNINGS = frozenset(("service-added", "service-replaced", "start-advanced"))
"""Kinds of change after which a service begins on its `since`."""
STARTS = BEGINNINGS | {"service-reactivated"}
"""The kinds after which a service is used from its `since` on."""
