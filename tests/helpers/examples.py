"""Fewer of many examples in a usual run, and all of them in the weekly one."""

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

Example = TypeVar("Example")


def take_evenly(examples: Iterable[Example]) -> list[Example]:
    """Return as many of the examples as a property tries random ones, or some more, at equal distances.

    These are about fifty, and all of up to a thousand in the profile `weekly`.
    """
    found = [*examples]
    return found[:: max(1, len(found) // settings().max_examples)]
