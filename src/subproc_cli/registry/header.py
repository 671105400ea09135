"""The plain fields at the top of a file, without what is below them."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.yaml.libyaml import create_event_reader, yaml
from subproc_cli.yaml.source import Source

_WANTED = frozenset(("version", "date"))


class HeaderField(NamedTuple):
    """A field of the top level with a plain value.

    Attributes:
        name: its key.
        value: its text as it is written, without quotes.
        start: the first character of the value in the text, counted from 0.
        end: the character after it.
    """

    name: str
    value: str
    start: int
    end: int


def iter_fields(text: str) -> Iterator[HeaderField]:
    """Yield the plain fields of the top level one by one, reading no further than asked."""
    next_event = create_event_reader(text)
    depth, name = 0, ""
    while not isinstance(event := next_event(), yaml.StreamEndEvent):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
            name = name if depth > 1 else ""
        elif depth == 1 and isinstance(event, yaml.ScalarEvent):
            if name:
                yield HeaderField(name, event.value, event.start_mark.index, event.end_mark.index)
            name = "" if name else event.value


def read_header(source: Source) -> dict[str, str]:
    """Return the version and the date that a file states.

    A value that cannot be read is left out: a revision with an error has no header.
    """
    found: dict[str, str] = {}
    try:
        for field in iter_fields(source.content.decode("utf-8-sig")):
            if field.name in _WANTED:
                found[field.name] = field.value
            if found.keys() == _WANTED:
                break
    except (UnicodeDecodeError, yaml.YAMLError):
        return found
    return found
