"""Who stands behind a service, and what it is called."""

from collections.abc import Iterator

from subproc_cli.diff.change import Judged, one
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Level
from subproc_cli.registry.models import Entity
from subproc_cli.text import fold

_PARTY = (
    ("name", "entity-changed"),
    ("country", "entity-country-changed"),
    ("parent", "entity-parent-changed"),
)


def name(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the change of the name that customers know."""
    if pair.old.name != pair.new.name:
        yield Judged("name-changed", "name", (pair.old.name,), (pair.new.name,))


def entity(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the changes of the contracting party, field by field.

    A party that is stated together with another name of the service may be another one: nothing tells.
    """
    old, new = pair.old.entity or Entity(), pair.new.entity or Entity()
    for field, changed in _PARTY:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            kind = changed if before and after else "entity-stated" if after else "entity-withdrawn"
            judged = _of_party(kind, field, before, after)
            another = (
                kind == "entity-stated" and field == "name" and fold(pair.old.name) != fold(pair.new.name)
            )
            yield judged._replace(level=Level.NOTICE, claims=("entity-changed",)) if another else judged
    if old.address != new.address:
        yield _of_party("address-changed", "address", old.address, new.address)


def _of_party(kind: str, field: str, before: str | None, after: str | None) -> Judged:
    return Judged(kind, f"entity.{field}", one(before), one(after), route=("entity", field))


def contact(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the change of the contact."""
    if pair.old.contact != pair.new.contact:
        yield Judged("contact-changed", "contact", one(pair.old.contact), one(pair.new.contact))
