"""Reading the data files of the package."""

from pathlib import Path
from typing import Any

from subproc_cli.yaml.libyaml import yaml

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """Return the contents of a data file of the package."""
    return read_path(FOLDER / name)


def read_path(path: Path) -> Any:
    """Return the contents of a data file, every scalar as text (so that `NO` is Norway)."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with path.open("rb") as file:
        return yaml.load(file, Loader=loader)
