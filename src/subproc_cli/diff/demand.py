"""What a change demands: by its kind, by whom it is about, and by what the lists promise."""

from subproc_cli.diff.compare import Comparison
from subproc_cli.diff.judged import Judged
from subproc_cli.diff.kind import Area, Kind, level
from subproc_cli.enums import Level, Role
from subproc_cli.registry.index import Index, State, state
from subproc_cli.registry.service import Service


def demanded(
    judged: Judged, kind: Kind, services: tuple[Service | None, Service | None], comparison: Comparison
) -> Level:
    """Return the level of a change: the stricter of what the old list promised and what the new one does."""
    before, after = services
    if over(before, comparison.old) and over(after, comparison.new):
        return Level.EDITORIAL
    usual = judged.level or level(kind)
    if usual is Level.NOTICE and _on_its_own(after or before) and kind.area is not Area.ROLE:
        usual = Level.INFORM
    sides = (comparison.old.registry.levels, comparison.new.registry.levels)
    levels = [levels.get(kind.name, usual) for levels in sides]
    levels += [levels[claimed] for levels in sides for claimed in judged.claims if claimed in levels]
    return min(levels, key=list(Level).index)


def _on_its_own(service: Service | None) -> bool:
    """Tell whether a service is no processor for the customer, so that what concerns it demands no notice."""
    return service is not None and service.role in (Role.CONTROLLER, Role.VENDOR)


def over(service: Service | None, index: Index) -> bool:
    """Tell whether a service was retired already when a revision was published."""
    return service is not None and state(service, index.registry.date) is State.RETIRED
