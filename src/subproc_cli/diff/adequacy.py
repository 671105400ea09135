"""What the laws of a list hold of a place that was added outside the EEA."""

from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.diff.places import ALTERNATIVE_SEPARATOR
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.evaluation.places import PlaceResolver
from subproc_cli.reference.adequacy import NO_BASIS_NEEDED, AdequacyStatus, get_jurisdiction
from subproc_cli.registry.registry import Registry

ADDED_OUTSIDE = frozenset(("place-added-outside", "place-added-adequate"))
"""The kinds of change that say what is held of a place."""
HOME, ADEQUATE, NOT_ADEQUATE, OPEN, UNKNOWN = "home", "adequate", "not-adequate", "open", "unknown"
PERHAPS, NEAR, BY_LAW = "perhaps", "near", "by-law"


class PlaceAdequacy(NamedTuple):
    """What is held of a place.

    Attributes:
        status: what can be said of it for all laws together: `adequate`, `not-adequate`, `open` (it depends
            on what the list does not state), `perhaps` (the same, and it may lie in the EEA), `near` (in the
            EEA or adequate) or `by-law` (each law for itself).
        by_law: what each law holds.
    """

    status: str
    by_law: dict[str, str]


def assess_added_place(registry: Registry, change: Change) -> PlaceAdequacy:
    """Return what the laws of a list hold, on its date, of the place that a change adds."""
    day, service = registry.model.date, registry.model.services[change.service]
    resolver = PlaceResolver(registry.gazetteer, day)
    names = (name for place in change.added for name in place.partition(" (")[0].split(ALTERNATIVE_SEPARATOR))
    countries, stated = resolver.resolve_places(names), find_valid_bases(service, day)
    found = {}
    for law in map(get_jurisdiction, registry.model.law):
        found[law.regime] = _assess_under_law({law.assess(country, stated, day) for country in countries})
    known = {regime: each for regime, each in found.items() if each != UNKNOWN} or found
    inside = not countries.isdisjoint(resolver.resolve_place("EEA"))
    return PlaceAdequacy(_combine_assessments(set(known.values()), inside=inside), known)


def _assess_under_law(outcomes: set[AdequacyStatus]) -> str:
    if outcomes <= {AdequacyStatus.HOME}:
        return HOME
    if outcomes <= NO_BASIS_NEEDED:
        return ADEQUATE
    if outcomes == {AdequacyStatus.NOT_ADEQUATE}:
        return NOT_ADEQUATE
    return UNKNOWN if outcomes <= NO_BASIS_NEEDED | {AdequacyStatus.UNKNOWN} else OPEN


def _combine_assessments(assessments: set[str], *, inside: bool) -> str:
    settled = assessments <= {HOME, ADEQUATE}
    if inside:
        return NEAR if settled else PERHAPS
    if settled and assessments != {HOME}:
        return ADEQUATE
    assessment = next(iter(assessments))
    if len(assessments) > 1 or assessment == HOME:
        return BY_LAW
    return OPEN if assessment == UNKNOWN else assessment
