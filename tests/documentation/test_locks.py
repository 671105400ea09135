"""The locks are complete: what pyproject.toml requires is in them, for every Python, and can be verified."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lock_files import FOLDER, locked
from rows import for_rows

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = [each[-4:] for each in PROJECT["project"]["classifiers"] if "Python :: 3." in each]
RUN = ("docx", "holidays", "xlsx")


def required() -> Iterator[tuple[str, Requirement]]:
    """Yield each requirement of pyproject.toml and the lock file that has it."""
    extras = PROJECT["project"]["optional-dependencies"]
    names = {
        "run.txt": PROJECT["project"]["dependencies"] + [each for extra in RUN for each in extras[extra]],
        "dev.txt": [each for extra in extras.values() for each in extra],
        **{f"{group}.txt": listed for group, listed in PROJECT["dependency-groups"].items()},
    }
    for name, listed in names.items():
        for requirement in map(Requirement, listed):
            if requirement.name != PROJECT["project"]["name"]:
                yield name, requirement


@pytest.mark.parametrize("python", PYTHONS)
@for_rows("name, requirement", list(required()))
def test_locks_have_one_version_of_every_requirement(
    name: str, requirement: Requirement, python: str
) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.9"}
    found = [
        each
        for each in locked(name)
        if each.name == canonicalize_name(requirement.name)
        and (each.marker is None or each.marker.evaluate(environment))
    ]
    assert len(found) == 1
    (version,) = found[0].specifier
    assert version.operator == "=="
    assert version.version in requirement.specifier


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.name)
def test_locks_have_hashes_but_no_address_for_every_package(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    packages = list(locked(file.name))
    assert packages
    assert text.count("\\\n    --hash=sha256:") >= len(packages)
    for line in text.splitlines():
        assert line.startswith(("#", "    #", "    --hash=sha256:")) or line.endswith(" \\")
    assert "://" not in text


def test_locks_in_several_files_have_the_same_versions() -> None:
    versions: dict[tuple[str, str], set[str]] = {}
    for file in FOLDER.glob("*.txt"):
        for each in locked(file.name):
            versions.setdefault((each.name, str(each.marker)), set()).add(str(each.specifier))
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}
