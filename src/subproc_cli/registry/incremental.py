"""Reads revision after revision of a list, and of each only the services whose text differs.

A revision is split at the lines where a service begins; that is safe only for a file in the usual
layout, so anything out of the ordinary (anchors, tabs, another layout) is read as a whole.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from subproc_cli.registry.loader import Problems, load
from subproc_cli.registry.registry import Index
from subproc_cli.yaml.source import Source

_SERVICES = re.compile(r"^services:[ ]*(?:#.*)?\n", re.MULTILINE)
_FIRST = re.compile(r"(?:[ ]*(?:#.*)?\n)*( +)[\w-]+:(?=\s)")
_END = re.compile(r"^[^\s#]", re.MULTILINE)
_UNUSUAL = re.compile(r"[\t\r]|(?:^|[\s\[{,])[&*!]\S|^(?:---|\.\.\.|%)", re.MULTILINE)


class Parts(NamedTuple):
    """A file in the usual layout.

    Attributes:
        head: the text before the first service, `services:` included.
        blocks: the text of each service, by id.
        tail: the text behind the last service.
    """

    head: str
    blocks: dict[str, str]
    tail: str


def parts(text: str) -> Parts | None:
    """Split a file into its services; None if it has not the usual layout."""
    begins = _SERVICES.search(text)
    first = _FIRST.match(text, begins.end()) if begins else None
    if begins is None or first is None or _SERVICES.search(text, begins.end()):
        return None
    ends = _END.search(text, begins.end())
    end = ends.start() if ends else len(text)
    keys = list(re.compile(f"^{first[1]}([\\w-]+):(?=\\s)", re.MULTILINE).finditer(text, begins.end(), end))
    edges = [*(key.start() for key in keys), end]
    blocks = {key[1]: text[edges[at] : edges[at + 1]] for at, key in enumerate(keys)}
    return Parts(text[: edges[0]], blocks, text[end:]) if len(blocks) == len(keys) else None


def usual(block: str) -> bool:
    """Tell whether the text of a service holds nothing but the service, and nothing that reaches beyond."""
    if _UNUSUAL.search(block):
        return False
    first, *below = block.splitlines()
    depth = len(first) - len(first.lstrip(" "))
    return all(
        not bare or bare[0] == "#" or len(line) - len(bare) > depth
        for line in below
        for bare in (line.lstrip(" "),)
    )


class Succession:
    """Remembers the last revision that could be read."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._parts: Parts | None = None

    def read(self, source: Source) -> Index | Problems:
        """Return the index of the next revision, or all its problems."""
        split = _split(source)
        read: Index | Problems = (self._shortened(source, split) if split else None) or load(source)
        if isinstance(read, Index):
            sound = split and split.blocks.keys() == read.registry.services.keys() and self._all_usual(split)
            self._index, self._parts = read, split if sound else None
        return read

    def _all_usual(self, split: Parts) -> bool:
        """Tell whether every service has the usual layout; what stood before has been looked at."""
        before = self._parts.blocks if self._parts else {}
        return all(before.get(key) == block or usual(block) for key, block in split.blocks.items())

    def _shortened(self, source: Source, split: Parts) -> Index | None:
        """Read the services that differ; None if the whole file has to be read."""
        last, before = self._index, self._parts
        if last is None or before is None or not f"\n{split.tail}".endswith("\n"):
            return None
        differ = {key: block for key, block in split.blocks.items() if before.blocks.get(key) != block}
        if not all(map(usual, differ.values())) or _UNUSUAL.search(split.head) or _UNUSUAL.search(split.tail):
            return None
        read = load(Source(source.name, _shortened(split, differ).encode()))
        if not isinstance(read, Index) or read.registry.services.keys() != differ.keys():
            return None
        new, old = read.registry, last.registry
        if new.categories != old.categories or new.regions != old.regions:
            return None
        services = {key: new.services.get(key) or old.services[key] for key in split.blocks}
        return read.completed(source, new.model_copy(update={"services": services}))


def _split(source: Source) -> Parts | None:
    try:
        return parts(source.content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _shortened(split: Parts, services: Mapping[str, str]) -> str:
    """Return the text of a file with some of its services, which stand last.

    So a text in quotes that one of them leaves open stays open, and the file cannot be read.
    """
    begins = list(_SERVICES.finditer(split.head))[-1].start()
    first = split.head[begins:] if services else "services: {}\n"
    return "".join((split.head[:begins], split.tail, first, *services.values()))
