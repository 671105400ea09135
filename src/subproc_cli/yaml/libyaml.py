"""The only module that imports PyYAML, and libyaml if it is installed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import yaml as _yaml

yaml: Any = _yaml
if TYPE_CHECKING:
    SafeDumper = _yaml.SafeDumper
else:
    SafeDumper = getattr(_yaml, "CSafeDumper", _yaml.SafeDumper)
    """Writes plain data, by libyaml if it is installed."""


def create_event_reader(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by libyaml or without it by PyYAML."""
    try:
        from yaml import cyaml  # libyaml may be missing
    except ImportError:
        return create_python_event_reader(text)
    libyaml: Any = cyaml
    get_event: Callable[[], Any] = libyaml.CParser(text.encode()).get_event
    return get_event


def create_python_event_reader(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by PyYAML's own, slower parser."""
    get_event: Callable[[], Any] = yaml.Loader(text.removeprefix("\ufeff")).get_event
    return get_event


def parse_texts(text: str) -> Any:
    """Return the contents of a YAML file of the program, where every scalar is a text: `no` is not false.

    The events are followed here because most commands read such files, and PyYAML takes three times as long
    to build a tree of nodes first.

    >>> parse_texts("a: [no, 1]")
    {'a': ['no', '1']}
    """
    get_event = create_event_reader(text)
    anchors: dict[str, Any] = {}

    def build(event: Any) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return event.value
        if kind is yaml.AliasEvent:
            return anchors[event.anchor]
        built: Any
        if kind is yaml.MappingStartEvent:
            built = {}
            while type(key := get_event()) is not yaml.MappingEndEvent:
                built[key.value] = build(get_event())
        else:
            built = []
            while type(item := get_event()) is not yaml.SequenceEndEvent:
                built.append(build(item))
        if event.anchor:
            anchors[event.anchor] = built
        return built

    for _ in ("start of the stream", "start of the document"):
        get_event()
    return build(get_event())
