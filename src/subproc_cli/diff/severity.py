"""What a change demands: by its kind, by whom it is about, and by what the lists promise."""

from datetime import date

from subproc_cli.diff.change import ChangeCandidate
from subproc_cli.diff.change_kind import ChangeArea, ChangeKind, get_default_level
from subproc_cli.diff.compare import Comparison
from subproc_cli.enums import Level, Role
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State, get_state

_ON_ITS_OWN = frozenset((Role.CONTROLLER, Role.VENDOR))
"""Roles of companies that are not processors for the customer, so that their changes require no notice."""


def compute_level(
    candidate: ChangeCandidate,
    kind: ChangeKind,
    services: tuple[Service | None, Service | None],
    comparison: Comparison,
) -> Level:
    """Return the level of a change: the stricter of what the old list promised and what the new one does."""
    if all(is_retired(each, comparison.earlier_date) for each in services):
        return Level.EDITORIAL
    usual = candidate.level or get_default_level(kind)
    roles = {each.role for each in services if each}
    if usual is Level.NOTICE and roles and roles <= _ON_ITS_OWN and kind.area is not ChangeArea.ROLE:
        usual = Level.INFORM
    sides = (comparison.old.model.levels, comparison.new.model.levels)
    levels = [levels.get(kind.name, usual) for levels in sides]
    levels += [
        levels[claimed] for levels in sides for claimed in candidate.implied_kinds if claimed in levels
    ]
    return min(levels, key=list(Level).index)


def is_retired(service: Service | None, day: date) -> bool:
    """Return whether a service was retired already on a day."""
    return service is not None and get_state(service, day) is State.RETIRED
