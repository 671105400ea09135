"""Changes that a publisher chooses to give notice of, although no level requires it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.enums import Level
from subproc_cli.errors import UsageError
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.registry import Registry
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words


class ChosenChange(NamedTuple):
    """A kind of change to give notice of, of one service or of all.

    Attributes:
        kind: the kind of change.
        service: the id of the service; empty for all.
    """

    kind: str
    service: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.service}" if self.service else self.kind

    def matches(self, change: Change) -> bool:
        """Return whether a change is chosen."""
        return change.kind == self.kind and self.service in {"", change.service}


def parse_chosen_change(text: str) -> ChosenChange:
    """Return what `KIND` or `KIND:SERVICE` names.

    Raises:
        UsageError: there is no such kind.
    """
    kind, _, service = text.strip().partition(":")
    if kind not in KINDS_BY_NAME:
        hint = suggest(kind, KINDS_BY_NAME) or "see: subproc diff --kinds"
        raise UsageError(f"--also: {kind!r} is not a kind of change", hint)
    return ChosenChange(kind, service)


def raise_changes(
    changes: tuple[Change, ...], level: Level, chosen: Iterable[ChosenChange]
) -> tuple[Change, ...]:
    """Return changes, those that are chosen as ones that require a notice.

    An edit of internal fields is never raised: it is nothing for customers.

    Args:
        changes: what differs between two revisions.
        level: the lowest level that is chosen.
        chosen: further kinds of change.

    Raises:
        UsageError: no change is of a chosen kind.
    """
    chosen = tuple(chosen)
    for each in chosen:
        if not any(each.matches(change) and not change.internal_field for change in changes):
            kinds = dict.fromkeys(f"{change.kind}:{change.service}" for change in changes if change.service)
            hint = f"there are {join_words(kinds)}" if kinds else "no service has changed"
            raise UsageError(f"--also: no change is {each}", hint)
    order = list(Level)
    return tuple(
        change._replace(level=Level.NOTICE)
        if not change.internal_field
        and (order.index(change.level) <= order.index(level) or any(each.matches(change) for each in chosen))
        else change
        for change in changes
    )


def find_unchanged(new: Registry, day: date, changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the ids of the services in use on a day that stay as they are, apart from editorial remarks."""
    touched = {change.service for change in changes if not _is_remark(change)}
    return tuple(key for key in new.find_services_in_use(day) if key not in touched)


def _is_remark(change: Change) -> bool:
    """Return whether a change is an edit of what customers do not read: a note, a source, an id."""
    is_edit = change.kind in {"id-changed", "metadata-changed"} and change.field != "role"
    return is_edit and change.level is Level.EDITORIAL
