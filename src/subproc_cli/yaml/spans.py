"""The text of a file as a tree of spans: where each value begins and ends, to the character."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.diagnostics import Route
from subproc_cli.yaml.libyaml import events, yaml

_KEEPS = "+"


class Node:
    """A value in a text.

    Attributes:
        start: its first character, counted from 0.
        end: the character behind it, without the blank lines and comments that follow.
        flow: whether it is written in brackets, or is a scalar.
        text: the words of a scalar; None for a mapping, a list and an alias.
        anchored: whether it has an anchor (`&name`), or is an alias (`*name`).
        header: the first line of a block scalar (`|+`), else nothing.
        keys: the keys of a mapping, by their words.
        children: what stands in it, by key or by position.
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

    def walk(self, route: Route = ()) -> Iterator[tuple[Route, "Node"]]:
        """Yield everything below with its route, in the order of the text, and itself first."""
        yield route, self
        for step, child in self.children.items():
            yield from child.walk((*route, step))

    def shared(self) -> bool:
        """Whether an anchor or an alias ties anything in it to another place of the file."""
        return any(node.anchored for _, node in self.walk())


def tree(text: str) -> Node:
    """Return the spans of a text that is known to be one sound YAML document."""
    next_event = events(text)
    while not isinstance(next_event(), yaml.DocumentStartEvent):
        pass
    return _Reader(text, next_event).value(next_event())


class _Reader:
    def __init__(self, text: str, next_event: Any) -> None:
        self._text = text
        self._next = next_event

    def value(self, event: Any) -> Node:
        """Return the value that an event begins."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return Node(start, end, flow=True, text=None, anchored=True)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, start, end)
        anchored = event.anchor is not None
        node = Node(start, end, flow=bool(event.flow_style), text=None, anchored=anchored)
        last = self._items(node) if isinstance(event, yaml.SequenceStartEvent) else self._pairs(node)
        node.end = last if node.flow or not node.children else list(node.children.values())[-1].end
        return node

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        node = Node(start, end, flow=True, text=event.value, anchored=event.anchor is not None)
        if event.style in ("|", ">"):
            written = self._text[start:end]
            node.header = written.split("\n", 1)[0].split(" #")[0].split()[-1]
            kept = (
                written.removesuffix("\n").removesuffix("\r") if _KEEPS in node.header else written.rstrip()
            )
            node.end = start + len(kept)  # blank lines below are no part of it, unless it keeps them
        return node

    def _items(self, node: Node) -> int:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            node.children[len(node.children)] = self.value(event)
        return int(event.end_mark.index)

    def _pairs(self, node: Node) -> int:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self.value(event)
            word = str(key.text)
            node.keys[word], node.children[word] = key, self.value(self._next())
        return int(event.end_mark.index)
