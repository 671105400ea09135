"""Shows a person at a terminal how far a command is that takes longer than a second."""

import os
import sys
import time
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from subproc_cli.output.terminal import ProgressBar

DELAY = 1.0
"""Seconds after which a loop shows how far it is."""
LARGE_FILE = 4_000_000
"""Bytes of a file that takes about a second to read: 5,000 services."""

Item = TypeVar("Item")
_shown: "list[ProgressBar]" = []
"""The bar that is on the screen now, if there is one."""


def track(items: Collection[Item], unit: str) -> Iterator[Item]:
    """Yield items, and show from the first second on how many of them are done.

    Args:
        items: what is worked on.
        unit: their name in the plural: `revisions`.
    """
    start = time.monotonic()
    try:
        for done, item in enumerate(items):
            if _shown:
                _shown[-1].update(done)
            elif time.monotonic() - start > DELAY:
                _show(unit, len(items), done)
            yield item
    finally:
        stop()


def show_large_file(name: str, size: int) -> None:
    """Show the name of a large file, which takes time, until something is printed."""
    if size > LARGE_FILE and not _shown:
        _show(f"{name}, {size / 1_000_000:.1f} MB")


def stop() -> None:
    """Remove the bar from the screen: whatever is printed next has the line for itself."""
    while _shown:
        _shown.pop().stop()


def _show(description: str, total: int | None = None, done: int = 0) -> None:
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return
    from subproc_cli.output.terminal import ProgressBar  # Rich is needed by slow commands alone

    _shown.append(ProgressBar(sys.stderr, description, total, done))
