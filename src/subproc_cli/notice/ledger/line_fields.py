"""The types of the fields of a ledger line: a hash does not show that the program wrote the line."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.text import parse_day


def has_valid_fields(line: Mapping[str, Any]) -> bool:
    """Return whether a line has the fields that its event needs, and each known field is of its type."""
    if not all(is_valid(line[field]) for field, is_valid in _FIELDS.items() if field in line):
        return False
    return get_kind(line) not in _LETTER_KINDS or line.keys() >= _LETTER_FIELDS


_LETTER_KINDS = frozenset(kind for kind in EventKind if kind.is_about_letter)
_LETTER_FIELDS = frozenset(("sent", "effective", "old", "letter"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_or_null(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and parse_day(value) is not None


def _is_day_or_null(value: Any) -> bool:
    return value is None or _is_day(value)


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_revision(value: Any) -> bool:
    match value:
        case {"version": str(), "date": str(), "sha256": str()}:
            return True
        case _:
            return False


def _is_told(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(map(_is_told_change, value)))


def _is_told_change(value: Any) -> bool:
    match value:
        case {
            "service": str() | None,
            "name": str() | None,
            "kind": str(),
            "level": str(),
            "text": str(),
        }:
            return True
        case _:
            return False


_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("contact", "note", "answer", "channel", "authorisation", "language", "run", "address"),
        _is_text_or_null,
    ),
    **dict.fromkeys(("letter", "server", "message"), _is_text),
    **dict.fromkeys(("notices", "services", "addresses", "cc"), _are_texts),
    **dict.fromkeys(("sent", "effective"), _is_day),
    "letters": _are_texts_by_name,
    "object_by": _is_day_or_null,
    "old": _is_revision,
    "recorded": _is_moment,
    "told": _is_told,
}
