"""What a subject finds in a service that differs: a change before its level is settled."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import Route
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Level


class Judged(NamedTuple):
    """A kind with its arguments.

    Attributes:
        level: only where this very case deviates from its kind.
        route: where it stands within the service or the list, if that is more than its field.
        claims: the kinds that it holds as well; where a list sets a level for one of them, it counts here.
    """

    kind: str
    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    level: Level | None = None
    route: Route = ()
    claims: tuple[str, ...] = ()


Judge: TypeAlias = Callable[[Comparison, Pair], Iterator[Judged]]
"""Yields what the differences of a service mean, as far as they are its business."""


def one(value: object | None) -> tuple[str, ...]:
    """Return the values of a change that is about one value, which may be missing."""
    return () if value is None else (str(value),)
