"""Runs commands that write, each again and again, killed one step later each time, until it ends alive.

A step is a call of the operating system, counted from the first one that makes or opens something to write; the process
kills itself when the call has returned. For a call that is cut off in its middle the size of files is bounded, and the
signal that the system sends for the byte too many is left to kill. One process forks all, so nothing is loaded twice.

Usage: python killing.py FOLDER < JSON. Each run begins as the subfolder `old`. The JSON holds the `rows`, each a list of
words, the `steps` of each (the first at which it is killed, and how many later the next time), and `in_place`: whether files are overwritten where they stand, to see that the tests would find it out. A run
leaves `ROW/RUN`, and if none before it left the like, what the same command then made of it is `ROW/RUN again`;
`ROW/whole` is of a run that was left alone. How the runs ended is written to standard output as JSON: their exit codes,
negative for a signal.
"""

import gc
import io
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from subproc_cli import atomic_write
from subproc_cli.cli.main import main

CALLS = frozenset(
    (
        "open",
        "mkdir",
        "truncate",
        "ftruncate",
        "chmod",
        "fchmod",
        "fchown",
        "setxattr",
        "removexattr",
        "flock",
        "rename",
        "replace",
        "link",
        "unlink",
    )
)
CALLS |= {
    "write",
    "writelines",
    "flush",
    "fsync",
    "close",
    "__exit__",
    "remove",
    "sendfile",
    "copy_file_range",
}
ON_DISK = (io.FileIO, io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SIZES = (1, 1_000, 10_000)
"""Bytes after which a file may not grow."""


def kill_at(step: int) -> None:
    """Let this process kill itself when so many calls have returned since the first one that writes.

    What comes before the first write is not profiled: it takes several times as long, and nothing can be lost in it.
    """
    done = 0

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "os.mkdir" or (event == "open" and bool(arguments[2] & WRITING))
        if writes and sys.getprofile() is None:
            sys.setprofile(called)

    def called(_: Any, event: str, function: Any) -> None:
        nonlocal done
        if event in ("c_return", "c_exception") and is_step(function):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def is_step(function: Any) -> bool:
    if function.__name__ not in CALLS:
        return False
    on_disk = isinstance(getattr(function, "__self__", None), ON_DISK)
    return on_disk or getattr(function, "__module__", None) in ("posix", "fcntl", "io", "_io")


def bound(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def forked(folder: Path, words: list[str], prepare: Callable[[], None] | None = None) -> int:
    """Run a command in a folder and return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.chdir(folder)
    if prepare:
        prepare()
    os._exit(main(words))


def state(folder: Path) -> frozenset[tuple[str, int]]:
    """Return what a folder holds, where a part that was not finished has no name."""
    found = ((str(path.relative_to(folder)), path) for path in folder.rglob("*") if path.is_file())
    return frozenset(("" if "/." in f"/{name}" else name, path.stat().st_size) for name, path in found)


def runs(old: Path, place: Path, words: list[str], first: int, stride: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each run and how it ended."""
    shutil.copytree(old, place / "whole")
    os.chdir(place / "whole")
    yield "whole", main(words)  # here, so that the others find everything loaded

    seen = {state(place / "whole")}

    def run(name: str, prepare: Callable[[], None]) -> int:
        shutil.copytree(old, place / name, copy_function=shutil.copyfile)
        code = forked(place / name, words, prepare)
        left = state(place / name)
        if left not in seen:
            seen.add(left)
            shutil.copytree(place / name, place / f"{name} again")
            forked(place / f"{name} again", words)
        return code

    for size in SIZES:
        yield f"size {size}", run(f"size {size}", partial(bound, size))
    for step in count(first, stride):
        code = run(f"step {step}", partial(kill_at, step))
        yield f"step {step}", code
        if code != -signal.SIGKILL:
            break


def in_place(display_path: Path, content: bytes, old: object, *, is_private: bool = False) -> None:
    del old, is_private
    display_path.write_bytes(content)


def silenced() -> int:
    """Lead the standard streams to nowhere, and return where standard output led."""
    told, nowhere = os.dup(1), os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return told


if __name__ == "__main__":
    gc.disable()  # as the program itself does: a collection in a fork copies the memory of all that is loaded
    root, asked = Path(sys.argv[1]), json.load(sys.stdin)
    told = silenced()
    if asked["in_place"]:
        atomic_write._replace = in_place  # the fault that the tests are for
    rows = enumerate(zip(asked["rows"], asked["steps"], strict=True))
    found = [dict(runs(root / "old", root / str(row), words, *steps)) for row, (words, steps) in rows]
    os.write(told, json.dumps(found).encode())
