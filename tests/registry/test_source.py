"""Files that are missing: which one may have been meant."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from subproc_cli.errors import ReadError
from subproc_cli.registry.source import read, read_registry
from subproc_cli.yaml.source import Source

FILES = ("legal/eu/subprocessors.yaml", "legal/eu/customers.yaml", "legal/us/registry.yaml", "suppliers.csv")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("legal/eu/subprocesors.yaml", "legal/eu/subprocessors.yaml"),
        ("legal/eu/subprocessors.yml", "legal/eu/subprocessors.yaml"),
        ("legl/us/registry.yaml", "legal/us/registry.yaml"),  # a folder
        ("legl/ue/costumers.yaml", "legal/eu/customers.yaml"),  # all of it
        ("suppliers.xlsx", "suppliers.csv"),
        ("suppliers", "suppliers.csv"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_read_of_a_missing_file_proposes_the_nearest_path(typed: str, meant: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(typed)
    assert caught.value.hint == f"did you mean {meant}?"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("zzzz.yaml", "the folder has old.yaml and zzab.yaml"),  # five letters of nine are the same
        ("odd.yaml", "the folder has old.yaml and zzab.yaml"),
        ("zzabc.yaml", "did you mean zzab.yaml?"),
        ("zzab.yml", "did you mean zzab.yaml?"),
        ("zzab.cvs", "did you mean zzab.csv?"),
    ],
)
def test_read_of_a_missing_file_compares_names_without_their_endings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("old.yaml", "zzab.csv", "zzab.yaml"):
        Path(name).touch()
    with pytest.raises(ReadError) as caught:
        read(typed)
    assert caught.value.hint == hint


def test_read_of_a_missing_file_with_an_absolute_path_proposes_one(folder: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(f"{folder}/legal/su/registry.yaml")
    assert caught.value.hint == f"did you mean {folder}/legal/us/registry.yaml?"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nowhere/registry.yaml", "there is no folder nowhere"),
        ("legal/eu/zzzzzzzzzz.yaml", "the folder has customers.yaml and subprocessors.yaml"),
        ("legal/eu/page.html", "the folder has no .html file"),
        ("zzzzzzzz", ""),
    ],
)
@pytest.mark.usefixtures("folder")
def test_read_of_a_missing_file_unlike_any_other_names_what_exists(typed: str, expected: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(typed)
    assert caught.value.hint == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("my list.yaml", "create one with subproc init 'my list.yaml'"),
        ("legal/eu/zzzzzzzzzz.yaml", "the folder has customers.yaml and subprocessors.yaml"),
        ("nowhere/registry.yaml", "there is no folder nowhere"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_read_registry_of_a_missing_file_names_another_one_or_creates_it(typed: str, expected: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_registry(typed)
    assert caught.value.hint == expected


def test_read_of_a_folder_names_the_list_in_it(folder: Path) -> None:
    for name, hint in (("legal/us", "did you mean legal/us/registry.yaml?"), ("legal/eu", "")):
        with pytest.raises(ReadError) as caught:
            read(name)
        assert (str(caught.value), caught.value.hint) == (f"{name}: is a folder, not a file", hint)
    with pytest.raises(ReadError, match=r"legal/us/registry\.yaml/x: cannot be read: Not a directory"):
        read("legal/us/registry.yaml/x")
    (folder / "dangling.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(ReadError, match=r"dangling\.yaml: is a symbolic link to a file that does not exist"):
        read("dangling.yaml")


def test_read_of_a_file_and_of_standard_input_returns_their_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "list.yaml").write_bytes(b"format: 1")
    assert read("list.yaml") == Source("list.yaml", b"format: 1")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"format: 1")))
    assert read("-") == Source("<stdin>", b"format: 1")
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ReadError, match=r"^standard input is closed$"):
        read("-")
