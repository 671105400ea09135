"""Findings that are accepted on purpose: by a comment beside them, or in the list's `ignore`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import Route, Where
from subproc_cli.registry.comments import Comment, comments
from subproc_cli.registry.registry import Index
from subproc_cli.text import calendar_day

_COMMENT = re.compile(
    r"(?:^|\s)#\s*subproc:\s*ignore\b(?:\[([^\]\n#]*)\])?(?=((?:(?!\s#\s*subproc:)[^\n])*))"
)
_UNTIL = re.compile(r"\s*until=(\S*)")
_FORM = "write it as: # subproc: ignore[missing-location] why"

Key: TypeAlias = tuple[str, int | str]


class Suppression(NamedTuple):
    """One rule that is not to be told of at one place.

    Attributes:
        rule: the name of the rule, as it is written.
        reason: why.
        until: the last day; None if there is none.
        where: where the suppression stands.
        lines: the lines whose findings a comment suppresses; empty for an entry of `ignore`.
        service: the id of the service that an entry of `ignore` is about; empty if it is about the list.
        wrong: what is wrong with how it is written.
    """

    rule: str
    reason: str
    until: date | None
    where: Where
    lines: tuple[int, ...] = ()
    service: str = ""
    wrong: str = ""

    def covers(self) -> Iterator[Key]:
        """Yield what it suppresses: findings of a rule at a line, about a service, or about the list."""
        if not self.wrong:
            yield from ((self.rule, place) for place in self.lines or (self.service,))


def keys(rule: str, line: int, service: str) -> set[Key]:
    """Return what suppresses a finding of a rule, at a line, about a service."""
    return {(rule, line), (rule, service)}


def suppressions(index: Index) -> tuple[Suppression, ...]:
    """Return all suppressions of a list, in the order of the file."""
    return tuple(sorted((*_comments(index), *_entries(index)), key=lambda each: each.where[1:3]))


def _entries(index: Index) -> Iterator[Suppression]:
    for position, entry in enumerate(index.registry.ignore):
        route: Route = ("ignore", position)
        where = index.where((*route, "rule"))
        yield Suppression(entry.rule, entry.reason or "", entry.until, where, (), entry.service or "")


def _comments(index: Index) -> Iterator[Suppression]:
    for each in comments(index, "subproc:", _COMMENT):
        yield from _comment(each, Where(index.file, each.number, each.column))


def _comment(comment: Comment, where: Where) -> Iterator[Suppression]:
    found = comment.found
    lines = (where.line, where.line + 1) if comment.alone else (where.line,)
    rest = found[2]
    until, wrong = None, "" if found[1] is not None else _FORM
    dated = _UNTIL.match(rest)
    if dated:
        rest = rest[dated.end() :]
        until = calendar_day(dated[1])
        wrong = wrong or ("" if until else f"until={dated[1]} is no day: write it as YYYY-MM-DD")
    for rule in (found[1] or "").split(","):
        yield Suppression(rule.strip(), rest.strip(" \r:-–—"), until, where, lines, "", wrong)
