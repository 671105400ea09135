"""Lists for tests, built from the part of a registry that matters to the test."""

from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

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
