"""The first fields of a file, without reading the services."""

from typing import Any

from subproc_cli.libyaml import events, yaml
from subproc_cli.registry.source import Source

_WANTED = frozenset(("version", "date"))


def head(source: Source) -> dict[str, str]:
    """Return the version and the date that a file states at its top, as they are written.

    What cannot be read is left out: a faulty revision has no head.
    """
    found: dict[str, str] = {}
    try:
        next_event = events(source.content.decode("utf-8"))
        depth = 0
        key = ""
        while found.keys() != _WANTED:
            event = next_event()
            if event is None or isinstance(event, yaml.StreamEndEvent):
                break
            depth, key = _followed(event, depth, key, found)
    except (UnicodeDecodeError, yaml.YAMLError):
        return found
    return found


def _followed(event: Any, depth: int, key: str, found: dict[str, str]) -> tuple[int, str]:
    """Take one event; `key` is the key of the top level whose value comes next."""
    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        return depth + 1, key
    if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        return depth - 1, "" if depth == 2 else key  # noqa: PLR2004  a value of the top level ends
    if depth == 1 and isinstance(event, yaml.ScalarEvent):
        if not key:
            return depth, event.value
        if key in _WANTED:
            found[key] = event.value
        return depth, ""
    return depth, key
