"""The events of a YAML file to plain data, the position of everything in it, and what is wrong with it.

What would take too long or too much memory is refused as soon as it is met: nesting, aliases, values.
"""

import sys
from array import array
from collections.abc import Callable
from typing import Any

from subproc_cli.characters import quote
from subproc_cli.diagnostics import (
    DUPLICATE_KEY,
    INVALID_YAML,
    MAX_PROBLEMS,
    ErrorCode,
    Position,
    Problem,
    truncate,
)
from subproc_cli.yaml.libyaml import yaml

_CONSTANTS: dict[str, Any] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _CONSTANTS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), _value)
for _word in ("inf", "Inf", "INF"):
    _CONSTANTS |= {f"{sign}.{_word}": float(f"{sign}inf") for sign in ("", "+", "-")}
_CONSTANTS |= dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan"))
_NUMBER_START = frozenset("0123456789+-.")
_NUMBER = frozenset("0123456789+-.eE")
_NUMBER_LENGTH_LIMIT = 300
"""Number of digits beyond which a number is read as a text, like a version or a key."""


def resolve_scalar(text: str) -> Any:
    """Return the value of a plain scalar by the YAML 1.2 core schema."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_START or len(text) > _NUMBER_LENGTH_LIMIT:
        return text
    return _parse_number(text)


def _parse_number(text: str) -> Any:
    base = {"0o": 8, "0x": 16}.get(text[:2])
    digits = text[2:] if base else text.lstrip("+-")
    try:
        if base and digits.isalnum():
            return int(digits, base)
        if digits.isdecimal() and text.isascii():
            return int(text)
        return float(text) if _NUMBER.issuperset(text) else text
    except ValueError:
        return text


MAX_DEPTH = 32
"""Deepest nesting of mappings and lists; a registry needs 7."""
MAX_ALIASED = 100_000
"""Maximum number of values that aliases (`*name`) may add up to."""
MAX_VALUES = 2_000_000
"""Maximum number of keys and values of a file; ten thousand services of twenty lines have 650,000."""
MAX_TEXT = 250_000
"""Maximum length of a text; folding, comparing and drawing it takes a multiple of that in time and memory."""
TEXT_TOO_LONG = f"a text has more than {MAX_TEXT:,} characters"
MAX_ITEMS = 100_000
"""Maximum number of items of a list, and of keys of a mapping."""

_SCALAR, _ALIAS = yaml.ScalarEvent, yaml.AliasEvent
_SEQUENCE, _SEQUENCE_END, _MAPPING_END = yaml.SequenceStartEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent
_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(_CORE + name for name in ("int", "float", "bool", "null", "seq", "map"))
_TEXT_TAGS = frozenset(("!", _CORE + "str"))


class LimitError(Exception):
    """The file goes beyond what is read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Builder:
    """Builds data, marks, texts and problems from the events of one document."""

    def __init__(self, file: str, next_event: Callable[[], Any], start_hint: str) -> None:
        self.file = file
        self._start_hint = start_hint
        self.marks: array[int] = array("I")
        self._add_mark = self.marks.append
        self.texts: array[int] = array("Q")
        self.problems: list[Problem] = []
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._aliased_count = self._omitted = 0
        self._next_event = next_event

    def build(self) -> Any:
        """Return the data of the only document.

        Raises:
            LimitError: the file is empty or has a second document.
        """
        self._next_event()  # start of the stream
        first = self._next_event()
        if not isinstance(first, yaml.DocumentStartEvent):
            raise LimitError(self._make_problem(INVALID_YAML, "the file is empty", first, self._start_hint))
        data = self._build_value(self._next_event(), 0)
        self._next_event()  # end of the document
        last = self._next_event()
        if isinstance(last, yaml.DocumentStartEvent):
            message = "a second document starts here; a file must contain one"
            raise LimitError(self._make_problem(INVALID_YAML, message, last, "remove the line ---"))
        return data

    def _build_value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is _ALIAS:
            return self._resolve_alias(event)
        start = len(self.marks)
        if start >= MAX_VALUES:
            raise LimitError(
                self._make_problem(INVALID_YAML, f"the file has more than {MAX_VALUES:,} values", event)
            )
        self._add_mark(event.start_mark.index)
        if kind is _SCALAR:
            text = event.value
            is_plain = not event.style and not event.tag and len(text) <= MAX_TEXT
            value = resolve_scalar(text) if is_plain else self._read_scalar(event)
        else:
            value = self._build_collection(event, depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = (value, start, len(self.marks))
        return value

    def _read_scalar(self, event: Any) -> Any:
        text, tag = event.value, event.tag
        if event.style and "#" in text:
            self._record_text(event)
        if len(text) > MAX_TEXT:
            return self._refuse_text(event)
        if tag and tag not in _CORE_TAGS:
            self._refuse_tag(event)
            return text
        return resolve_scalar(text) if event.implicit[0] or tag else text

    def _build_collection(self, event: Any, depth: int) -> Any:
        if event.tag:
            self._refuse_tag(event)
        if depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise LimitError(self._make_problem(INVALID_YAML, message, event))
        is_list = type(event) is _SEQUENCE
        return self._build_sequence(depth) if is_list else self._build_mapping(depth)

    def _record_text(self, event: Any) -> None:
        """Note where a text in quotes or in a block begins and ends that has a `#`: it begins no comment."""
        start, end = event.start_mark, event.end_mark
        block = event.style in ("|", ">")  # its text starts below its header, which may have a comment
        first = (start.line + 1) << 32 if block else start.line << 32 | start.column
        self.texts.extend((first, max(first, end.line << 32 | end.column)))

    def _build_sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self._next_event()) is not _SEQUENCE_END:
            if len(items) >= MAX_ITEMS:
                raise self._make_length_error(event)
            items.append(self._build_value(event, depth))
        return items

    def _build_mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        first_marks: dict[str, Any] = {}
        twice = 0
        while type(event := self._next_event()) is not _MAPPING_END:
            if len(items) + twice >= MAX_ITEMS:
                raise self._make_length_error(event)
            before = len(self.marks)
            key = self._build_key(event, depth)
            value = self._build_value(self._next_event(), depth)
            if key in items:
                del self.marks[before:]  # the first value is kept, and so are its marks
                self._refuse_duplicate_key(key, event, first_marks[key])
                twice += 1
            else:
                items[key] = value
                first_marks[key] = event.start_mark
        return items

    def _build_key(self, event: Any, depth: int) -> str:
        """Return a key as it is written: `NO`, `1` and `true` are texts here.

        The keys of many services are the same words, each of which is kept in memory once.
        """
        if type(event) is _SCALAR:
            text = event.value
            self._add_mark(event.start_mark.index)
            if event.style and "#" in text:
                self._record_text(event)
            return sys.intern(text) if len(text) <= MAX_TEXT else self._refuse_text(event)
        value = self._build_value(event, depth)
        if isinstance(value, dict | list):
            raise LimitError(
                self._make_problem(INVALID_YAML, "a key must be one word, not a structure", event)
            )
        return str(value)

    def _resolve_alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            message = f"*{event.anchor} refers to nothing: there is no complete &{event.anchor} before it"
            hint = f"put the text in quotes: '*{event.anchor}'"
            raise LimitError(self._make_problem(INVALID_YAML, message, event)._replace(hint=hint))
        value, start, end = self._anchors[event.anchor]
        self._aliased_count += end - start
        if self._aliased_count > MAX_ALIASED:
            message = f"aliases add up to more than {MAX_ALIASED:,} values"
            raise LimitError(self._make_problem(INVALID_YAML, message, event))
        self.marks.extend(self.marks[start:end])
        return value

    def _make_length_error(self, event: Any) -> LimitError:
        return LimitError(
            self._make_problem(INVALID_YAML, f"more than {MAX_ITEMS:,} in one list or mapping", event)
        )

    def _refuse_text(self, event: Any) -> str:
        self._add_problem(INVALID_YAML, TEXT_TOO_LONG, event, "shorten it")
        return str(event.value[:MAX_TEXT])

    def _refuse_tag(self, event: Any) -> None:
        if event.tag in _CORE_TAGS or event.tag in _TEXT_TAGS:
            return
        message = f"the tag {event.tag} has no meaning here"
        self._add_problem(INVALID_YAML, message, event, "leave it out")

    def _refuse_duplicate_key(self, key: str, event: Any, first: Any) -> None:
        where = f"line {first.line + 1}, column {first.column + 1}"
        message = f"{quote(key)} is given twice; first at {where}"
        self._add_problem(DUPLICATE_KEY, message, event, "keep one of the two")

    def _add_problem(self, error_code: ErrorCode, message: str, event: Any, hint: str) -> None:
        """Add a problem; beyond the limit, the first is kept and the others are counted."""
        if len(self.problems) <= MAX_PROBLEMS:
            self.problems.append(self._make_problem(error_code, message, event, hint))
        else:
            self._omitted += 1

    def collect_problems(self) -> list[Problem]:
        """Return the problems to report."""
        return truncate(self.problems, self._omitted)

    def _make_problem(self, error_code: ErrorCode, message: str, event: Any, hint: str = "") -> Problem:
        mark = event.start_mark
        return Problem(error_code, message, Position(self.file, mark.line + 1, mark.column + 1), hint)
