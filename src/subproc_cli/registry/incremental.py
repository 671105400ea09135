"""Reads revision after revision of a list, and of each only the services whose text differs.

A revision is split at the lines where a service begins; that is safe only for a file in the usual
layout, so anything out of the ordinary (anchors, tabs, another layout) is read as a whole.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from subproc_cli.registry.loader import Problems, load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

_SERVICES = re.compile(r"^services:[ ]*(?:#.*)?\n", re.MULTILINE)
_FIRST = re.compile(r"(?:[ ]*(?:#.*)?\n)*( +)[\w-]+:(?=\s)")
_END = re.compile(r"^[^\s#]", re.MULTILINE)
_UNUSUAL = re.compile(r"[\t\r]|(?:^|[\s\[{,])[&*!]\S|^(?:---|\.\.\.|%)", re.MULTILINE)


class SplitFile(NamedTuple):
    """A file in the usual layout.

    Attributes:
        head: the text before the first service, `services:` included.
        blocks: the text of each service, by id.
        tail: the text after the last service.
    """

    head: str
    blocks: dict[str, str]
    tail: str


def split_services(text: str) -> SplitFile | None:
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
    return SplitFile(text[: edges[0]], blocks, text[end:]) if len(blocks) == len(keys) else None


def is_usual_layout(block: str) -> bool:
    """Return whether the text of a service holds nothing but the service, and nothing that reaches beyond."""
    if _UNUSUAL.search(block):
        return False
    first, *below = block.splitlines()
    depth = len(first) - len(first.lstrip(" "))
    return all(
        not bare or bare[0] == "#" or len(line) - len(bare) > depth
        for line in below
        for bare in (line.lstrip(" "),)
    )


class IncrementalLoader:
    """Remembers the last revision that could be read."""

    def __init__(self) -> None:
        self._registry: Registry | None = None
        self._split_file: SplitFile | None = None

    def load(self, source: Source) -> Registry | Problems:
        """Return the index of the next revision, or all its problems."""
        split = _try_split(source)
        read: Registry | Problems = (
            self._load_changed_services(source, split) if split else None
        ) or load_registry(source)
        if isinstance(read, Registry):
            sound = (
                split and split.blocks.keys() == read.model.services.keys() and self._has_usual_layout(split)
            )
            self._registry, self._split_file = read, split if sound else None
        return read

    def _has_usual_layout(self, split: SplitFile) -> bool:
        """Return whether every service has the usual layout; what was before has been looked at."""
        before = self._split_file.blocks if self._split_file else {}
        return all(before.get(key) == block or is_usual_layout(block) for key, block in split.blocks.items())

    def _load_changed_services(self, source: Source, split: SplitFile) -> Registry | None:
        """Read the services that differ; None if the whole file has to be read."""
        last, before = self._registry, self._split_file
        if last is None or before is None or not f"\n{split.tail}".endswith("\n"):
            return None
        differ = {key: block for key, block in split.blocks.items() if before.blocks.get(key) != block}
        if (
            not all(map(is_usual_layout, differ.values()))
            or _UNUSUAL.search(split.head)
            or _UNUSUAL.search(split.tail)
        ):
            return None
        read = load_registry(Source(source.name, _join_services(split, differ).encode()))
        if not isinstance(read, Registry) or read.model.services.keys() != differ.keys():
            return None
        new, old = read.model, last.model
        if new.categories != old.categories or new.regions != old.regions:
            return None
        services = {key: new.services.get(key) or old.services[key] for key in split.blocks}
        return read.with_source(source, new.model_copy(update={"services": services}))


def _try_split(source: Source) -> SplitFile | None:
    try:
        return split_services(source.content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _join_services(split: SplitFile, services: Mapping[str, str]) -> str:
    """Return the text of a file with some of its services, which are last.

    So a text in quotes that one of them leaves open stays open, and the file cannot be read.
    """
    begins = list(_SERVICES.finditer(split.head))[-1].start()
    first = split.head[begins:] if services else "services: {}\n"
    return "".join((split.head[:begins], split.tail, first, *services.values()))
