"""The door to PyYAML, and to libyaml where it is there."""

from collections.abc import Callable
from typing import Any

import yaml as _yaml  # this is the door

yaml: Any = _yaml


def create_event_reader(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by libyaml or without it by PyYAML."""
    try:
        from yaml import cyaml  # libyaml may be missing
    except ImportError:
        return create_python_event_reader(text)
    return cyaml.CParser(text.encode()).get_event  # type: ignore[attr-defined]


def create_python_event_reader(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by PyYAML's own, slower parser."""
    return yaml.Loader(text).get_event  # type: ignore[no-any-return]
