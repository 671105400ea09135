"""How a service is used and on which terms."""

from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from subproc_cli.diff.candidate import Judge, Judged, one
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import SUBPROCESSORS, Activation, Level

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
