"""What a figure was measured on: the processor, Python, and the versions of what was measured."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def described(*packages: str) -> str:
    """Return the machine and the versions of some packages in one line."""
    python = f"Python {platform.python_version()}"
    return ", ".join((f"{_processor()}, {python}", *(f"{name} {_version(name)}" for name in packages)))


def _processor() -> str:
    """Return the name of the processor, as Linux tells it, else its kind."""
    return next(_models(), platform.processor() or platform.machine())


def _models() -> Iterator[str]:
    told = Path("/proc/cpuinfo")
    for line in told.read_text("utf-8").splitlines() if told.exists() else ():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            yield value.strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "is not installed"
