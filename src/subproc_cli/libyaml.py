"""PyYAML, imported at a quarter of its price.

While PyYAML is imported it compiles tables of characters that only its pure-Python reader and its
own ideas of scalars need; with libyaml neither is ever asked. They take longer than everything else
that a short command does with a list (`benchmarks/cold_start.py`), so here each is compiled when it
is asked for the first time.
"""

import re
from collections.abc import Callable
from typing import Any


class _Later:
    """Stands for a compiled pattern and compiles it when it is used."""

    def __init__(self, pattern: Any, flags: Any = 0) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._given), name)


def _imported() -> Any:
    at_once, re.compile = re.compile, _Later  # type: ignore[assignment]
    try:
        import yaml  # noqa: PLC0415, TID251  this is the door to PyYAML
    finally:
        re.compile = at_once
    return yaml


yaml: Any = _imported()


def events(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by libyaml or without it by PyYAML."""
    try:
        from yaml import cyaml  # noqa: PLC0415, TID251  libyaml may be missing
    except ImportError:
        return events_without_libyaml(text)
    return cyaml.CParser(text.encode()).get_event  # type: ignore[attr-defined]


def events_without_libyaml(text: str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, by PyYAML's own, slower parser."""
    return yaml.Loader(text).get_event  # type: ignore[no-any-return]
