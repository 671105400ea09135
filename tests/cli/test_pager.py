"""What a person at a terminal gets besides the result: a pager where it is long, and what to type next."""

import shlex
import shutil
import sys
from pathlib import Path

import pytest

from subproc_cli.cli.main import main

LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
services:
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("PAGER", "CI"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pager.py").write_text("import sys; open('paged.txt', 'wb').write(sys.stdin.buffer.read())")
    monkeypatch.setenv("SUBPROC_PAGER", f"{sys.executable} pager.py")
    return tmp_path


def services(folder: Path, number: int) -> None:
    entries = "  first: {name: First, processing: [Germany]}\n"
    entries += "".join(f"  service-{each}: {{name: Service {each}}}\n" for each in range(number))
    (folder / "registry.yaml").write_text(LIST + entries, encoding="utf-8")


def test_pager_of_a_long_list_shows_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    services(folder, 60)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "50")  # no room for purposes
    assert main(["list"]) == 0
    assert capsys.readouterr().out == ""
    text = (folder / "paged.txt").read_text(encoding="utf-8")
    assert "Service 59" in text
    told = "61 services. Without their purposes: --columns purpose,used,processing,entity has them."
    assert told in " ".join(text.split())
    screens = [text.splitlines()[start : start + 23] for start in (0, 23, 46)]
    assert [screen.index("Service     Used    Processing  Entity") for screen in screens] == [3, 0, 0]
    assert main(["list", "--columns", "purpose,processing"]) == 0
    text = (folder / "paged.txt").read_text(encoding="utf-8")
    assert [line.split() for line in text.splitlines()[23:24]] == [["Service", "Purpose", "Processing"]]
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert len([line for line in out.splitlines() if line.split()[:2] == ["Service", "Purpose"]]) == 1
    assert "Without" not in out


@pytest.mark.parametrize(
    ("command", "end"),
    [
        ("notice --help", "Show this message and exit.\n"),
        ("export page", "Service 59"),
        ("notice old.yaml --incomplete --effective 2030-01-01", "Kind regards\nExample GmbH\n"),
    ],
)
def test_pager_of_a_long_page_letter_or_help_shows_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, end: str
) -> None:
    services(folder, 60)
    (folder / "old.yaml").write_text(LIST + "  first: {name: First}\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(command.split()) == 0
    assert capsys.readouterr().out == ""
    assert end in (folder / "paged.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "pager", "term", "arguments"),
    [
        (3, None, "xterm", ["list"]),  # it fits
        (11, None, "xterm", ["matrix", "--columns", "email"]),  # with a line to type on
        (60, "cat", "xterm", ["list"]),
        (60, "", "xterm", ["list"]),
        (60, "no-such-pager", "xterm", ["list"]),
        (60, "'", "xterm", ["list"]),
        (60, None, "dumb", ["list"]),
        (60, None, "xterm", ["list", "-f", "csv"]),  # for a program
    ],
)
def test_pager_of_short_or_machine_output_is_not_started(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    pager: str | None,
    term: str,
    arguments: list[str],
) -> None:
    services(folder, number)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", term)
    if pager is not None:
        monkeypatch.setenv("SUBPROC_PAGER", pager)
    assert main(arguments) == 0
    assert f"Service {number - 1}" in capsys.readouterr().out
    assert not (folder / "paged.txt").exists()


def test_pager_after_no_pager_is_not_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    services(folder, 60)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["--no-pager", "list"]) == 0
    assert "Service 59" in capsys.readouterr().out
    assert not (folder / "paged.txt").exists()
    assert main(["list"]) == 0
    assert "Service 59" in (folder / "paged.txt").read_text(encoding="utf-8")


def test_pager_option_after_the_command_is_refused_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services(folder, 1)
    assert main(["list", "--no-pager"]) == 2
    assert "(put it before the command: subproc --no-pager list)" in capsys.readouterr().err


@pytest.mark.slow
def test_pager_in_ci_is_not_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some CI systems give a job a terminal, where a pager would wait for ever."""
    services(folder, 60)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("CI", "true")
    assert main(["list"]) == 0
    assert "Service 59" in capsys.readouterr().out
    assert not (folder / "paged.txt").exists()


@pytest.mark.slow
def test_pager_counts_the_lines_of_the_hint(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    hint = "\nfor one service in full: subproc show first\n"
    rows: dict[int, int] = {}
    for number in range(20):
        services(folder, number)
        assert main(["list"]) == 0
        said = capsys.readouterr()
        if said.out:
            assert said.err == hint
            rows[number] = (said.out + said.err).count("\n")
        else:
            assert (folder / "paged.txt").read_text(encoding="utf-8").endswith(hint)
    assert [*rows] == [*range(len(rows))]
    assert max(rows.values()) == 23  # and a line to type on


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        ("which see email", "see every statement with its line: --why"),
        (
            "show service-1",
            "set a field: subproc set service-1 FIELD VALUE; see its history: subproc log service-1",
        ),
        (
            "show first -r old.yaml",
            "set a field: subproc set first FIELD VALUE -r old.yaml; see its history: subproc log first -r old.yaml",
        ),
        ("check --select SP010 -r old.yaml", "1 can be fixed: subproc check --fix -r old.yaml; about"),
        ("bump old.yaml -r old.yaml", "what changed: subproc diff old.yaml -r old.yaml"),
        ("matrix", "show every category: --every-category; filter services: --where QUESTION"),
        ("check --select SP101", "about this rule: subproc rule missing-location"),
        (
            "check --select SP010",
            "1 can be fixed: subproc check --fix; about this rule: subproc rule non-",
        ),
        ("diff old.yaml", "1 change needs a notice: subproc notice old.yaml --dry-run"),
        ("bump old.yaml", "set the version: subproc bump old.yaml --write"),
        (
            "bump old.yaml --write",
            "write the changelog entry: subproc changelog old.yaml --update CHANGELOG.md",
        ),
        ("bump registry.yaml", "what changed: subproc diff registry.yaml"),
        ("add 'Example Mail'", "see what is missing: subproc show example-mail"),
        ("set first purpose chat", "see the service: subproc show first"),
        ("set first purpose chat -r old.yaml", "see the service: subproc show first -r old.yaml"),
        ("retire first --until 2030-01-01", "see what the change requires: subproc diff HEAD"),
        ("fmt", "see what is missing: subproc check registry.yaml"),
        ("fmt old.yaml", "see what is missing: subproc check old.yaml"),
        ("fmt --check", "to write it: subproc fmt registry.yaml"),
        ("export site --out public", "files written; open public/index.html"),
        ("export csv -o list.csv", "list.csv: written"),
        ("export csv", "to save it: -o list.csv"),
        (
            "notice old.yaml --dry-run --sent 2030-01-01 --effective 2030-03-01 --incomplete",
            "write the letters: subproc notice old.yaml --sent 2030-01-01 --effective 2030-03-01 --incomplete --out letters --rec",
        ),
        (
            "notice old.yaml --dry-run --effective 2030-03-01",
            "information is missing: add it to the registry, or",
        ),
        (
            "notice old.yaml --incomplete --effective 2030-03-01 -o letter.txt",
            "letter.txt: written; not recorded: add --record sent.jsonl to record which letters are issued",
        ),
        (
            "notice old.yaml --incomplete --effective 2030-03-01 --out letters",
            "not recorded: add --record",
        ),
        (
            "notice old.yaml --incomplete --effective 2030-03-01 --out letters --record sent.jsonl",
            "send the letters; to check the ledger: subproc notice --verify sent.jsonl",
        ),
        ("import page.md -o new.yaml", "see what is missing and what was guessed: subproc check -r new.yaml"),
        ("import page.md", "to save it: -o registry.yaml"),
        (
            "changelog old.yaml --update CHANGELOG.md",
            "see which customers to notify: subproc notice 1.0.0 --dry-run",
        ),
        ("categories", "use one in a question: subproc which see email"),
        ("places EU", "use one in a question: subproc which process outside the EU"),
        ("rule missing-location", "where it applies: subproc check --select missing-location"),
        ("rule service-added", "list all kinds: subproc diff --kinds"),
    ],
)
def test_hint_after_a_command_is_shown_only_at_a_terminal(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    hint: str,
) -> None:
    services(folder, 1)
    shutil.copy("registry.yaml", "old.yaml")
    services(folder, 2)
    (folder / "page.md").write_text("# Example Mail\n\n- Purpose: mail\n", encoding="utf-8")
    standing = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setenv("LINES", "1000")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(shlex.split(command)) in (0, 1)
    assert hint in capsys.readouterr().err
    for path in folder.glob("*.*"):
        path.unlink()
    for name, content in standing.items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert main(shlex.split(command)) in (0, 1)
    assert hint not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("since", "options", "hint"),
    [
        (
            "2030-01-15",
            "--effective 2030-01-15",
            "a notice period is too short: choose a later --effective, or",
        ),
        (
            "2030-01-15",
            "--effective 2030-03-01",
            "a service starts too early: set a later since in the registry",
        ),
        (
            "2030-01-15",
            "--urgent merger",
            "write the letters: subproc notice old.yaml --sent 2030-01-01 --urgent merger --out",
        ),
        (
            "2030-03-01",
            "--out a --record b",
            "write the letters: subproc notice old.yaml --sent 2030-01-01 --out a --record b",
        ),
    ],
)
def test_notice_dry_run_ends_with_a_hint_about_the_next_step(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    since: str,
    options: str,
    hint: str,
) -> None:
    terms = "notice: {days: 30, objection_days: 30, contact: privacy@example.com}\n"
    services = "services:\n  first: {name: First}\n"
    party = "entity: {name: Second GmbH, country: DE, address: 1 Road}, contact: s@example.com"
    second = f"  second: {{name: Second, purpose: chat, sees: [content], processing: [DE], since: {since}, {party}}}\n"
    for name, more in {"old.yaml": "", "registry.yaml": second}.items():
        (folder / name).write_text(
            LIST.removesuffix("services:\n") + terms + services + more, encoding="utf-8"
        )
    monkeypatch.setenv("LINES", "1000")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code = main(["notice", "old.yaml", "--dry-run", "--sent", "2030-01-01", *options.split()])
    assert code == (not hint.startswith("write the letters"))  # as the run would exit
    assert hint in capsys.readouterr().err


def test_prompt_of_less_names_the_key_that_leaves_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services(folder, 60)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    (folder / "pager.py").write_text("import os; open('options.txt', 'w').write(os.environ['LESS'])")
    monkeypatch.delenv("LESS", raising=False)
    assert main(["list"]) == 0
    assert (folder / "options.txt").read_text() == "FRXPsspace\\: next page, q\\: back to the prompt$"
    monkeypatch.setenv("LESS", "R")
    assert main(["list"]) == 0
    assert (folder / "options.txt").read_text() == "R"
