"""Paths as CI services expect them: from the top folder of the repository, wherever a command runs."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from subproc_cli.diagnostics import Position


def make_repository_path(file: str, git_path: str = "") -> str:
    """Return a path from the top folder of its repository; unchanged outside of one.

    The top folder is `GITHUB_WORKSPACE` or `CI_PROJECT_DIR` if the file is in it, otherwise the nearest
    folder above the file with a `.git`.

    Args:
        file: the name of the file, or of a revision.
        git_path: the path of a revision in its repository; empty for a file.
    """
    if git_path:
        return git_path
    path = Path(file).absolute()
    top = _find_top_folder(Path(os.path.normpath(path)))
    return Path(os.path.normpath(path)).relative_to(top).as_posix() if top and path.exists() else file


def _find_top_folder(path: Path) -> Path | None:
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = Path(os.path.normpath(os.environ.get(variable) or os.sep)).absolute()
        if os.environ.get(variable) and folder in path.parents:
            return folder
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def localize(position: Position, git_paths: Mapping[str, str] = MappingProxyType({})) -> Position:
    """Return a position whose file is named from the top folder of its repository.

    Args:
        position: the position.
        git_paths: the paths of revisions in their repositories, by the names of the revisions.
    """
    file = make_repository_path(position.file, git_paths.get(position.file, ""))
    return position._replace(file=file)


def localize_records(records: list[Any], git_paths: Mapping[str, str]) -> list[Any]:
    """Return problems of `subproc/problems/1` with files named from the top folder of the repository."""
    paths = {file: make_repository_path(file, git_path) for file, git_path in git_paths.items()}
    return [
        {**record, "where": {**record["where"], "file": paths.get(file) or make_repository_path(file)}}
        for record in records
        for file in (record["where"]["file"],)
    ]
