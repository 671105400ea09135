"""How a revision is spelled, and what a spelling can mean."""

import re
from collections.abc import Callable
from typing import NamedTuple

from subproc_cli.yaml.source import Source

FILE_ENDINGS = (".yaml", ".yml", ".json")
"""What ends like this is meant as a file."""
_DOTS = re.compile(r"(?<![/.])\.{2,3}(?![/.])")


class Reading(NamedTuple):
    """One thing that a text can mean.

    Attributes:
        name: what it is.
        clear: how to write it so that it means nothing else; empty where there is no such way.
        source: returns it.
    """

    name: str
    clear: str
    source: Callable[[], Source]


def is_range(text: str) -> bool:
    """Tell whether a text is `A..B` or `A...B`; dots of a path, as in `../a` and `REV:../a`, make none."""
    found = _DOTS.search(text, 0, colon(text) or len(text))
    return found is not None and text[:1] != ":"


def colon(text: str) -> int | None:
    """Return where the path begins in `REV:path`; `:/words` and words in braces belong to the revision."""
    if text.startswith(":/"):
        return None
    depth = 0
    for at, char in enumerate(text):
        if char == ":" and not depth:
            return at
        depth += (char == "{") - (char == "}")
    return None
