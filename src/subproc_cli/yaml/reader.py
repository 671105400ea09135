"""YAML bytes to plain data and the line and column of everything in it, in one pass.

The reader follows the events of libyaml, or of PyYAML's own parser where libyaml is missing, and
builds plain data by the YAML 1.2 core schema: only null, true, false and numbers are special, so
`NO` is Norway and `on` a word. Positions lie in one flat array in the order of the text; the
position of a value is found again by walking the data in that same order. A second array holds
where each text in quotes or in a block begins and ends that has a `#`, which begins no comment there.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from subproc_cli.diagnostics import Problem, Route, Where, dotted
from subproc_cli.yaml import syntax
from subproc_cli.yaml.builder import Beyond, Builder
from subproc_cli.yaml.libyaml import events, events_without_libyaml, yaml
from subproc_cli.yaml.source import MAX_BYTES, Source

if TYPE_CHECKING:
    from array import array


class Document:
    """The plain data of a file, and where everything in it stands."""

    def __init__(self, file: str, data: Any, marks: "array[int]", texts: "array[int]") -> None:
        self.file = file
        self.data = data
        self._marks = marks
        self._texts = texts
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

    def in_text(self, line: int, column: int) -> bool:
        """Tell whether a `#`, at a place counted from 1, lies in a text in quotes or in a block."""
        at = (line - 1) << 32 | (column - 1)
        return bisect_right(self._texts, at) % 2 == 1

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
    problem = problem or syntax.hidden(source.name, text)
    if problem:
        return None, [problem]
    document, problems = _built(source.name, text, events, begin)
    if any(each.message.startswith(syntax.TOO_DEEP) for each in problems):
        return _built(source.name, text, events_without_libyaml, begin)
    return document, problems


def _built(
    file: str, text: str, events_of: Callable[[str], Callable[[], Any]], begin: str
) -> tuple[Document | None, list[Problem]]:
    try:
        builder = Builder(file, events_of(text), begin)
    except yaml.YAMLError as fault:  # a character that no YAML has, in the first part of the text
        return None, [syntax.problem(file, text, fault)]
    try:
        data = builder.document()
    except yaml.YAMLError as fault:
        return None, [*builder.told(), syntax.problem(file, text, fault)]
    except Beyond as beyond:
        return None, [*builder.told(), beyond.problem]
    return Document(file, data, builder.marks, builder.texts), builder.told()
