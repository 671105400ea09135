"""Finds comments of a list by what they say, and what they stand beside."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from subproc_cli.libyaml import events
from subproc_cli.problem import Route
from subproc_cli.registry.spans import Node, tree

_GUESSED = re.compile(r"(?:^|\s)#\s*guessed\b")


class Comment(NamedTuple):
    """A comment that a pattern matches.

    Attributes:
        line: the text of its line.
        number: that of its line, from 1.
        column: that of its `#`, from 1.
        found: the match.
    """

    line: str
    number: int
    column: int
    found: re.Match[str]

    @property
    def alone(self) -> bool:
        """Whether nothing but comments stands on its line."""
        return self.line.lstrip().startswith("#")


def comments(text: str, pattern: re.Pattern[str]) -> Iterator[Comment]:
    """Yield the comments that a pattern matches from their `#` on; what looks like one in a text is none."""
    if not pattern.search(text):
        return
    inside: Mapping[int, list[tuple[int, int]]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        for found in pattern.finditer(line):
            inside = _scalars(text) if inside is None else inside
            column = line.index("#", found.start()) + 1
            spans = inside.get(number, [])
            before = bisect_left(spans, (column,)) - 1
            if before < 0 or column > spans[before][1]:
                yield Comment(line, number, column, found)


def guesses(text: str) -> Iterator[Route]:
    """Yield the route of each field that is marked as guessed.

    It is the one beside the mark, or below a mark that stands alone; none if there is no such field.
    """
    marked = list(comments(text, _GUESSED))
    fields = _beginnings(text) if marked else {}
    lines, routes = list(fields), [(), *fields.values(), ()]
    for each in marked:
        yield routes[bisect_right(lines, each.number) + each.alone]


def _beginnings(text: str) -> dict[int, Route]:
    """Return for each line the widest field or item that begins on it, in the order of the text."""
    found: dict[int, Route] = {}
    line, at = 1, 0
    for start, route in _starts((), tree(text)):
        line, at = line + text.count("\n", at, start), start
        found.setdefault(line, route)
    return found


def _starts(above: Route, node: Node) -> Iterator[tuple[int, Route]]:
    for step, child in node.children.items():
        route = (*above, step)
        yield node.keys.get(step, child).start, route
        yield from _starts(route, child)


def _scalars(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return for each line the columns that a text of the file takes, so that no comment is seen in one."""
    spans: dict[int, list[tuple[int, int]]] = {}
    next_event = events(text)
    while (event := next_event()) is not None:
        if type(event).__name__ != "ScalarEvent":
            continue
        start, end = event.start_mark, event.end_mark
        block = event.style in ("|", ">")  # its text begins below its head, where a comment may stand
        for line in range(start.line + block, end.line + 1):
            first = start.column if line == start.line else 0
            last = end.column if line == end.line else len(text)
            spans.setdefault(line + 1, []).append((first, last))
    return spans
