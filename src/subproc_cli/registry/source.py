"""Where the bytes of a registry come from."""

import sys
from pathlib import Path

from subproc_cli.errors import ReadError
from subproc_cli.yaml.source import MAX_BYTES, Source

STDIN = "-"
DEFAULT_NAME = "registry.yaml"
"""What a list is called where nobody names it."""
STDIN_NAME = "<stdin>"
"""What to call it in messages."""


def read(name: str) -> Source:
    """Return the bytes of a file, or of standard input for `-`.

    Raises:
        ReadError: there is no such file, or it cannot be read.
    """
    if name == STDIN:
        return Source(STDIN_NAME, _read_stdin())
    try:
        with Path(name).open("rb") as file:
            return Source(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        if Path(name).is_symlink():
            raise ReadError(f"{name}: is a symbolic link to a file that does not exist") from None
        raise ReadError(f"{name}: no such file", suggest_file(Path(name))) from None
    except IsADirectoryError:
        raise ReadError(f"{name}: is a folder, not a file", _suggest_file_inside(Path(name))) from None
    except PermissionError:
        raise ReadError(f"{name}: no permission to read it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be read: {reason}") from None


def _read_stdin() -> bytes:
    if sys.stdin is None:  # closed by the program that started this one
        raise ReadError("standard input is closed")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def suggest_file(path: Path) -> str:
    """Return `did you mean …?` with the file whose name looks most like a missing one."""
    from subproc_cli.suggest import suggest  # only for an error

    if not path.name:
        return ""
    try:
        known = [str(path.with_name(each.name)) for each in path.parent.iterdir()]
    except OSError:
        return ""
    return suggest(str(path), known)


def _suggest_file_inside(path: Path) -> str:
    inside = path / DEFAULT_NAME
    return f"did you mean {inside}?" if inside.is_file() else ""
