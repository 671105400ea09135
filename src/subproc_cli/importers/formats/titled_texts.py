"""Services as texts below a title, in scripts and data: `{title: "Vendors", items: ["Acme: mail"]}`."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.importers import candidates, items
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.layouts import inactive_sections, page
from subproc_cli.importers.models import RawTable

_TITLES = ("title", "heading", "name", "label", "h1", "h2")
_DEEPEST = 20
_FEWEST = 2
"""Minimum number of texts of a list that is read."""


def read_texts(data: Any, labels: Labels) -> RawTable:
    """Return the services of the lists below a title, or under a key, that speaks of services.

    Each text of such a list begins with a name before a dash or a colon; most say what services are for.
    """
    blocks: list[Block] = []
    listed: set[int] = set()
    for title, texts in _iter_lists(data):
        if _are_services(texts, labels):
            listed.add(id(texts))
            blocks.append(Heading((TextRun(title),), 1))
            blocks += [Text((TextRun(text),), 1) for text in texts]
    found = page.find_services(blocks, labels)
    others = tuple(_iter_others(data, listed))
    return found._replace(skipped=(*found.skipped, *others)) if found.entries else found


def _iter_lists(data: Any, title: str = "", depth: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of texts below a title that speaks of services, each with that title.

    What is below a title of services that are not in use, or not of the list, is left out.
    """
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        if title and data and all(isinstance(each, str) for each in data):
            yield title, data
        for each in data:
            yield from _iter_lists(each, title, depth + 1)
    elif isinstance(data, dict):
        own = next((data[key] for key in _TITLES if isinstance(data.get(key), str)), "")
        for key, each in data.items():
            called = split_camel_case(str(key)).replace("_", " ")
            above = (own, called)
            if not any(map(inactive_sections.is_set_apart, above)):
                named = next(filter(candidates.speaks_of_services, above), title)
                yield from _iter_lists(each, named, depth + 1)


def _are_services(texts: list[str], labels: Labels) -> bool:
    parts = [items.split_plain(text) for text in texts if items.SEPARATOR.search(text)]
    if len(texts) < _FEWEST or len(parts) < len(texts):
        return False
    described = [candidates.has_evidence("", rest, ()) for _, rest in parts]
    return all(candidates.is_name(name, labels) for name, _ in parts) and 2 * sum(described) > len(texts)


def _iter_others(data: Any, listed: set[int], path: str = "") -> Iterator[str]:
    """Yield what is next to the lists that are read, after the path to it."""
    if id(data) in listed:
        return
    if isinstance(data, dict):
        for key, each in data.items():
            yield from _iter_others(each, listed, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list) and any(isinstance(each, dict | list) for each in data):
        for each in data:
            yield from _iter_others(each, listed, path)
    else:
        yield from objects.iter_value_lines(data, path)
