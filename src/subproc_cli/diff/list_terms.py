"""What the publisher promises for the list as a whole."""

from collections.abc import Iterator

from subproc_cli.diff.candidate import Judged, one
from subproc_cli.diff.compare import Comparison
from subproc_cli.diff.kind import levels
from subproc_cli.diff.kinds import BY_NAME
from subproc_cli.enums import Level
from subproc_cli.registry.models import Registry

_PERIODS = ("days", "objection_days", "termination_days")


def judge(comparison: Comparison) -> Iterator[Judged]:
    """Yield the changes of the list, each with the route of the difference that it explains."""
    old, new = comparison.old.registry, comparison.new.registry
    if old.publisher != new.publisher:
        yield Judged("publisher-changed", "publisher", (old.publisher,), (new.publisher,))
    if set(old.law) != set(new.law):
        yield Judged("law-changed", "law", old.law, new.law)
    for period in _PERIODS:
        before, after = getattr(old.notice, period), getattr(new.notice, period)
        if before != after:
            shorter = after is None or (before is not None and after < before)
            kind = "notice-shortened" if shorter else "notice-lengthened"
            yield Judged(kind, f"notice.{period}", one(before), one(after), route=("notice", period))
    if old.notice.contact != new.notice.contact:
        contacts = one(old.notice.contact), one(new.notice.contact)
        yield Judged("contact-changed", "notice.contact", *contacts, route=("notice", "contact"))
    yield from _levels(old, new)
    for delta in comparison.deltas:
        if delta.path[0] == "categories" and delta.path[2:] == ("label",):
            key = delta.path[1]
            yield Judged(
                "name-changed", f"categories.{key}", (delta.before,), (delta.after,), route=delta.path
            )


def _levels(old: Registry, new: Registry) -> Iterator[Judged]:
    """Yield the kinds of change of which customers hear in advance no longer, or newly."""
    for kind in dict.fromkeys((*old.levels, *new.levels)):
        before, after = (_possible(each, kind) for each in (old, new))
        if _told(before) != _told(after):
            name = "notice-shortened" if _told(after) < _told(before) else "notice-lengthened"
            was, now = _lost(before, after), _lost(after, before)
            yield Judged(name, f"levels.{kind}", (was,), (now,), route=("levels", kind))


def _possible(registry: Registry, kind: str) -> frozenset[Level]:
    """Return the levels that a change of a kind can have under a list."""
    return frozenset((registry.levels[kind],)) if kind in registry.levels else levels(BY_NAME[kind])


def _told(possible: frozenset[Level]) -> int:
    """Return whether customers hear of such a change in advance: never (0), in some cases (1), always (2)."""
    return (Level.NOTICE in possible) + (possible == {Level.NOTICE})


def _lost(these: frozenset[Level], others: frozenset[Level]) -> Level:
    """Return the level that one side has and the other has not."""
    return min(these - others or these, key=list(Level).index)
