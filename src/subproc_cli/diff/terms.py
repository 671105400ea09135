"""How a service is used and on which terms."""

from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from subproc_cli.diff.change import Judge, Judged, one
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.kinds import BY_NAME, levels
from subproc_cli.enums import SUBPROCESSORS, Activation, Level
from subproc_cli.registry.models import Registry

_ORDER = (Activation.OPT_IN, Activation.OPT_OUT, Activation.ALWAYS)


def role(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield what it means that a service acts in another name.

    An affiliate that is listed is a subprocessor too (Art. 28(2) and (4) GDPR know no other), so between
    these two nothing changes for customers.
    """
    old, new = pair.old.role, pair.new.role
    was, is_now = old in SUBPROCESSORS, new in SUBPROCESSORS
    if was != is_now:
        kind = "became-subprocessor" if is_now else "ceased-subprocessor"
    else:
        kind = "metadata-changed" if is_now else "unclassified-change"
    yield Judged(kind, "role", (old,), (new,))


def activation(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield whether customers decide less or more than before."""
    old, new = pair.old.activation, pair.new.activation
    kind = "became-mandatory" if _ORDER.index(new) > _ORDER.index(old) else "became-optional"
    yield Judged(kind, "activation", (old,), (new,))


def products(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the products that a service newly serves or no longer; none stated means all.

    Of a service that serves all of them now, or no longer all, none are named as new or gone.
    """
    old, new = pair.old.products, pair.new.products
    came = _without(new, old) if old else ()
    gone = _without(old, new) if new else ()
    if came or not new:
        yield Judged("product-added", "products", (), came)
    if gone or not old:
        yield Judged("product-removed", "products", gone, ())


def _members(field: str, added: str, removed: str, _: Comparison, pair: Pair) -> Iterator[Judged]:
    old, new = (attrgetter(field)(service) for service in (pair.old, pair.new))
    came, gone = _without(new, old), _without(old, new)
    if came:
        yield Judged(added, field, (), came)
    if gone:
        yield Judged(removed, field, gone, ())


def _without(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members of a list that are not in another one; what is listed twice is told once."""
    return tuple(dict.fromkeys(each for each in some if each not in others))


def _words(field: str, kind: str, _: Comparison, pair: Pair) -> Iterator[Judged]:
    old, new = (attrgetter(field)(service) for service in (pair.old, pair.new))
    yield Judged(kind, field, one(old), one(new))


subjects: Judge = partial(_members, "subjects", "subject-added", "subject-removed")
onward: Judge = partial(_members, "onward", "onward-added", "onward-removed")
certifications: Judge = partial(_members, "certifications", "certification-added", "certification-removed")
purpose: Judge = partial(_words, "purpose", "purpose-changed")
condition: Judge = partial(_words, "condition", "condition-changed")
retention: Judge = partial(_words, "retention", "retention-changed")


def claim(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the change of what the publisher claims about personal data."""
    said = {None: (), True: ("yes",), False: ("no",)}
    removed, added = said[pair.old.personal_data], said[pair.new.personal_data]
    yield Judged("claim-changed", "personal_data", removed, added, None if removed else Level.INFORM)


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
