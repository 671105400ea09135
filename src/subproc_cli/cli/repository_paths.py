"""Paths as CI services expect them: from the top folder of the repository, wherever a command runs."""

import os
from pathlib import Path
from typing import Any

from subproc_cli.diagnostics import Position


def make_repository_path(file: str) -> str:
    """Return a path from the top folder of its repository; unchanged outside of one.

    The top folder is `GITHUB_WORKSPACE` or `CI_PROJECT_DIR` if the file is in it, otherwise the nearest
    folder above the file with a `.git`.
    """
    path = Path(file).absolute()
    top = _find_top_folder(Path(os.path.normpath(path)))
    return Path(os.path.normpath(path)).relative_to(top).as_posix() if top and path.exists() else file


def _find_top_folder(path: Path) -> Path | None:
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = Path(os.path.normpath(os.environ.get(variable) or os.sep)).absolute()
        if os.environ.get(variable) and folder in path.parents:
            return folder
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def localize(position: Position) -> Position:
    """Return a position whose file is named from the top folder of its repository."""
    return position._replace(file=make_repository_path(position.file))


def localize_records(records: list[Any]) -> list[Any]:
    """Return problems of `subproc/problems/1` with files named from the top folder of the repository."""
    return [
        {**record, "where": {**record["where"], "file": make_repository_path(record["where"]["file"])}}
        for record in records
    ]
