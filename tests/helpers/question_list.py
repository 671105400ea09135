"""The list that questions of tests are asked of."""

from functools import cache
from pathlib import Path

from subproc_cli.api import load
from subproc_cli.registry.registry import Registry

QUESTIONS = Path(__file__).parents[1] / "question"


@cache
def load_vendors() -> Registry:
    """Return the list of `tests/question/vendors.yaml`."""
    return load(QUESTIONS / "vendors.yaml")
