"""What the laws of a list hold of a place that was added outside the EEA."""

from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.places import ONE_OF
from subproc_cli.enums import Regime
from subproc_cli.evaluation.attributes import bases
from subproc_cli.evaluation.places import Atlas
from subproc_cli.reference.adequacy import SETTLED, Outcome, jurisdiction
from subproc_cli.registry.registry import Index

ADDED_OUTSIDE = frozenset(("place-added-outside", "place-added-adequate"))
"""The kinds of change that say what is held of a place."""
HOME, ADEQUATE, NOT_ADEQUATE, OPEN, UNKNOWN = "home", "adequate", "not adequate", "open", "unknown"
PERHAPS, NEAR, BY_LAW = "perhaps", "near", "by law"


class Held(NamedTuple):
    """What is held of a place.

    Attributes:
        key: what can be said of it for all laws together: `adequate`, `not adequate`, `open` (it depends on
            what the list does not state), `perhaps` (the same, and it may lie in the EEA), `near` (in the EEA
            or adequate) or `by law` (each law for itself).
        by_law: what each law holds.
    """

    key: str
    by_law: dict[Regime, str]


def held(index: Index, change: Change) -> Held:
    """Return what the laws of a list hold, on its date, of the place that a change adds."""
    day, service = index.registry.date, index.registry.services[change.service]
    atlas = Atlas(index.gazetteer, day)
    names = (name for spot in change.added for name in spot.partition(" (")[0].split(ONE_OF))
    countries, stated = atlas.covered(names), bases(service, day)
    found = {}
    for law in map(jurisdiction, index.registry.law):
        found[law.regime] = _of_law({law.outcome(country, stated, day) for country in countries})
    known = {regime: each for regime, each in found.items() if each != UNKNOWN} or found
    inside = not countries.isdisjoint(atlas.countries("EEA"))
    return Held(_together(set(known.values()), inside=inside), known)


def _of_law(outcomes: set[Outcome]) -> str:
    if outcomes <= {Outcome.HOME}:
        return HOME
    if outcomes <= SETTLED:
        return ADEQUATE
    if outcomes == {Outcome.NOT_ADEQUATE}:
        return NOT_ADEQUATE
    return UNKNOWN if outcomes <= SETTLED | {Outcome.UNKNOWN} else OPEN


def _together(views: set[str], *, inside: bool) -> str:
    settled = views <= {HOME, ADEQUATE}
    if inside:
        return NEAR if settled else PERHAPS
    if settled and views != {HOME}:
        return ADEQUATE
    view = next(iter(views))
    if len(views) > 1 or view == HOME:
        return BY_LAW
    return OPEN if view == UNKNOWN else view
