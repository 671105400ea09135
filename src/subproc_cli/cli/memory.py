"""Keeps the memory of commands flat that read and free much."""

import gc

_OBJECTS = 50_000
"""How many objects may be left over until they are looked for: about ten lists of fifty services."""


def collect_garbage_rarely() -> None:
    """Free what refers to itself, which most of what a command frees does not.

    What is loaded by now stays until the end and is not searched.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(_OBJECTS)
