"""YAML bytes to plain data and the line and column of everything in it, in one pass.

The reader follows the events of libyaml, or of PyYAML's own parser where libyaml is missing, and
builds plain data by the YAML 1.2 core schema: only null, true, false and numbers are special, so
`NO` is Norway and `on` a word. Positions lie in one flat array in the order of the text; the
position of a value is found again by walking the data in that same order.
"""

from array import array
from collections.abc import Callable
from typing import Any

from subproc_cli.libyaml import events, events_without_libyaml, yaml
from subproc_cli.problem import (
    DUPLICATE_KEY,
    INVALID_YAML,
    Fault,
    Problem,
    Route,
    Where,
    dotted,
)
from subproc_cli.registry import syntax
from subproc_cli.registry.scalars import core
from subproc_cli.registry.source import MAX_BYTES, Source

MAX_DEPTH = 32
"""Deepest nesting of mappings and lists; a registry needs 7."""
MAX_ALIASED = 100_000
"""Most values that aliases (`*name`) may add up to."""

_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(_CORE + name for name in ("int", "float", "bool", "null", "seq", "map"))
_TEXT_TAGS = frozenset(("!", _CORE + "str"))


class Document:
    """The plain data of a file, and where everything in it stands."""

    def __init__(self, file: str, data: Any, marks: "array[int]") -> None:
        self.file = file
        self.data = data
        self._marks = marks
        self._offsets: dict[int, dict[str | int, tuple[int, int]]] = {}

    def where(self, route: Route, *, of_key: bool = False) -> Where:
        """Return the place of a value: of its key if it is a mapping or a list, else of itself.

        Steps that the file does not have are passed over, so that what is missing is placed at
        what it is missing from.
        """
        node, value_at, shown_at, taken = self.data, 0, 0, []
        for step in route:
            if not _has(node, step):
                continue
            key_at, value_at = self._children(node, value_at)[step]
            node = node[step]
            taken.append(step)
            shown_at = key_at if of_key or isinstance(node, dict | list) else value_at
        mark = self._marks[shown_at] if self._marks else 0
        return Where(self.file, (mark >> 32) + 1, (mark & 0xFFFFFFFF) + 1, dotted(tuple(taken)))

    def _children(self, node: Any, start: int) -> dict[str | int, tuple[int, int]]:
        """Return for each child the index of its key's mark and of its own; `start` is the node's."""
        known = self._offsets.get(start)
        if known is None:
            known = self._offsets[start] = {}
            at = start + 1
            keyed = isinstance(node, dict)
            for step, child in node.items() if keyed else enumerate(node):
                known[step] = (at, at + keyed)
                at += keyed + _size(child)
        return known


def _has(node: Any, step: str | int) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _size(node: Any) -> int:
    if isinstance(node, dict):
        return 1 + sum(1 + _size(child) for child in node.values())
    if isinstance(node, list):
        return 1 + sum(_size(child) for child in node)
    return 1


def parse(source: Source, begin: str = "") -> tuple[Document | None, list[Problem]]:
    """Return the data of a file and what is wrong with its YAML; no data if it cannot be read.

    `begin` says what such a file begins with, to whoever gives an empty one.
    """
    text, problem = syntax.decoded(source, MAX_BYTES)
    if problem:
        return None, [problem]
    document, problems = _built(source.name, text, events(text), begin)
    if any(each.message.startswith(syntax.TOO_DEEP) for each in problems):
        return _built(source.name, text, events_without_libyaml(text), begin)
    return document, problems


def _built(
    file: str, text: str, next_event: Callable[[], Any], begin: str
) -> tuple[Document | None, list[Problem]]:
    builder = _Builder(file, next_event, begin)
    try:
        data = builder.document()
    except yaml.YAMLError as fault:
        return None, [*builder.problems, syntax.problem(file, text, fault)]
    except _Beyond as beyond:
        return None, [*builder.problems, beyond.problem]
    return Document(file, data, builder.marks), builder.problems


class _Beyond(Exception):
    """The file goes beyond what is read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Builds data, marks and problems from the events of one document."""

    def __init__(self, file: str, next_event: Callable[[], Any], begin: str) -> None:
        self.file = file
        self._begin = begin
        self.marks: array[int] = array("Q")
        self.problems: list[Problem] = []
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._aliased = 0
        self._next = next_event

    def document(self) -> Any:
        """Return the data of the only document."""
        self._next()  # start of the stream
        first = self._next()
        if not isinstance(first, yaml.DocumentStartEvent):
            raise _Beyond(self._problem(INVALID_YAML, "the file is empty", first, self._begin))
        data = self._value(self._next(), 0)
        self._next()  # end of the document
        last = self._next()
        if isinstance(last, yaml.DocumentStartEvent):
            message = "a second document begins here; a file is read as one"
            raise _Beyond(self._problem(INVALID_YAML, message, last, "remove the line ---"))
        return data

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        start = len(self.marks)
        mark = event.start_mark
        self.marks.append(mark.line << 32 | mark.column)
        value = self._fresh(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = (value, start, len(self.marks))
        return value

    def _fresh(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            if event.tag and event.tag not in _CORE_TAGS:
                self._refuse_tag(event)
                return event.value
            return core(event.value) if event.implicit[0] or event.tag else event.value
        if event.tag:
            self._refuse_tag(event)
        if depth >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            raise _Beyond(self._problem(INVALID_YAML, message, event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth + 1)
        return self._mapping(depth + 1)

    def _sequence(self, depth: int) -> list[Any]:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            before = len(self.marks)
            key = self._key(event, depth)
            value = self._value(self._next(), depth)
            if key in items:
                del self.marks[before:]  # the first one stands, the marks follow the data
                self._refuse_twice(key, event, lines[key])
            else:
                items[key], lines[key] = value, event.start_mark
        return items

    def _key(self, event: Any, depth: int) -> str:
        """Return a key as it is written: `NO`, `1` and `true` are texts here."""
        if isinstance(event, yaml.ScalarEvent):
            self.marks.append(event.start_mark.line << 32 | event.start_mark.column)
            return str(event.value)
        value = self._value(event, depth)
        if isinstance(value, dict | list):
            raise _Beyond(self._problem(INVALID_YAML, "a key must be one word, not a structure", event))
        return str(value)

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            message = f"*{event.anchor} refers to nothing: no &{event.anchor} stands complete before it"
            raise _Beyond(self._problem(INVALID_YAML, message, event))
        value, start, end = self._anchors[event.anchor]
        self._aliased += end - start
        if self._aliased > MAX_ALIASED:
            message = f"aliases add up to more than {MAX_ALIASED:,} values"
            raise _Beyond(self._problem(INVALID_YAML, message, event))
        self.marks.extend(self.marks[start:end])
        return value

    def _refuse_tag(self, event: Any) -> None:
        if event.tag in _CORE_TAGS or event.tag in _TEXT_TAGS:
            return
        message = f"the tag {event.tag} has no meaning here"
        self.problems.append(self._problem(INVALID_YAML, message, event, "leave it out"))

    def _refuse_twice(self, key: str, event: Any, first: Any) -> None:
        message = f"{key!r} is given twice; first at line {first.line + 1}, column {first.column + 1}"
        self.problems.append(self._problem(DUPLICATE_KEY, message, event, "keep one of the two"))

    def _problem(self, fault: Fault, message: str, event: Any, hint: str = "") -> Problem:
        mark = event.start_mark
        return Problem(fault, message, Where(self.file, mark.line + 1, mark.column + 1), hint)
