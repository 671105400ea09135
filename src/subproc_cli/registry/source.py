"""Where the bytes of a registry come from."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from subproc_cli.errors import ReadError
from subproc_cli.text import join_words
from subproc_cli.yaml.source import MAX_BYTES, Source

_REGISTRY_ENDINGS = (".yaml", ".yml")
_WEB = ("http://", "https://")
_SHOWN_FILES = 3
"""Maximum number of files that replace a missing one."""
STDIN = "-"
DEFAULT_NAME = "registry.yaml"
"""What a list is called where nobody names it."""
STDIN_NAME = "<stdin>"
"""What to call it in messages."""


def read_registry(name: str) -> Source:
    """Return the bytes of a registry, or of standard input for `-`.

    Raises:
        ReadError: there is no such file, or it cannot be read; the hint names a file that exists or the
            command that creates one.
    """
    return _read(name, suggest_registry)


def read(name: str) -> Source:
    """Return the bytes of a file, or of standard input for `-`.

    Raises:
        ReadError: there is no such file, or it cannot be read.
    """
    return _read(name, _suggest_similar)


def _read(name: str, suggest: Callable[[Path], str]) -> Source:
    if name == STDIN:
        return Source(STDIN_NAME, _read_stdin())
    try:
        with Path(name).open("rb") as file:
            return Source(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        if Path(name).is_symlink():
            raise ReadError(f"{name}: is a symbolic link to a file that does not exist") from None
        if name.startswith(_WEB):
            raise ReadError(
                f"{name}: is a web address, not a file", "save the page, and name its file"
            ) from None
        raise ReadError(f"{name}: no such file", suggest(Path(name))) from None
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
    """Return `did you mean …?` with the file whose path looks most like a missing one."""
    try:
        nearest = _find_nearest_path(path)
    except OSError:
        return ""
    return f"did you mean {nearest}?" if nearest else ""


def suggest_registry(path: Path) -> str:
    """Return what to type instead of a missing registry: a file that exists, or how to create one."""
    if path.parts[:1] in (("http:",), ("https:",)):
        return "save the web page, and convert it: subproc import FILE"
    if path.suffix not in _REGISTRY_ENDINGS or ":" in path.name:  # a revision, such as HEAD:registry.yaml
        return suggest_file(path)
    if path.parent.is_dir() and not _list_similar_files(path):
        typed = f"./{path}" if str(path).startswith("-") else str(path)
        return suggest_file(path) or f"create one with subproc init {shlex.quote(typed)}"
    return _suggest_similar(path)


def _suggest_similar(path: Path) -> str:
    """Return the file that is nearest to a missing one, or the files of its kind that exist."""
    nearest = suggest_file(path)
    if nearest or not path.suffix:
        return nearest
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    similar = _list_similar_files(path)
    return f"the folder has {join_words(similar)}" if similar else f"the folder has no {path.suffix} file"


def _list_similar_files(path: Path) -> list[str]:
    """Return the names of some files with the ending of a missing one."""
    try:
        return sorted(each.name for each in path.parent.iterdir() if each.suffix == path.suffix)[
            :_SHOWN_FILES
        ]
    except (OSError, ValueError):
        return []


def _find_nearest_path(path: Path) -> Path | None:
    """Return a path as it is, or with the nearest names of its folders and its file; None if there are none.

    Raises:
        OSError: one of the folders cannot be read.
    """
    if os.path.lexists(path) or not path.name:
        return path if path.name or path.is_dir() else None
    folder = _find_nearest_path(path.parent)
    if folder is None or not folder.is_dir():
        return None
    if os.path.lexists(folder / path.name):
        return folder / path.name
    nearest = _find_nearest_name(path, sorted(each.name for each in folder.iterdir()))
    return folder / nearest if nearest else None


def _find_nearest_name(path: Path, known: list[str]) -> str | None:
    """Return the name that is nearest to that of a path. The same ending does not count."""
    from subproc_cli.suggest import SURE, find_nearest  # only for an error

    stems = {Path(name).stem for name in known}
    others = [name for name in known if Path(name).suffix != path.suffix]
    stem = find_nearest(path.stem, stems, SURE)
    if stem is None and (name := find_nearest(path.name, others, SURE)):
        return name
    stem = stem or find_nearest(path.stem, stems)
    alike = [name for name in known if Path(name).stem == stem]
    same = (name for name in alike if Path(name).suffix == path.suffix)
    return next(same, None) or find_nearest(path.name, alike) or next(iter(alike), None)


def _suggest_file_inside(path: Path) -> str:
    inside = path / DEFAULT_NAME
    return f"did you mean {inside}?" if inside.is_file() else ""
