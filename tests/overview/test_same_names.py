"""Services that share a name are told apart by their ids wherever they are listed."""

import json
from pathlib import Path

import pytest

from subproc_cli.cli.main import main

LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2026-01-01
services:
  alpha-hosting: {name: Alpha, purpose: Hosting, processing: [DE]}
  alpha-email: {name: Alpha, purpose: Email, processing: [US]}
  beta: {name: Beta, purpose: Chat, processing: [IE]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry.yaml").write_text(LIST, "utf-8")


@pytest.mark.parametrize(
    "arguments", [["list"], ["which", "process", "outside", "the", "EU"], ["list", "--columns", "role"]]
)
def test_services_of_one_name_are_shown_with_their_ids(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    main(arguments)
    shown = capsys.readouterr().out
    assert "Alpha (alpha-hosting)" in shown
    assert "Alpha (alpha-email)" in shown
    assert "Beta (beta)" not in shown


def test_services_of_one_name_keep_their_name_in_records(capsys: pytest.CaptureFixture[str]) -> None:
    main(["list", "-f", "json"])
    services = json.loads(capsys.readouterr().out)["services"]
    assert [each["name"] for each in services] == ["Alpha", "Alpha", "Beta"]
