"""Settings of all tests: none fails because a machine is slow, and each run tries the same examples.

Other examples, and more of them, are tried by hand: `pytest --hypothesis-profile long`.
"""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("house")
