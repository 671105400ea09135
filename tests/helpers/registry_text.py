"""Lists for tests, built from the part of a registry that matters to the test."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import Source

ROOT = Path(__file__).resolve().parents[2]
FILE = "test.yaml"
DATE = "2024-01-01"
HEAD = f"""\
format: 1
publisher: Example GmbH
version: 1.0.0
date: {DATE}
"""


def listing(text: str, *, head: str = "", date: str = DATE) -> Registry:
    """Return the list with the given services (indented by two spaces) and further lines at the top."""
    content = f"{HEAD.replace(DATE, date)}{head.rstrip()}\nservices:\n{text}"
    loaded = load_registry(Source(FILE, content.encode()))
    assert isinstance(loaded, Registry), loaded
    return loaded


@cache
def load_complete_list() -> Registry:
    """Return a list with the service `a`, which has every field of `examples/every-field.yaml` in its fullest form."""
    read, _ = reader.parse(Source(FILE, (ROOT / "examples" / "every-field.yaml").read_bytes()))
    assert read is not None
    data = read.data
    fields: dict[str, Any] = {}
    for service in data["services"].values():
        fields |= {
            name: value
            for name, value in service.items()
            if count_values(value) >= count_values(fields.get(name))
        }
    head = {name: value for name, value in data.items() if name != "publish"}  # it hides fields
    content = json.dumps(head | {"date": DATE, "services": {"a": fields}})
    loaded = load_registry(Source(FILE, content.encode()))
    assert isinstance(loaded, Registry), loaded
    return loaded


def count_values(value: Any) -> int:
    """Return how many plain values a value of YAML has."""
    if isinstance(value, dict | list):
        return sum(map(count_values, value.values() if isinstance(value, dict) else value))
    return value is not None
