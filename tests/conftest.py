"""Settings of all tests: none fails because a machine is slow, and each run tries the same examples.

Other examples, and more of them, are tried by hand: `pytest --hypothesis-profile long`.
"""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("house")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let the programs that a test starts hear Ctrl-C, also where the tests run in the background.

    A program inherits that an interrupt is ignored: from `nohup`, or from a shell that starts jobs with `&` in a script.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
