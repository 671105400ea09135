"""`subproc import --into`: what is new, changed and gone is shown, checked and written."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from subproc_cli.cli.main import main

OLD = """\
# Subprocessors of Example

Last updated: 2026-01-01

| Name | Purpose | Location of processing | Transfer | Colour |
|---|---|---|---|---|
| Alpha | Hosting | Germany | | red |
| Beta, Inc. | Mail | US | SCC | |
| Gamma | Chat | Ireland | | |
| Delta Payments | Cards | France | | |
| Alpha | Backups | Germany | | |
"""
NEW = """\
# Subprocessors of Example

Last updated: 2026-03-01

| Name | Purpose | Location of processing | Transfer | Colour |
|---|---|---|---|---|
| Alpha | Backups | Germany | | |
| Alpha | Hosting | Germany, India | SCC | blue |
| Beta | Mail | US | | |
| Delta Payment | Direct debit | India | SCC | |
| Epsilon | Search | Canada | | |
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.md").write_text(OLD, "utf-8")
    (tmp_path / "new.md").write_text(NEW, "utf-8")
    assert main(["import", "old.md", "-o", "registry.yaml", "-q"]) == 0
    return tmp_path


def load(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def get_services(path: Path) -> list[dict[str, Any]]:
    """Return the services in use, sorted, for their ids and their order do not matter."""
    services = load(path)["services"].values()
    return sorted((each for each in services if "until" not in each), key=repr)


def read_differences(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["import", "new.md", "--into", "registry.yaml", "--report", "json", *options])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().err.partition("\nto write")[0])[
        "differences"
    ]
    return found


def test_import_into_update_gives_the_same_as_a_new_import(folder: Path) -> None:
    assert main(["import", "new.md", "--into", "registry.yaml", "--update", "-y", "-q"]) == 0
    assert main(["import", "new.md", "-o", "fresh.yaml", "-q"]) == 0
    assert get_services(folder / "registry.yaml") == get_services(folder / "fresh.yaml")
    updated = load(folder / "registry.yaml")
    assert str(updated["date"]) == "2026-03-01"
    ended = {key: str(each["until"]) for key, each in updated["services"].items() if "until" in each}
    assert ended == {"gamma": "2026-03-01", "delta-payments": "2026-03-01"}
    assert main(["import", "new.md", "--into", "registry.yaml", "--check", "-q"]) == 0


def test_import_into_check_exits_1_and_writes_nothing(folder: Path) -> None:
    before = (folder / "registry.yaml").read_bytes()
    assert main(["import", "new.md", "--into", "registry.yaml", "--check", "-q"]) == 1
    assert (folder / "registry.yaml").read_bytes() == before
    assert main(["import", "old.md", "--into", "registry.yaml", "--check", "-q"]) == 0


def test_import_into_shows_each_difference_with_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    found = read_differences(capsys, "--check")
    kinds = {(each["kind"], each["service"], each["field"]) for each in found}
    assert kinds == {
        ("new", "epsilon", None),
        ("new", "delta-payment", None),
        ("changed", "alpha-hosting", "processing"),
        ("added", "alpha-hosting", "transfer"),
        ("changed", "alpha-hosting", "notes"),
        ("changed", "beta-inc", "name"),
        ("changed", "beta-inc", "transfer"),
        ("gone", "gamma", None),
        ("gone", "delta-payments", None),
    }


def test_import_into_commands_settle_what_is_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "new.md", "--into", "registry.yaml", "-y", "-q"]) == 0
    for each in read_differences(capsys, "--check"):
        assert main(shlex.split(each["command"])[1:]) == 0, each
    assert main(["import", "new.md", "--into", "registry.yaml", "--check", "-q"]) == 0
    assert load(folder / "registry.yaml")["services"]["alpha-hosting"]["processing"] == ["DE", "IN"]


def test_import_into_shows_a_place_that_is_not_understood_any_more(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new.md").write_text(OLD.replace("| Ireland |", "| Ireland and Zzyzx |"), "utf-8")
    (found,) = (each for each in read_differences(capsys, "--check") if each["field"] == "processing")
    assert found["service"] == "gamma"
    assert "Zzyzx" in found["message"]
    assert main(["import", "new.md", "--into", "registry.yaml", "--update", "-y", "-q"]) == 0
    assert main(["which", "process", "only", "in", "the", "EU", "-f", "json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    verdicts = {each["service"]: each["verdict"] for each in answers["answers"]}
    assert verdicts["gamma"] == "unknown"


def test_import_into_keeps_what_only_the_list_states(folder: Path) -> None:
    assert main(["set", "gamma", "sees", "email"]) == 0
    assert main(["set", "gamma", "notes", "Reviewed by us"]) == 0
    assert main(["import", "old.md", "--into", "registry.yaml", "--update", "-y", "-q"]) == 0
    gamma = load(folder / "registry.yaml")["services"]["gamma"]
    assert (gamma["sees"], gamma["notes"]) == (["identity.email"], "Reviewed by us")


def test_import_into_update_keeps_comments_and_layout(folder: Path) -> None:
    path = folder / "registry.yaml"
    text = path.read_text("utf-8").replace("  gamma:\n", "  # the third\n  gamma:   # chat\n")
    path.write_text(text, "utf-8")
    assert main(["import", "new.md", "--into", "registry.yaml", "--update", "-y", "-q"]) == 0
    assert "  # the third\n  gamma:   # chat\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--update"], "--update needs --into"),
        (["--check"], "--check needs --into"),
        (["--into", "registry.yaml", "--check", "--update"], "--check writes nothing"),
    ],
)
def test_import_refuses_options_without_effect(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["import", "new.md", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_import_of_an_export_with_an_own_region_keeps_it(folder: Path) -> None:
    registry = folder / "own.yaml"
    registry.write_text(
        "format: 1\npublisher: P\nversion: 1.0.0\ndate: 2026-01-01\nregions:\n  zone-1: [DE, FR]\nservices:\n"
        "  a:\n    name: Alpha\n    transfer: [{basis: scc, places: [zone-1]}]\n",
        "utf-8",
    )
    assert main(["export", "csv", "-r", "own.yaml", "-o", "own.csv"]) == 0
    assert main(["import", "own.csv", "-o", "back.yaml", "-q"]) == 0
    back = load(folder / "back.yaml")
    assert back["regions"] == {"zone-1": ["DE", "FR"]}
    assert back["services"]["a"]["transfer"] == [{"basis": "scc", "places": ["zone-1"]}]
