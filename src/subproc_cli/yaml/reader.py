"""YAML bytes to plain data and the line and column of everything in it, in one pass.

The reader follows the events of libyaml, or of PyYAML's own parser where libyaml is missing, and
builds plain data by the YAML 1.2 core schema: only null, true, false and numbers are special, so
`NO` is Norway and `on` a word. Offsets in the text lie in one flat array in its order; the
offset of a value is found again by walking the data in that same order. A second array holds
where each text in quotes or in a block begins and ends that has a `#`, which begins no comment there.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from subproc_cli.diagnostics import INVALID_YAML, FieldPath, Position, Problem, format_path
from subproc_cli.yaml.builder import Builder, LimitError
from subproc_cli.yaml.libyaml import create_event_reader, create_python_event_reader, yaml
from subproc_cli.yaml.source import BOM, MAX_BYTES, Source
from subproc_cli.yaml.syntax_errors import convert_yaml_error

if TYPE_CHECKING:
    from array import array

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LFS = b"version https://git-lfs.github.com/spec/"
_SAVE_AS = "save the file as UTF-8"

_CONFLICT = re.compile(r"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)
_CONTAINERS = (dict, list)
_LINE_BREAKS = re.compile(r"\r\n?|\n")
_AMBIGUOUS = {
    "\x85": "ends a line in YAML 1.1, but not in YAML 1.2",
    "\u2028": "ends a line in YAML 1.1, but not in YAML 1.2",
    "\u2029": "ends a line in YAML 1.1, but not in YAML 1.2",
    "\n\ufeff": "starts a line, which some readers of YAML skip and some do not",
}
"""What nobody sees and readers of YAML read in two ways: also where a comment ends, and what a key is."""
TOO_DEEP = "exceeded maximum nesting depth"
"""The message of libyaml for its own limit of nesting. It reads ahead, so it can reach its limit first."""


def decode(source: Source, max_bytes: int) -> tuple[str, Problem | None]:
    """Return the text of a file without its byte order mark, or the reason why it cannot be decoded."""
    content = source.content
    if len(content) > max_bytes:
        message = f"the file has more than the {max_bytes:,} bytes that are read"
        return "", Problem(INVALID_YAML, message, Position(source.name, 0, 0))
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            message = f"the file is in {encoding}; only UTF-8 is supported"
            return "", Problem(INVALID_YAML, message, Position(source.name, 1, 1), _SAVE_AS)
    content = content.removeprefix(BOM)
    if content.startswith(_LFS):
        message = "this is a pointer of Git LFS, not the file itself"
        return "", Problem(INVALID_YAML, message, Position(source.name, 1, 1), "git lfs pull")
    if b"\x00" in content:
        at = _find_position(source.name, content, content.index(b"\x00"))
        return "", Problem(INVALID_YAML, "this is a binary file, not a text", at, _explain_binary(source))
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        at = _find_position(source.name, content, error.start)
        return "", Problem(INVALID_YAML, message, at, _SAVE_AS)


def _explain_binary(source: Source) -> str:
    """Return how to use what a workbook or a Word document holds; both are archives."""
    is_archive = source.content.startswith(b"PK")
    return (
        f"in Excel, save it as CSV UTF-8; for a new list: subproc import {source.name}" if is_archive else ""
    )


def find_ambiguous_character(file: str, text: str) -> Problem | None:
    """Return what is wrong with a text in which something that nobody sees is read in two ways."""
    found = [(text.index(each) + len(each) - 1, said) for each, said in _AMBIGUOUS.items() if each in text]
    if not found:
        return None
    at, said = min(found)
    code = f"{ord(text[at]):04X}"
    hint = f"remove it, or write it as \\u{code.lower()} within double quotes"
    where = _find_position(file, text[: at + 1].encode(), len(text[:at].encode()))
    return Problem(INVALID_YAML, f"the character U+{code} {said}", where, hint)


def find_conflict_marker(file: str, text: str) -> Problem | None:
    """Return the first marker of an unresolved merge; git writes one at the start of a line."""
    found = _CONFLICT.search(text) if "<<<<<<< " in text or ">>>>>>> " in text else None
    if not found:
        return None
    position = Position(file, text.count("\n", 0, found.start()) + 1, 1)
    hint = "merge the two versions by hand, and remove the lines with <<<<<<<, ======= and >>>>>>>"
    return Problem(INVALID_YAML, "this is the marker of a merge conflict in git", position, hint)


def _find_position(file: str, content: bytes, offset: int) -> Position:
    before = content[:offset]
    start = before.rfind(b"\n") + 1
    column = len(before[start:].decode("utf-8", "replace")) + 1
    return Position(file, before.count(b"\n") + 1, column)


class Document:
    """The plain data of a file, and the position of every value."""

    def __init__(self, source: Source, data: Any, marks: "array[int]", texts: "array[int]") -> None:
        self.file = source.name
        self.data = data
        self._source = source
        self._marks = marks
        self._texts = texts
        self._offsets: dict[int, dict[str | int, tuple[int, int]]] = {}

    def locate(self, path: FieldPath, *, of_key: bool = False) -> Position:
        """Return the place of a value: of its key if it is a mapping or a list, else of itself.

        Steps that the file does not have are passed over, so that what is missing is placed at
        what it is missing from.
        """
        node, value_at, shown_at, taken = self.data, 0, 0, []
        for step in path:
            if not _has_child(node, step):
                continue
            key_at, value_at = self._find_child_marks(node, value_at)[step]
            node = node[step]
            taken.append(step)
            shown_at = key_at if of_key or isinstance(node, dict | list) else value_at
        offset = self._marks[shown_at]
        line = bisect_right(self._line_starts, offset)
        column = offset - self._line_starts[line - 1] + 1
        return Position(self.file, line, column, format_path(tuple(taken)))

    @cached_property
    def _line_starts(self) -> list[int]:
        """The offset of the first character of each line; readers of YAML do not count a byte order mark."""
        text = self._source.text.removeprefix("\ufeff")
        return [0, *(found.end() for found in _LINE_BREAKS.finditer(text))]

    def is_in_text(self, line: int, column: int) -> bool:
        """Return whether a `#` is part of a quoted text or of a block; its position is counted from 1."""
        at = (line - 1) << 32 | (column - 1)
        return bisect_right(self._texts, at) % 2 == 1

    def _find_child_marks(self, node: Any, start: int) -> dict[str | int, tuple[int, int]]:
        """Return for each child the index of its key's mark and of its own; `start` is the node's."""
        known = self._offsets.get(start)
        if known is None:
            known = self._offsets[start] = {}
            at, before = start + 1, None
            keyed = isinstance(node, dict)
            for step, child in node.items() if keyed else enumerate(node):
                if isinstance(before, _CONTAINERS):
                    at += _count_marks_inside(before)
                known[step] = (at, at + keyed)
                at, before = at + keyed + 1, child
        return known


def _has_child(node: Any, step: str | int) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _count_marks_inside(node: dict[str, Any] | list[Any]) -> int:
    """Return how many keys and values a mapping or a list holds, at any depth."""
    count, children = (2 * len(node), node.values()) if isinstance(node, dict) else (len(node), node)
    return count + sum(_count_marks_inside(child) for child in children if isinstance(child, _CONTAINERS))


def parse(source: Source, start_hint: str = "") -> tuple[Document | None, list[Problem]]:
    """Return the data of a file and what is wrong with its YAML; no data if it cannot be read.

    `begin` is the first line of such a file, for the message about an empty one.
    """
    text, problem = decode(source, MAX_BYTES)
    problem = (
        problem or find_conflict_marker(source.name, text) or find_ambiguous_character(source.name, text)
    )
    if problem:
        return None, [problem]
    document, problems = _build(source, text, create_event_reader, start_hint)
    if any(each.message.startswith(TOO_DEEP) for each in problems):
        return _build(source, text, create_python_event_reader, start_hint)
    return document, problems


def _build(
    source: Source, text: str, create_events: Callable[[str], Callable[[], Any]], start_hint: str
) -> tuple[Document | None, list[Problem]]:
    file = source.name
    try:
        builder = Builder(file, create_events(text), start_hint)
    except yaml.YAMLError as error:  # a character that no YAML has, in the first part of the text
        return None, [convert_yaml_error(file, text, error)]
    try:
        data = builder.build()
    except yaml.YAMLError as error:
        return None, [*builder.collect_problems(), convert_yaml_error(file, text, error)]
    except LimitError as beyond:
        return None, [*builder.collect_problems(), beyond.problem]
    return Document(source, data, builder.marks, builder.texts), builder.collect_problems()
