"""The versions in requirements/, from which the environments of developers and of CI are made."""

from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

FOLDER = Path(__file__).parent.parent.parent / "requirements"


def locked(name: str) -> Iterator[Requirement]:
    """Yield each package of a lock file, with the one version that it has there."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            yield Requirement(line.removesuffix("\\"))
