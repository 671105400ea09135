"""Lists for tests, built from the part of a registry that matters to the test."""

from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import Source

FILE = "test.yaml"
HEAD = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
"""


def listing(text: str, *, head: str = "") -> Index:
    """Return the list with the given services (indented by two spaces) and further lines at the top."""
    content = f"{HEAD}{head.rstrip()}\nservices:\n{text}"
    loaded = load(Source(FILE, content.encode()))
    assert isinstance(loaded, Index), loaded
    return loaded
