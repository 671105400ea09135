"""The only module that imports PyYAML, and libyaml if it is installed."""

from collections.abc import Callable
from typing import Any

import yaml as _yaml

yaml: Any = _yaml


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
    get_event: Callable[[], Any] = yaml.Loader(text).get_event
    return get_event
