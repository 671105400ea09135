"""How a service is used and on which terms."""

import re
from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from subproc_cli.diff.change import ChangeCandidate, FieldClassifier, to_values
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.translations import TRANSLATION_KIND
from subproc_cli.enums import SUBPROCESSORS, Activation, Level, ModelTraining
from subproc_cli.registry.change_kind import get_possible_levels
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.models import RegistryModel
from subproc_cli.registry.parts import Contact, Contacts, Dpa, NoticeTerms

_ORDER = (Activation.OPT_IN, Activation.OPT_OUT, Activation.ALWAYS)


def classify_role(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the effect of another role of a service.

    An affiliate that is listed is a subprocessor too (Art. 28(2) and (4) GDPR make no difference), so between
    these two nothing changes for customers.
    """
    old, new = pair.old.role, pair.new.role
    was, is_now = old in SUBPROCESSORS, new in SUBPROCESSORS
    if was != is_now:
        kind = "became-subprocessor" if is_now else "ceased-subprocessor"
    else:
        kind = "metadata-changed" if is_now else "unclassified-change"
    yield ChangeCandidate(kind, "role", (old,), (new,))


def classify_activation(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of who decides on the use."""
    old, new = pair.old.activation, pair.new.activation
    kind = "became-mandatory" if _ORDER.index(new) > _ORDER.index(old) else "became-optional"
    yield ChangeCandidate(kind, "activation", (old,), (new,))


def classify_products(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the products that were added or removed; none stated means all.

    If a service is now for all products, or no longer for all, no product counts as added or removed.
    """
    old, new = pair.old.products, pair.new.products
    came = _subtract(new, old) if old else ()
    gone = _subtract(old, new) if new else ()
    if came or not new:
        yield ChangeCandidate("product-added", "products", (), came)
    if gone or not old:
        yield ChangeCandidate("product-removed", "products", gone, ())


def _classify_members(
    field: str, added: str, removed: str, _: Comparison, pair: Pair
) -> Iterator[ChangeCandidate]:
    old, new = (attrgetter(field)(service) for service in (pair.old, pair.new))
    came, gone = _subtract(new, old), _subtract(old, new)
    if came:
        yield ChangeCandidate(added, field, (), came)
    if gone:
        yield ChangeCandidate(removed, field, gone, ())


def _subtract(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members of a list that are not in another one; what is listed twice is reported once."""
    return tuple(dict.fromkeys(each for each in some if each not in others))


def _classify_text(field: str, kind: str, _: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    old, new = (attrgetter(field)(service) for service in (pair.old, pair.new))
    yield ChangeCandidate(kind, field, to_values(old), to_values(new))


def classify_retention(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield a longer or shorter retention if both revisions state days, otherwise the change of the text."""
    before, after = pair.old.retention_days, pair.new.retention_days
    if before is None and after is None:
        before, after = _compare_durations(pair.old.retention, pair.new.retention)
    kind = "retention-changed"
    if before is not None and after is not None and before != after:
        kind = "retention-extended" if after > before else "retention-shortened"
    texts = to_values(pair.old.retention), to_values(pair.new.retention)
    if texts[0] != texts[1]:
        yield ChangeCandidate(kind, "retention", *texts)
        return
    for field in ("retention_days", "retention_after", "retention_note"):
        parts = to_values(getattr(pair.old, field)), to_values(getattr(pair.new, field))
        if parts[0] != parts[1]:
            yield ChangeCandidate("metadata-changed", field, *parts)


_DURATION = re.compile(r"\b(\d{1,5}) (day|week|month|year)s?\b", re.IGNORECASE)
_DAYS_PER_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365}
"""About how many days; enough to compare two periods in texts that are otherwise the same."""


def _compare_durations(old: str | None, new: str | None) -> tuple[int | None, int | None]:
    """Return how many days two texts name, if they name one period each and are otherwise the same."""
    found = [_DURATION.findall(text or "") for text in (old, new)]
    frames = {_DURATION.sub("", text or "") for text in (old, new)}
    if len(frames) > 1 or any(len(periods) != 1 for periods in found):
        return None, None
    before, after = (int(number) * _DAYS_PER_UNIT[unit.lower()] for [(number, unit)] in found)
    return before, after


def classify_service_type(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the service types."""
    old, new = pair.old.service_type, pair.new.service_type
    if set(old) != set(new):
        yield ChangeCandidate(
            "service-type-changed", "service_type", _subtract(old, new), _subtract(new, old)
        )


_TRAINING_ORDER = tuple(ModelTraining)


def classify_training(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the statement on model training."""
    old, new = pair.old.model_training, pair.new.model_training
    level = None
    if old is None:
        kind, level = "training-stated", None if new is ModelTraining.NEVER else Level.NOTICE
    elif new is None:
        kind = "training-withdrawn"
    else:
        is_wider = _TRAINING_ORDER.index(new) > _TRAINING_ORDER.index(old)
        kind = "training-allowed" if is_wider else "training-restricted"
    yield ChangeCandidate(kind, "model_training", to_values(old), to_values(new), level)


def classify_dpa(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the changes of the contract with a service, field by field."""
    old, new = pair.old.dpa or Dpa(), pair.new.dpa or Dpa()
    for field in Dpa.model_fields:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield ChangeCandidate(
                "dpa-changed", f"dpa.{field}", to_values(before), to_values(after), path=("dpa", field)
            )


def _classify_contacts(old: Contacts, new: Contacts) -> Iterator[ChangeCandidate]:
    """Yield the contacts of the publisher that changed."""
    for kind in Contacts.model_fields:
        before, after = (getattr(contacts, kind) or Contact() for contacts in (old, new))
        gone, added = (
            tuple(value for name in Contact.model_fields if (value := getattr(contact, name)))
            for contact in (before, after)
        )
        if gone != added:
            yield ChangeCandidate("contact-changed", f"contacts.{kind}", gone, added, path=("contacts", kind))


def classify_claim(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of what the publisher claims about personal data."""
    values = {None: (), True: ("yes",), False: ("no",)}
    removed, added = values[pair.old.personal_data], values[pair.new.personal_data]
    yield ChangeCandidate("claim-changed", "personal_data", removed, added, None if removed else Level.INFORM)


_PERIODS = ("days", "objection_days", "termination_days")


def classify_registry(comparison: Comparison) -> Iterator[ChangeCandidate]:
    """Yield the changes of the list, each with the route of the difference that it explains."""
    old, new = comparison.old.model, comparison.new.model
    if old.publisher != new.publisher:
        yield ChangeCandidate("publisher-changed", "publisher", (old.publisher,), (new.publisher,))
    if set(old.law) != set(new.law):
        yield ChangeCandidate("law-changed", "law", old.law, new.law)
    for period in _PERIODS:
        before, after = getattr(old.notice, period), getattr(new.notice, period)
        if before != after:
            shorter = after is None or (before is not None and after < before)
            kind = "notice-shortened" if shorter else "notice-lengthened"
            yield ChangeCandidate(
                kind, f"notice.{period}", to_values(before), to_values(after), path=("notice", period)
            )
    if old.notice.contact != new.notice.contact:
        contacts = to_values(old.notice.contact), to_values(new.notice.contact)
        yield ChangeCandidate("contact-changed", "notice.contact", *contacts, path=("notice", "contact"))
    for name in ("on_silence", "on_objection"):
        yield from _classify_consequence(name, old.notice, new.notice)
    if old.contacts != new.contacts:
        yield from _classify_contacts(old.contacts or Contacts(), new.contacts or Contacts())
    yield from _classify_levels(old, new)
    for delta in comparison.deltas:
        if delta.path[0] == "categories" and delta.path[2:] == ("label",):
            key = delta.path[1]
            yield ChangeCandidate(
                "name-changed", f"categories.{key}", (delta.before,), (delta.after,), path=delta.path
            )


def _classify_consequence(name: str, old: NoticeTerms, new: NoticeTerms) -> Iterator[ChangeCandidate]:
    """Yield the change of what follows if a customer objects, or does not: of the text or a translation."""
    before, after = (to_values(getattr(terms, name)) for terms in (old, new))
    texts = [{*getattr(terms, f"{name}_by_language").items()} for terms in (old, new)]
    level = Level.NOTICE if before else None
    field, path = f"notice.{name}", ("notice", name)
    if before != after:
        yield ChangeCandidate("unclassified-change", field, before, after, level, path=path)
    elif texts[0] != texts[1]:
        gone, added = (
            tuple(sorted(f"{language}: {text}" for language, text in each - other))
            for each, other in (texts, texts[::-1])
        )
        yield ChangeCandidate(
            TRANSLATION_KIND,
            f"{field}_by_language",
            gone,
            added,
            level if gone else Level.EDITORIAL,
            path=path,
        )


def _classify_levels(old: RegistryModel, new: RegistryModel) -> Iterator[ChangeCandidate]:
    """Yield the kinds of change for which customers no longer get advance notice, or now get it."""
    for kind in dict.fromkeys((*old.levels, *new.levels)):
        before, after = (_find_possible_levels(each, kind) for each in (old, new))
        if _rank_advance_notice(before) != _rank_advance_notice(after):
            name = (
                "notice-shortened"
                if _rank_advance_notice(after) < _rank_advance_notice(before)
                else "notice-lengthened"
            )
            was, now = _find_lost_level(before, after), _find_lost_level(after, before)
            yield ChangeCandidate(name, f"levels.{kind}", (was,), (now,), path=("levels", kind))


def _find_possible_levels(registry: RegistryModel, kind: str) -> frozenset[Level]:
    """Return the levels that a change of a kind can have under a list."""
    return (
        frozenset((registry.levels[kind],))
        if kind in registry.levels
        else get_possible_levels(KINDS_BY_NAME[kind])
    )


def _rank_advance_notice(possible: frozenset[Level]) -> int:
    """Return whether customers get advance notice of a change: never (0), in some cases (1), always (2)."""
    return (Level.NOTICE in possible) + (possible == {Level.NOTICE})


def _find_lost_level(these: frozenset[Level], others: frozenset[Level]) -> Level:
    """Return the level that only one revision sets."""
    return min(these - others or these, key=list(Level).index)


CLASSIFIERS = {
    "role": FieldClassifier((classify_role,)),
    "service-type": FieldClassifier((classify_service_type,), is_silent=True),
    "purpose": FieldClassifier((partial(_classify_text, "purpose", "purpose-changed"),)),
    "claim": FieldClassifier((classify_claim,)),
    "training": FieldClassifier((classify_training,)),
    "subjects": FieldClassifier(
        (partial(_classify_members, "subjects", "subject-added", "subject-removed"),)
    ),
    "activation": FieldClassifier((classify_activation,)),
    "condition": FieldClassifier((partial(_classify_text, "condition", "condition-changed"),)),
    "products": FieldClassifier((classify_products,)),
    "onward": FieldClassifier((partial(_classify_members, "onward", "onward-added", "onward-removed"),)),
    "retention": FieldClassifier((classify_retention,)),
    "dpa": FieldClassifier((classify_dpa,)),
    "certifications": FieldClassifier(
        (partial(_classify_members, "certifications", "certification-added", "certification-removed"),)
    ),
}
