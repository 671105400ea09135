"""The text of a file as a tree of spans: where each value begins and ends, to the character."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.diagnostics import FieldPath
from subproc_cli.yaml.libyaml import create_event_reader, yaml

_KEEP_MARKER = "+"


class Node:
    """A value in a text.

    Attributes:
        start: its first character, counted from 0.
        end: the character after it, without the blank lines and comments that follow.
        flow: whether it is written in brackets, or is a scalar.
        text: the words of a scalar; None for a mapping, a list and an alias.
        anchored: whether it has an anchor (`&name`), or is an alias (`*name`).
        header: the first line of a block scalar (`|+`), else nothing.
        keys: the keys of a mapping, by their words.
        children: its entries, by key or by position.
    """

    def __init__(self, start: int, end: int, *, flow: bool, text: str | None, anchored: bool) -> None:
        self.start = start
        self.end = end
        self.flow = flow
        self.text = text
        self.anchored = anchored
        self.header = ""
        self.keys: dict[str | int, Node] = {}
        self.children: dict[str | int, Node] = {}

    @property
    def first(self) -> "Node":
        """The first key of a mapping, or the first item of a list."""
        return next(iter((self.keys or self.children).values()))

    def walk(self, path: FieldPath = ()) -> Iterator[tuple[FieldPath, "Node"]]:
        """Yield everything below with its route, in the order of the text, and itself first."""
        yield path, self
        for step, child in self.children.items():
            yield from child.walk((*path, step))

    def is_shared(self) -> bool:
        """Whether an anchor or an alias ties anything in it to another place of the file."""
        return any(node.anchored for _, node in self.walk())


def parse_spans(text: str) -> Node:
    """Return the spans of a text that is known to be one valid YAML document."""
    next_event = create_event_reader(text)
    while not isinstance(next_event(), yaml.DocumentStartEvent):
        pass
    return _SpanParser(text, next_event).parse_value(next_event())


class _SpanParser:
    def __init__(self, text: str, next_event: Any) -> None:
        self._text = text
        self._next_event = next_event

    def parse_value(self, event: Any) -> Node:
        """Return the value that an event begins."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return Node(start, end, flow=True, text=None, anchored=True)
        if isinstance(event, yaml.ScalarEvent):
            return self._parse_scalar(event, start, end)
        anchored = event.anchor is not None
        node = Node(start, end, flow=bool(event.flow_style), text=None, anchored=anchored)
        last = (
            self._parse_items(node) if isinstance(event, yaml.SequenceStartEvent) else self._parse_pairs(node)
        )
        node.end = last if node.flow or not node.children else list(node.children.values())[-1].end
        return node

    def _parse_scalar(self, event: Any, start: int, end: int) -> Node:
        node = Node(start, end, flow=True, text=event.value, anchored=event.anchor is not None)
        if event.style in ("|", ">"):
            written = self._text[start:end]
            node.header = written.split("\n", 1)[0].split(" #")[0].split()[-1]
            kept = (
                written.removesuffix("\n").removesuffix("\r")
                if _KEEP_MARKER in node.header
                else written.rstrip()
            )
            node.end = start + len(kept)  # blank lines below are not part of it, unless it keeps them
        return node

    def _parse_items(self, node: Node) -> int:
        while not isinstance(event := self._next_event(), yaml.SequenceEndEvent):
            node.children[len(node.children)] = self.parse_value(event)
        return int(event.end_mark.index)

    def _parse_pairs(self, node: Node) -> int:
        while not isinstance(event := self._next_event(), yaml.MappingEndEvent):
            key = self.parse_value(event)
            word = str(key.text)
            node.keys[word], node.children[word] = key, self.parse_value(self._next_event())
        return int(event.end_mark.index)
