"""Findings that are accepted on purpose: by a comment next to them, or in the list's `ignore`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import FieldPath, Position
from subproc_cli.registry.comments import Comment, find_comments
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day

_COMMENT = re.compile(
    r"(?:^|\s)#\s*subproc:\s*ignore\b(?:\[([^\]\n#]*)\])?(?=((?:(?!\s#\s*subproc:)[^\n])*))"
)
_UNTIL = re.compile(r"\s*until=(\S*)")
_USAGE_HINT = "write it as: # subproc: ignore[missing-location] why"

SuppressionKey: TypeAlias = tuple[str, int | str]


class Suppression(NamedTuple):
    """The suppression of one rule at one position.

    Attributes:
        rule: the name of the rule, as it is written.
        reason: the reason that it gives.
        until: the last day; None if there is none.
        position: where the suppression is.
        lines: the lines whose findings a comment suppresses; empty for an entry of `ignore`.
        service: the id of the service that an entry of `ignore` is about; empty if it is about the list.
        error: what is wrong with its syntax.
    """

    rule: str
    reason: str
    until: date | None
    position: Position
    lines: tuple[int, ...] = ()
    service: str = ""
    error: str = ""

    def iter_keys(self) -> Iterator[SuppressionKey]:
        """Yield what is suppressed: findings of a rule at a line, about a service, or about the list."""
        if not self.error:
            yield from ((self.rule, target) for target in self.lines or (self.service,))


def build_keys(rule: str, line: int, service: str) -> set[SuppressionKey]:
    """Return the suppression of a finding, by its rule, its line and its service."""
    return {(rule, line), (rule, service)}


def find_suppressions(registry: Registry) -> tuple[Suppression, ...]:
    """Return all suppressions of a list, in the order of the file."""
    return tuple(
        sorted(
            (*_iter_comments(registry), *_iter_entries(registry)),
            key=lambda each: (each.position.line, each.position.column),
        )
    )


def _iter_entries(registry: Registry) -> Iterator[Suppression]:
    for number, entry in enumerate(registry.model.ignore):
        path: FieldPath = ("ignore", number)
        position = registry.locate((*path, "rule"))
        yield Suppression(entry.rule, entry.reason or "", entry.until, position, (), entry.service or "")


def _iter_comments(registry: Registry) -> Iterator[Suppression]:
    for comment in find_comments(registry, "subproc:", _COMMENT):
        yield from _parse_comment(comment, Position(registry.file, comment.number, comment.column))


def _parse_comment(comment: Comment, position: Position) -> Iterator[Suppression]:
    match = comment.match
    lines = (position.line, position.line + 1) if comment.is_alone_on_line else (position.line,)
    rest = match[2]
    until, error = None, "" if match[1] is not None else _USAGE_HINT
    until_match = _UNTIL.match(rest)
    if until_match:
        rest = rest[until_match.end() :]
        until = parse_day(until_match[1])
        error = error or (
            "" if until else f"until={until_match[1]} is not a valid date: write it as YYYY-MM-DD"
        )
    for rule in (match[1] or "").split(","):
        yield Suppression(rule.strip(), rest.strip(" \r:-–—"), until, position, lines, "", error)
