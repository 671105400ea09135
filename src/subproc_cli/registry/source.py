"""Where the bytes of a registry come from."""

import sys
from pathlib import Path
from typing import NamedTuple

from subproc_cli.errors import UnreadableFault

STDIN = "-"


class Source(NamedTuple):
    """The bytes of one revision of a registry.

    Attributes:
        name: what to call it in messages.
        content: the bytes.
        commit: the id of the commit they come from; empty if they come from none.
    """

    name: str
    content: bytes
    commit: str = ""


def read(name: str) -> Source:
    """Return the bytes of a file, or of standard input for `-`.

    Raises:
        UnreadableFault: there is no such file, or it cannot be read.
    """
    if name == STDIN:
        return Source("<stdin>", sys.stdin.buffer.read())
    try:
        return Source(name, Path(name).read_bytes())
    except FileNotFoundError:
        raise UnreadableFault(f"{name}: no such file", neighbour(Path(name))) from None
    except IsADirectoryError:
        raise UnreadableFault(f"{name}: is a folder, not a file", _inside(Path(name))) from None
    except PermissionError:
        raise UnreadableFault(f"{name}: no permission to read it") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFault(f"{name}: cannot be read: {reason}") from None


def neighbour(path: Path) -> str:
    """Return `did you mean …?` with the file whose name looks most like a missing one."""
    from subproc_cli.words import did_you_mean  # noqa: PLC0415  only for a fault

    try:
        known = [str(path.with_name(each.name)) for each in path.parent.iterdir()]
    except OSError:
        return ""
    return did_you_mean(str(path), known)


def _inside(path: Path) -> str:
    inside = path / "registry.yaml"
    return f"did you mean {inside}?" if inside.is_file() else ""
