"""The changes of the last year, in the words of a language."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from subproc_cli.diff.change import Change, highest
from subproc_cli.enums import Language
from subproc_cli.history.log import Event, Moment
from subproc_cli.publish.export import Export
from subproc_cli.publish.wording import Wording
from subproc_cli.views.changes import sentence

_YEAR = timedelta(days=365)


class Revision(NamedTuple):
    """What one revision of the list changed.

    Attributes:
        level: the key of the most demanding level; empty for the first revision.
    """

    version: str
    day: str
    iso: str
    level: str
    meaning: str
    points: tuple[str, ...]


class Changes(NamedTuple):
    """What the page tells of changes: those of the year, else the last ones before it."""

    recent: tuple[Revision, ...]
    earlier: tuple[Revision, ...]


def until_the_list(export: Export) -> tuple[Moment, ...]:
    """Return the moments that lead to the list, and none that came after it."""
    last = export.about.registry.date
    return tuple(each for each in export.moments if each.new is None or each.new.registry.date <= last)


def told_changes(export: Export, wording: Wording) -> Changes:
    """Return the revisions of the year before the day, newest first, or the last one if there is none."""
    revisions = [
        (moment.new.registry.date, _revision(wording, moment))
        for moment in until_the_list(export)[::-1]
        if moment.new and (moment.changes or moment.event is Event.FIRST)
    ]
    recent = tuple(told for day, told in revisions if _within(day, export.day))
    return Changes(recent, () if recent else tuple(told for _, told in revisions[:1]))


def _within(day: date, today: date) -> bool:
    return today - _YEAR < day <= today


def _revision(wording: Wording, moment: Moment) -> Revision:
    assert moment.new  # noqa: S101  only revisions that can be read are told
    registry, level = moment.new.registry, highest(moment.changes)
    return Revision(
        version=wording.text("version", version=registry.version),
        day=wording.day(registry.date),
        iso=registry.date.isoformat(),
        level=level or "",
        meaning=wording.word("levels", level) if level else "",
        points=tuple(_points(wording, moment)),
    )


def _points(wording: Wording, moment: Moment) -> Iterator[str]:
    if moment.new and moment.old is None:
        yield wording.text("first", services=wording.counted("service", len(moment.new.registry.services)))
    for change in moment.changes:
        yield _point(wording, moment, change)


def _point(wording: Wording, moment: Moment, change: Change) -> str:
    """Return a change as an English sentence, or in the few words that every language shares."""
    if wording.language is Language.EN and moment.old and moment.new:
        return f"{sentence(moment.old, moment.new, change)}."
    return few_words(wording, change)


def few_words(wording: Wording, change: Change) -> str:
    """Return a change as the name of a field with what came and what went."""
    if change.kind in WHOLE:
        return wording.text(WHOLE[change.kind], name=change.name)
    removed, added = (
        wording.listed(_value(wording, change.field, value) for value in values)
        for values in (change.removed, change.added)
    )
    if change.kind == "extent-narrowed":  # what is left is what is told
        removed, added = "", removed
    texts = {(True, True): "event_changed", (False, True): "event_added", (True, False): "event_lost"}
    text = texts.get((bool(removed), bool(added)), "event_edited")
    if change.kind == "metadata-changed":
        text = "event_edited"
    field = _label(wording, change)
    return wording.text(text, name=change.name, field=field, removed=removed, added=added).strip()


def _label(wording: Wording, change: Change) -> str:
    if change.kind in KINDS:
        return wording.text(KINDS[change.kind])
    if change.field in _PERIODS:
        return wording.text(_PERIODS[change.field])
    return wording.label(change.field.removeprefix("entity.") if change.field != "entity.name" else "entity")


def _value(wording: Wording, field: str, value: str) -> str:
    """Return a value in words; what is none of the known ones stays as it is written."""
    if field in _CLOSED:
        return wording.known(_CLOSED[field], value)
    in_words = _IN_WORDS.get(field)
    return in_words(wording, value) if in_words else value


def _day(wording: Wording, value: str) -> str:
    try:
        return wording.day(date.fromisoformat(value))
    except ValueError:
        return value


def _spot(wording: Wording, value: str) -> str:
    """Return in words what a change names a place: `SE or FR`, `IN (remote-access)`."""
    names, opened, _ = value.partition(" (")
    text = wording.places(names.split(" or "))
    return f"{text} ({wording.text('remote')})" if opened else text


WHOLE = {
    "service-added": "event_new",
    "service-removed": "event_gone",
    "service-reactivated": "event_back",
}
"""Kinds of change that need no field: the key of the text."""
KINDS = {
    "data-possible": "may_see",
    "data-ruled-out": "may_see",
    "extent-widened": "sees_all",
    "extent-narrowed": "sees_part",
    "adequacy-lost": "adequacy",
    "adequacy-gained": "adequacy",
}
"""Kinds of change that say more than the name of their field: the key of the text."""
_PERIODS = {
    "notice.days": "notice_days",
    "notice.objection_days": "objection_days",
    "notice.termination_days": "termination_days",
    "notice.contact": "objections_to",
}
_CLOSED = {
    "transfer": "bases",
    "activation": "activations",
    "role": "roles",
    "products": "values",
    "personal_data": "values",
}
"""Fields whose values have words: the part of the wording."""
_IN_WORDS: dict[str, Callable[[Wording, str], str]] = {
    "sees": Wording.category,
    "never_sees": Wording.category,
    "processing": _spot,
    "entity.country": _spot,
    "since": _day,
    "until": _day,
}
