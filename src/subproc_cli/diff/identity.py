"""Who stands behind a service, and what it is called."""

from collections.abc import Iterator

from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.judged import Judged
from subproc_cli.registry.service import Entity

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
    """Yield the changes of the contracting party, field by field."""
    old, new = pair.old.entity or Entity(), pair.new.entity or Entity()
    stated: list[str] = []
    withdrawn: list[str] = []
    for field, kind in _PARTY:
        before, after = getattr(old, field), getattr(new, field)
        if before and after and before != after:
            yield Judged(kind, f"entity.{field}", (before,), (after,))
        elif after and not before:
            stated.append(after)
        elif before and not after:
            withdrawn.append(before)
    if stated:
        yield Judged("entity-stated", "entity", (), tuple(stated))
    if withdrawn:
        yield Judged("entity-withdrawn", "entity", tuple(withdrawn), ())
    if old.address != new.address:
        yield Judged("address-changed", "entity.address", _one(old.address), _one(new.address))


def contact(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the change of the contact."""
    if pair.old.contact != pair.new.contact:
        yield Judged("contact-changed", "contact", _one(pair.old.contact), _one(pair.new.contact))


def _one(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
