"""Reading the data files of the package."""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """Return the contents of a data file, every scalar as text (so that `NO` is Norway)."""
    import yaml  # noqa: PLC0415, TID251  the package's own data is YAML, and read when it is asked for

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with (FOLDER / name).open("rb") as file:
        return yaml.load(file, Loader=loader)  # noqa: S506  a base loader builds texts, lists and mappings only
