"""What a subject finds in a service that differs: a change before its level is settled."""

from typing import NamedTuple

from subproc_cli.enums import Level


class Judged(NamedTuple):
    """A kind with its arguments; `level` only where this very case deviates from its kind."""

    kind: str
    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    level: Level | None = None
