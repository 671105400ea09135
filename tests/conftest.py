"""Settings of all tests: no test fails because a machine is slow, and every run tries the same examples.

To try other examples, and more of them: `pytest --hypothesis-profile long`.
"""

import gc
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from record_schemas import find_errors, is_record
from subproc_cli.output import json

PHASES = [phase for phase in Phase if phase is not Phase.explain]
"""Explaining a failure traces every line, which takes longer than a test may."""

settings.register_profile("house", deadline=None, derandomize=True, phases=PHASES, max_examples=50)
settings.register_profile("weekly", deadline=None, max_examples=500)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Let no example depend on the modules that earlier tests have loaded, from which Hypothesis takes constants.

    The profiles that look for other examples keep them.
    """
    if not config.getoption("hypothesis_profile"):
        pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)


PROPERTIES = Path(__file__).parent / "properties"
LONGEST = (
    "test_hostile.py",
    "test_golden.py",
    "test_crash_safety.py",
    "test_readings.py",
    "test_io_streams.py",
    "test_input_limits.py",
    "test_year.py",
    "test_action.py",
)
"""Files that take longest begin first, and the properties after them, so that no processor waits for them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and mark the property tests as slow: each of them tries many examples."""
    items.sort(key=lambda item: (item.path.name not in LONGEST, not item.path.is_relative_to(PROPERTIES)))
    for item in items:
        if item.path.is_relative_to(PROPERTIES):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays loaded, and run less often: it takes a tenth of the time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let the programs that a test starts hear Ctrl-C, also where the tests run in the background.

    A program inherits that an interrupt is ignored: from `nohup`, or from a shell that starts jobs with `&` in a script.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


_RECORD_ERRORS: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def validate_records() -> Iterator[None]:
    """Validate every record that a test lets the program print, against its JSON Schema."""
    render = json.render

    def validate_and_render(record: Mapping[str, Any] | list[Any]) -> str:
        if isinstance(record, Mapping) and is_record(record):
            _RECORD_ERRORS.extend(find_errors(record))
        return render(record)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json, "render", validate_and_render)
        yield


@pytest.fixture(autouse=True)
def fail_after_wrong_records() -> Iterator[None]:
    """Fail a test in which the program printed a record that does not agree with its schema."""
    _RECORD_ERRORS.clear()
    yield
    assert not _RECORD_ERRORS
