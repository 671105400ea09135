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

# A pattern that begins with a line break is found twenty times faster than one that begins with ^.
_SERVICES_KEY = "\nservices:"
_SERVICES = re.compile(rf"{_SERVICES_KEY}[ ]*(?:#.*)?(?=\n)")
_FIRST = re.compile(r"\n(?:[ ]*(?:#.*)?\n)*( +)[\w-]+:(?=\s)")
_END = re.compile(r"\n[^\s#]")
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
    text = f"\n{text}"
    header = _SERVICES.search(text)
    first = _FIRST.match(text, header.end()) if header else None
    if header is None or first is None or text.find(_SERVICES_KEY, header.end()) >= 0:
        return None
    ends = _END.search(text, header.end())
    end = ends.start() + 1 if ends else len(text)
    keys = list(re.compile(f"\n{first[1]}([\\w-]+):(?=\\s)").finditer(text, header.end(), end))
    edges = [*(key.start() + 1 for key in keys), end]
    blocks = {key[1]: text[start:stop] for key, start, stop in zip(keys, edges, edges[1:], strict=False)}
    return SplitFile(text[1 : edges[0]], blocks, text[end:]) if len(blocks) == len(keys) else None


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
        updated = self._load_changed_services(source, split) if split else None
        read = updated or load_registry(source)
        if isinstance(read, Registry):
            is_known = updated is not None or (split is not None and _has_usual_layout(split, read))
            self._registry, self._split_file = read, split if is_known else None
        return read

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


def _has_usual_layout(split: SplitFile, read: Registry) -> bool:
    """Return whether the parts of a file are its services, each in the usual layout."""
    return split.blocks.keys() == read.model.services.keys() and all(
        map(is_usual_layout, split.blocks.values())
    )


def _try_split(source: Source) -> SplitFile | None:
    try:
        return split_services(source.content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _join_services(split: SplitFile, services: Mapping[str, str]) -> str:
    """Return the text of a file with some of its services, which are last.

    So a text in quotes that one of them leaves open stays open, and the file cannot be read.
    """
    begins = list(_SERVICES.finditer(f"\n{split.head}"))[-1].start()
    first = split.head[begins:] if services else "services: {}\n"
    return "".join((split.head[:begins], split.tail, first, *services.values()))
