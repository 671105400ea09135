"""What is typed so far in, what a shell proposes out."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from registry_text import HEAD
from subproc_cli.cli.main import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent


class Propose(Protocol):
    def __call__(self, line: str, shell: str = "bash", folder: Path = ROOT, **more: str) -> list[str]: ...


def describe_line(line: str, shell: str) -> dict[str, str]:
    """Return the environment in which a shell asks what may follow a line."""
    words = shlex.split(line) + ([""] if line.endswith(" ") else [])
    typed = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line}
    return {**typed, "_SUBPROC_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Propose:
    def propose(line: str, shell: str = "bash", folder: Path = ROOT, **more: str) -> list[str]:
        monkeypatch.chdir(folder)
        for name, value in {**describe_line(line, shell), **more}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit):
            main([])
        out, err = capsys.readouterr()
        assert err == ""
        return out.split("\n")[:-1] if shell == "bash" else [out]

    return propose


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_in_a_process_proposes_services(shell: str) -> None:
    environment = {**os.environ, **describe_line("subproc show dee", shell)}
    script = "import sys; sys.argv[0] = 'subproc'; from subproc_cli.__main__ import run; run()"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "deepl" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("subproc whi", ["which"]),
        ("subproc re", ["respond", "retire"]),
        ("subproc show go", ["google-cloud", "google-analytics", "google-translate"]),
        ("subproc retire dee", ["deepl"]),
        ("subproc rule missing-l", ["missing-location"]),
        ("subproc rule place-added-e", ["place-added-eea"]),
        ("subproc export s", ["site", "sqlite"]),
        ("subproc schema an", ["answers"]),
        ("subproc set deepl entity.n", ["entity.name"]),
        ("subproc places EEA", ["EEA"]),
        ("subproc which process outsi", ["outside"]),
        ("subproc which see ema", ["email"]),
        ("subproc which see identity.e", ["identity.email"]),
        ("subproc which process outside EE", ["EEA", "EE"]),
        ("subproc which have access to ema", ["email"]),
        ("subproc which rely on dp", ["dpf", "dpf-uk", "dpf-ch"]),
        ("subproc which process in Ger", ["Germany"]),
        ("subproc which process in United", ["United Arab Emirates", "United Kingdom", "United States"]),
        ("subproc which named De", ["DeepL"]),
        ("subproc which named dee", ["deepl"]),
        (
            "subproc set deepl sees em",
            [
                "email",
                "embeddings",
                "employment",
                "employment.pay",
                "employment.application",
                "employment.performance",
                "employment.time",
            ],
        ),
        (
            "subproc set deepl sees name,em",
            [
                "name,email",
                "name,embeddings",
                "name,employment",
                "name,employment.pay",
                "name,employment.application",
                "name,employment.performance",
                "name,employment.time",
            ],
        ),
        ("subproc set deepl never_sees car", ["card"]),
        ("subproc set deepl processing Ger", ["Germany"]),
        ("subproc set deepl --add Ger", [""]),
        ("subproc set deepl processing --add NL,Ger", ["NL,Germany"]),
        ("subproc set deepl entity.country Fra", ["France"]),
        ("subproc set deepl transfer d", ["dpf", "derogation", "dpf-uk", "dpf-ch"]),
        ("subproc set deepl role v", ["vendor"]),
        ("subproc set deepl purpose x", [""]),
        (
            "subproc add X --sees name,em",
            [
                "name,email",
                "name,embeddings",
                "name,employment",
                "name,employment.pay",
                "name,employment.application",
                "name,employment.performance",
                "name,employment.time",
            ],
        ),
        ("subproc add X --processing EE", ["EEA", "EE"]),
        ("subproc add X --country Fra", ["France"]),
        ("subproc add X --transfer dp", ["dpf", "dpf-uk", "dpf-ch"]),
        ("subproc check --select missing-l", ["missing-location"]),
        (
            "subproc check --ignore missing-location,SP10",
            [f"missing-location,SP10{each}" for each in range(1, 10)],
        ),
        (
            "subproc matrix --columns em",
            [
                "email",
                "embeddings",
                "employment",
                "employment.pay",
                "employment.application",
                "employment.performance",
                "employment.time",
            ],
        ),
        (
            "subproc categories em",
            [
                "email",
                "embeddings",
                "employment",
                "employment.pay",
                "employment.application",
                "employment.performance",
                "employment.time",
            ],
        ),
        ("subproc show deepl data", ["datadog"]),
        ("subproc help ma", ["matrix"]),
        ("subproc which lack purp", ["purpose"]),
        (
            "subproc which have no reten",
            ["retention period", "retention days", "retention", "retention_days"],
        ),
        ("subproc list --sort pl", ["place"]),
        ("subproc list --columns purpose,da", ["purpose,data"]),
        ("subproc diff regis", ["registry.yaml"]),
        ("subproc diff .pre", [""]),
        ("subproc show -r examples/caplena/2024-04-09.yaml post", ["posthog"]),
        ("subproc show post", [""]),
        ("subproc show -r nowhere.yaml post", [""]),
        ("subproc places -r nowhere.yaml EE", ["EEA", "EE"]),
    ],
)
def test_completion_of_a_line_proposes_its_next_words(
    proposed: Propose, line: str, expected: list[str]
) -> None:
    assert proposed(line) == expected


def test_completion_of_a_revision_proposes_branches_tags_and_versions(
    proposed: Propose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    history = tmp_path / "history"
    subprocess.run(["sh", ROOT / "examples" / "history.sh", history], check=True, capture_output=True)
    for line, expected in {
        "ma": ["main"],
        "3.": ["3.1.0", "3.0.0"],
        "HE": ["HEAD"],
        "regis": ["registry.yaml"],
    }.items():
        assert proposed(f"subproc diff {line}", folder=history) == expected


def test_completion_without_a_registry_proposes_nothing(proposed: Propose) -> None:
    assert proposed("subproc show go", SUBPROC_REGISTRY="nowhere.yaml") == [""]


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
@pytest.mark.parametrize(
    ("shell", "sign"),
    [("fish", "complete --command"), ("zsh", "compdef"), ("bash", "COMPREPLY"), ("fihs", "")],
)
def test_completion_option_uses_the_named_shell(
    option: str, shell: str, sign: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "subproc_cli", option, shell]
    environment = {**os.environ, "HOME": str(tmp_path), "SHELL": "/bin/bash"}
    done = subprocess.run(command, env=environment, cwd=tmp_path, check=False)
    out, err = capfd.readouterr()
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    if sign:
        assert done.returncode == 0
        assert any(sign in text for text in (out, *written))
    else:
        assert err == "subproc: there is no completion for 'fihs' (did you mean fish?)\n"
    assert bool(written) is bool(sign and option == "--install-completion")


ACTIVE = ["$(touch PWNED)", r"\$(touch PWNED)", "`touch PWNED`", '"', "'", ";", "|", "x&y", "x\x1by", "a\nb"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("text", ACTIVE)
def test_completion_omits_words_that_a_shell_would_run(
    proposed: Propose, shell: str, text: str, tmp_path: Path
) -> None:
    regions = json.dumps({f"here{text}": ["US"], "hereabouts": ["DE"]})
    (tmp_path / "registry.yaml").write_text(f"{HEAD}regions: {regions}\nservices: {{}}\n", encoding="utf-8")
    said = "\n".join(proposed("subproc which process in here", shell, tmp_path))
    assert "hereabouts" in said
    assert f"here{text}" not in said
    assert "PWNED" not in said


def test_completion_omits_file_names_that_a_shell_would_run(proposed: Propose, tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_text(f"{HEAD}services: {{}}\n", encoding="utf-8")
    for name in ("old.yaml", "o$(touch PWNED).yaml", "o'ld.yaml"):
        (tmp_path / name).write_text(f"{HEAD}services: {{}}\n", encoding="utf-8")
    assert proposed("subproc diff o", folder=tmp_path) == ["old.yaml"]


def test_completion_of_a_customer_proposes_those_of_the_ledger(proposed: Propose, tmp_path: Path) -> None:
    ledger = ROOT / "tests" / "documentation" / "ledger_0_1.jsonl"
    (tmp_path / "sent.jsonl").write_bytes(ledger.read_bytes())
    assert proposed("subproc respond Exam", folder=tmp_path) == ["Example Customer Ltd"]
    assert proposed("subproc status Exam", folder=tmp_path) == ["Example Customer Ltd"]
