"""The tests of this folder try many examples each, so all of them are slow."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; pytest passes those of every folder."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker("slow")
