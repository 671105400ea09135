"""Imports PyYAML at a quarter of its price, for the command alone.

While PyYAML is imported it compiles tables of characters that only its pure-Python reader and its own
ideas of scalars need; with libyaml neither is ever asked. They take longer than everything else that a
short command does with a list (`benchmarks/cold_start.py`), so here each is compiled when it is asked for
the first time. For as long as the import lasts `re.compile` is another function, to whoever calls it:
that is for a process of our own, not for a library.
"""

import re
import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class _LazyPattern:
    """Stands for a compiled pattern and compiles it when it is used."""

    def __init__(self, pattern: Any, flags: Any = 0) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._arguments), name)


class _LazyPatternLoader:
    """Loads a module whose patterns are compiled later."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        original_compile, re.compile = re.compile, _LazyPattern  # type: ignore[assignment]
        try:
            self._loader.exec_module(module)
        finally:
            re.compile = original_compile


class _YamlFinder:
    """Finds PyYAML, and nothing else."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        del path, target
        spec = PathFinder.find_spec(name) if name == "yaml" else None
        if spec:
            spec.loader = _LazyPatternLoader(spec.loader)  # type: ignore[assignment]
        return spec


def install_yaml_finder() -> None:
    """Have PyYAML imported in this way, whenever it is asked for."""
    sys.meta_path.insert(0, _YamlFinder)
