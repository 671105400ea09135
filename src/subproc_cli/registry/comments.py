"""Finds comments of a list by what they say, and what they stand beside."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.diagnostics import Route
from subproc_cli.registry.registry import Index
from subproc_cli.yaml.spans import Node, tree

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


def comments(index: Index, word: str, pattern: re.Pattern[str]) -> Iterator[Comment]:
    """Yield the comments that a pattern matches from their `#` on; what looks like one in a text is none.

    Args:
        index: the list.
        word: what stands in every comment that the pattern matches; it is found faster.
        pattern: what the comments say.
    """
    text = index.text
    for number, line in enumerate(text.split("\n"), 1) if word in text else ():
        for found in pattern.finditer(line) if word in line else ():
            column = line.index("#", found.start()) + 1
            if not index.in_text(number, column):
                yield Comment(line, number, column, found)


def marks(index: Index) -> list[Comment]:
    """Return the marks of guesses that `subproc import` set and nobody has removed."""
    return list(comments(index, "guessed", _GUESSED))


def guesses(index: Index) -> Iterator[Route]:
    """Yield the route of each field that is marked as guessed.

    It is the one beside the mark, or below a mark that stands alone; none if there is no such field.
    """
    marked = marks(index)
    fields = _beginnings(index.text) if marked else {}
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
