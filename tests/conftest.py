"""Settings of all tests: none fails because a machine is slow, and CI tries the same examples each time."""

import os

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("long", deadline=None, max_examples=5_000)  # by hand: --hypothesis-profile long
settings.load_profile("house")
