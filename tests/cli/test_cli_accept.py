"""`subproc accept`: the marks of guesses that a person has checked are removed, and nothing else changes."""

from pathlib import Path

import pytest

from subproc_cli.cli.main import main

LIST = """\
# Column "Where it runs": processing
format: 1
publisher: Example GmbH  # guessed
version: 1.0.0
date: 2024-01-01
services:
  alpha:
    name: Alpha # by contract
    purpose: "Hosting # guessed"   # guessed
    processing:
      - US  # guessed
      - DE  # guessed: ask the vendor
    entity:
      name: Alpha, Inc.  # guessed
      country: US  # guessed

  beta:
    name: Beta
    purpose: Mail  # guessed
    processing:
      []  # guessed
  gamma: {name: Gamma, purpose: Chat}  # guessed
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    found = tmp_path / "registry.yaml"
    found.write_text(LIST, encoding="utf-8")
    return found


@pytest.mark.parametrize(
    ("arguments", "removed"),
    [
        (("--field", "processing"), {"US": "US", "DE": "DE  # ask the vendor", "[]": "[]"}),
        (("--column", "Where it runs"), {"US": "US", "DE": "DE  # ask the vendor", "[]": "[]"}),
        (("--column", "Location"), {"US": "US", "DE": "DE  # ask the vendor", "[]": "[]"}),
        (("--field", "entity.country"), {"country: US": "country: US"}),
        (("beta",), {"purpose: Mail": "purpose: Mail", "[]": "[]"}),
        (("Beta", "--field", "purpose"), {"purpose: Mail": "purpose: Mail"}),
        (("gamma",), {"gamma: {name: Gamma, purpose: Chat}": "gamma: {name: Gamma, purpose: Chat}"}),
        (("--field", "publisher"), {"publisher: Example GmbH": "publisher: Example GmbH"}),
    ],
)
def test_accept_removes_the_marks_that_are_chosen(
    file: Path, arguments: tuple[str, ...], removed: dict[str, str]
) -> None:
    assert main(["accept", *arguments]) == 0
    expected = []
    for line in LIST.splitlines():
        bare = line.strip().removeprefix("- ")
        value = next((new for old, new in removed.items() if bare.startswith(f"{old}  # guessed")), None)
        indent = line[: len(line) - len(bare)]
        expected.append(line if value is None else f"{indent}{value}")
    assert file.read_text(encoding="utf-8").splitlines() == expected


def test_accept_without_a_choice_lists_the_marks_with_commands(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept"]) == 0
    shown = capsys.readouterr().out
    assert "8 values are marked as guessed" not in shown
    assert "9 values are marked as guessed" in shown
    assert "3  subproc accept --field processing" in shown
    assert "1  subproc accept gamma" in shown
    assert file.read_text(encoding="utf-8") == LIST


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nobody",), "nobody"),
        (("--field", "proccessing"), "did you mean processing?"),
        (("--column", "Colour"), "'Colour' is not known as a column"),
    ],
)
def test_accept_refuses_what_the_list_has_not(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert main(["accept", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == LIST


@pytest.mark.slow
def test_accept_dry_run_shows_the_difference_and_keeps_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept", "beta", "--dry-run"]) == 0
    assert "-    purpose: Mail  # guessed\n+    purpose: Mail\n" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == LIST


def test_accept_keeps_windows_line_ends(file: Path) -> None:
    file.write_bytes(LIST.replace("\n", "\r\n").encode())
    assert main(["accept", "beta"]) == 0
    content = file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == LIST.count("\n")
    assert b"purpose: Mail\r\n" in content
