"""Shows the progress of commands that take longer than a second at a terminal."""

import itertools
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from subproc_cli.output.terminal import ProgressBar

DELAY = 1.0
"""Seconds after which a loop shows its progress."""
LARGE_FILE = 4_000_000
"""Size in bytes of a file that takes about a second to read: 5,000 services."""

Item = TypeVar("Item")
_shown: "list[ProgressBar]" = []
"""The bar that is on the screen now, if there is one."""


@contextmanager
def count(total: int, unit: str) -> Iterator[Callable[[], None]]:
    """Return a function to call after each step; after a second it shows how many steps are done.

    Args:
        total: how many steps there are.
        unit: the name of what is counted, in the plural: `revisions`.
    """
    start, numbers = time.monotonic(), itertools.count(1)

    def finish_step() -> None:
        done = next(numbers)
        if _shown:
            _shown[-1].update(done)
        elif time.monotonic() - start > DELAY:
            _show(unit, total, done)

    try:
        yield finish_step
    finally:
        stop()


def track(items: Collection[Item], unit: str) -> Iterator[Item]:
    """Yield items, and show how many of them are done like `count`."""
    with count(len(items), unit) as finish_step:
        for item in items:
            yield item
            finish_step()


def show_large_file(name: str, size: int) -> None:
    """Show the name of a large file while it is read, until something is printed."""
    if size > LARGE_FILE and not _shown:
        _show(f"{name}, {size / 1_000_000:.1f} MB")


def stop() -> None:
    """Remove the bar from the screen, so that the next output starts on an empty line."""
    while _shown:
        _shown.pop().stop()


def _show(description: str, total: int | None = None, done: int = 0) -> None:
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return
    from subproc_cli.output.terminal import ProgressBar  # Rich is needed by slow commands alone

    bar = ProgressBar(sys.stderr, description, total, done)
    _shown.append(bar)  # first, so that an interrupt while it is drawn removes it
    bar.start()
