"""The copies of the revisions that a run keeps next to its letters, and how they are found again."""

import json
from pathlib import Path

import pytest

from registry_text import listing
from subproc_cli.errors import ReadError, WriteError
from subproc_cli.notice.ledger.events import LETTER_FIELDS
from subproc_cli.notice.ledger.manifest import (
    build_manifest,
    copy_revisions,
    find_copy,
    is_interrupted,
    read_manifest,
    require_manifest,
    write_manifest,
)
from subproc_cli.registry.registry import Registry

OLD, NEW = (
    listing("  a: {name: A}\n"),
    listing("  b: {name: B}\n", head="notice: {contact: privacy@example.com}"),
)


def write_run(folder: Path, *, is_complete: bool = True) -> dict[str, str]:
    copies = copy_revisions(folder, iter([("old.yaml", OLD), ("new.yaml", NEW), ("again.yaml", OLD)]))
    customers = ("customers.yaml", "1") if is_complete else None
    write_manifest(
        folder, build_manifest((OLD, NEW), copies, [], customers=customers, is_complete=is_complete)
    )
    return copies


def test_copies_of_revisions_are_private_and_one_for_each_content(tmp_path: Path) -> None:
    assert write_run(tmp_path) == {OLD.sha256: "old.yaml", NEW.sha256: "new.yaml"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "new.yaml", "old.yaml"]
    for name, registry in (("old.yaml", OLD), ("new.yaml", NEW)):
        path = tmp_path / name
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (registry.content, 0o600)


def test_copy_that_is_there_already_stays(tmp_path: Path) -> None:
    write_run(tmp_path)
    before = (tmp_path / "old.yaml").stat().st_mtime_ns
    write_run(tmp_path)
    assert (tmp_path / "old.yaml").stat().st_mtime_ns == before


def test_copy_in_the_place_of_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes(NEW.content)
    with pytest.raises(WriteError) as caught:
        copy_revisions(tmp_path, iter([("old.yaml", OLD)]))
    assert str(caught.value) == f"{tmp_path}/old.yaml: is another revision of the list"
    assert caught.value.hint == "name another folder: --out DIR"
    assert (tmp_path / "old.yaml").read_bytes() == NEW.content


def test_manifest_names_the_run_its_revisions_and_its_customers(tmp_path: Path) -> None:
    write_run(tmp_path)
    manifest = {**require_manifest(tmp_path)}
    assert manifest.pop("program").startswith("subproc ")
    revision = {"version": "1.0.0", "date": "2024-01-01"}
    assert manifest == {
        "schema": "subproc/run/1",
        "status": "complete",
        "publisher": "Example GmbH",
        "contact": "privacy@example.com",
        "old": {**revision, "sha256": OLD.sha256, "file": "old.yaml"},
        "new": {**revision, "sha256": NEW.sha256, "file": "new.yaml"},
        "copies": [{"file": "old.yaml", "sha256": OLD.sha256}, {"file": "new.yaml", "sha256": NEW.sha256}],
        "customers": {"file": "customers.yaml", "sha256": "1"},
        "letters": [],
    }
    assert not is_interrupted(tmp_path)


def test_run_that_was_interrupted_is_refused_with_what_to_do(tmp_path: Path) -> None:
    write_run(tmp_path, is_complete=False)
    assert is_interrupted(tmp_path)
    with pytest.raises(ReadError) as caught:
        require_manifest(tmp_path)
    assert str(caught.value) == f"{tmp_path}: the run was interrupted"
    assert caught.value.hint == "repeat its subproc notice command first"


LETTER = {
    "customer": "Example AG",
    "addresses": ["ag@example.com"],
    "cc": [],
    "files": [{"name": "example-ag.eml", "sha256": "0" * 64}],
    **dict.fromkeys(LETTER_FIELDS),
    "sent": "2024-04-09",
    "effective": "2024-05-10",
    "new": {"version": "2.0.0"},
    "changes": [],
    "about": [],
    "told": [],
}


@pytest.mark.parametrize(
    ("changed", "is_read"),
    [
        ({}, True),
        ({"told": None, "customer": None}, True),
        ({"addresses": ["a@example.com\r\nRCPT TO:<b@example.com>"]}, False),
        ({"cc": [1]}, False),
        ({"files": [{"name": "../example-ag.eml", "sha256": "0"}]}, False),
        ({"files": [{"name": "/example-ag.eml", "sha256": "0"}]}, False),
        ({"files": [{"name": "..", "sha256": "0"}]}, False),
        ({"files": [{"sha256": "0"}]}, False),
        ({"sent": "today"}, False),
        ({"about": ["1"]}, False),
        ({"new": None}, False),
    ],
)
def test_manifest_with_a_letter_that_no_run_writes_is_not_read(
    *, changed: dict[str, object], is_read: bool, tmp_path: Path
) -> None:
    copies = dict.fromkeys((OLD.sha256, NEW.sha256), "x")
    manifest = build_manifest((OLD, NEW), copies, [LETTER | changed], customers=None, is_complete=True)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert (read_manifest(tmp_path) is not None) == is_read


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"{}", b'{"schema": "subproc/run/1"}', b"\xff", b"[" * 100_000]
)
def test_folder_without_a_manifest_names_its_last_run(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(ReadError) as caught:
        require_manifest(tmp_path)
    reason = "it has no manifest.json" if content is None else "its manifest.json is not as a run writes it"
    assert str(caught.value) == f"{tmp_path}: not a run of subproc notice, because {reason}"
    assert caught.value.hint == "write one with subproc notice --out"
    assert not is_interrupted(tmp_path)
    for name in ("2024-04-09", "2024-07-08"):
        (tmp_path / name).mkdir()
        write_run(tmp_path / name)
    with pytest.raises(ReadError) as caught:
        require_manifest(tmp_path)
    assert caught.value.hint == f"name one of its runs: {tmp_path}/2024-07-08"


@pytest.mark.parametrize(("registry", "name"), [(OLD, "old.yaml"), (NEW, "new.yaml")])
def test_find_copy_returns_a_revision_of_a_run_in_or_below_a_folder(
    registry: Registry, name: str, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (tmp_path / name).write_bytes(registry.content)  # not of a run
    write_run(run)
    for folders in ([tmp_path], [run], [tmp_path / "none", tmp_path]):
        assert find_copy(folders, registry.sha256) == run / name
    assert find_copy([tmp_path], "0") is None
    (run / "manifest.json").unlink()
    assert find_copy([tmp_path, run], registry.sha256) is None
