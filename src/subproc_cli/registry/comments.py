"""Finds comments of a list by their text, and the fields that they belong to."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from subproc_cli.diagnostics import FieldPath
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.spans import Node, parse_spans

_GUESSED = re.compile(r"(?:^|\s)#\s*guessed\b")
_MARK = re.compile(r"[ \t]*#[ \t]*guessed\b[ \t]*[,;:.–-]?[ \t]*")


class Comment(NamedTuple):
    """A comment that a pattern matches.

    Attributes:
        line: the text of its line.
        number: that of its line, from 1.
        column: that of its `#`, from 1.
        match: the match.
    """

    line: str
    number: int
    column: int
    match: re.Match[str]

    @property
    def is_alone_on_line(self) -> bool:
        """Whether nothing but comments is on its line."""
        return self.line.lstrip().startswith("#")


def find_comments(registry: Registry, keyword: str, pattern: re.Pattern[str]) -> Iterator[Comment]:
    """Yield the comments that a pattern matches, starting at their `#`; a `#` inside a text does not count.

    Args:
        registry: the list.
        keyword: what is in every comment that the pattern matches; it is found faster.
        pattern: what the comments say.
    """
    text = registry.text
    for number, line in enumerate(text.split("\n"), 1) if keyword in text else ():
        for found in pattern.finditer(line) if keyword in line else ():
            column = line.index("#", found.start()) + 1
            if not registry.is_in_text(number, column):
                yield Comment(line, number, column, found)


def find_guess_comments(registry: Registry) -> list[Comment]:
    """Return the markers of guesses of `subproc import` that nobody has removed."""
    return list(find_comments(registry, "guessed", _GUESSED))


def find_guessed_fields(registry: Registry) -> Iterator[FieldPath]:
    """Yield the route of each field that is marked as guessed.

    A marker belongs to the field on its line. A marker alone on a line belongs to the next line.
    """
    marked = find_guess_comments(registry)
    fields = _find_first_fields(registry.text) if marked else {}
    lines, routes = list(fields), [(), *fields.values(), ()]
    for each in marked:
        yield routes[bisect_right(lines, each.number) + each.is_alone_on_line]


def remove_guess_comments(registry: Registry, is_accepted: Callable[[FieldPath], bool]) -> tuple[str, int]:
    """Return the text of a list without the markers of some fields, and how many markers were removed.

    A marker on a line of its own goes with its line. What follows a marker in the same comment is kept.
    """
    marked = find_guess_comments(registry)
    paths = list(find_guessed_fields(registry))
    lines = registry.text.split("\n")
    gone: set[int] = set()
    removed = 0
    for comment, path in zip(marked, paths, strict=True):
        if not is_accepted(path):
            continue
        removed += 1
        at = comment.number - 1
        before, rest = lines[at][: comment.column - 1], lines[at][comment.column - 1 :]
        after = _MARK.sub("", rest, count=1).rstrip("\r")
        kept = after if not after or after.startswith("#") else f"# {after}"
        end = "\r" if lines[at].endswith("\r") else ""
        lines[at] = (f"{before}{kept}" if kept else before.rstrip()) + end
        if comment.is_alone_on_line and not kept:
            gone.add(at)
    return "\n".join(line for at, line in enumerate(lines) if at not in gone), removed


def _find_first_fields(text: str) -> dict[int, FieldPath]:
    """Return for each line the widest field or item that begins on it, in the order of the text."""
    found: dict[int, FieldPath] = {}
    line, at = 1, 0
    for start, route in _iter_starts((), parse_spans(text)):
        line, at = line + text.count("\n", at, start), start
        found.setdefault(line, route)
    return found


def _iter_starts(parent: FieldPath, node: Node) -> Iterator[tuple[int, FieldPath]]:
    for step, child in node.children.items():
        route = (*parent, step)
        yield node.keys.get(step, child).start, route
        yield from _iter_starts(route, child)
