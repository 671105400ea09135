"""What a change demands: by its kind, by whom it is about, and by what the lists promise."""

from datetime import date

from subproc_cli.diff.change import Judged
from subproc_cli.diff.compare import Comparison
from subproc_cli.diff.kinds import Area, Kind, effective_level
from subproc_cli.enums import Level, Role
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State, state

_ON_ITS_OWN = frozenset((Role.CONTROLLER, Role.VENDOR))
"""Roles of who is no processor for the customer, so that what concerns it alone demands no notice."""


def demanded(
    judged: Judged, kind: Kind, services: tuple[Service | None, Service | None], comparison: Comparison
) -> Level:
    """Return the level of a change: the stricter of what the old list promised and what the new one does."""
    if all(over(each, comparison.day) for each in services):
        return Level.EDITORIAL
    usual = judged.level or effective_level(kind)
    roles = {each.role for each in services if each}
    if usual is Level.NOTICE and roles and roles <= _ON_ITS_OWN and kind.area is not Area.ROLE:
        usual = Level.INFORM
    sides = (comparison.old.registry.levels, comparison.new.registry.levels)
    levels = [levels.get(kind.name, usual) for levels in sides]
    levels += [levels[claimed] for levels in sides for claimed in judged.claims if claimed in levels]
    return min(levels, key=list(Level).index)


def over(service: Service | None, day: date) -> bool:
    """Tell whether a service was retired already on a day."""
    return service is not None and state(service, day) is State.RETIRED
