"""How git is called: one program, bounded in time, without a network, and its errors reported as they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from subproc_cli.cli.main import main
from subproc_cli.errors import ReadError
from subproc_cli.history import git as git_module
from subproc_cli.history.git import Repository

GIT = shutil.which("git") or "git"
LIST = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2026-01-02\nservices:\n  a: {name: A}\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "registry.yaml").write_text(LIST, encoding="utf-8")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "x"]):
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        subprocess.run([GIT, "-C", str(folder), *who, *arguments], check=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("lines", "reason"),
    [("[core\n", "bad config line"), ("[core]\n\tlooseCompression = 99\n", "bad zlib compression level 99")],
)
@pytest.mark.parametrize("command", [["diff", "HEAD"], ["log"], ["check", "--against", "HEAD"]])
def test_a_broken_configuration_is_reported_as_what_it_is(
    command: list[str], lines: str, reason: str, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (repo / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(lines)
    assert main(command) == 3
    message = capsys.readouterr().err
    assert f"{repo}: git cannot read this repository: {reason}" in message
    assert f"git -C {repo} status" in message
    # What is read from files needs no git
    assert main(["diff", "registry.yaml", "registry.yaml"]) == 0


def test_a_folder_outside_git_is_reported_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry.yaml").write_text(LIST, encoding="utf-8")
    assert main(["diff", "HEAD"]) == 3
    assert "is not in a git repository" in capsys.readouterr().err


def test_git_that_does_not_answer_is_stopped(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration that includes a pipe makes git wait until somebody writes into it."""
    os.mkfifo(repo / "pipe")
    with (repo / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write("[include]\n\tpath = ../pipe\n")
    monkeypatch.setattr(git_module, "_DISCOVERY_SECONDS", 1)
    with pytest.raises(ReadError, match="git rev-parse did not answer within 1 seconds") as error:
        Repository.discover(repo)
    assert error.value.hint == f"see: git -C {repo} status"


@pytest.mark.slow
def test_git_is_never_taken_from_the_folder_of_the_list(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `.` in PATH, the folder of the list would otherwise decide which program runs."""
    planted = repo / "git"
    planted.write_text(f"#!/bin/sh\ntouch {repo}/ran\n", encoding="utf-8")
    planted.chmod(0o755)
    elsewhere = repo.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    program = [sys.executable, "-P", "-m", "subproc_cli", "log", "-r", str(repo / "registry.yaml")]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (repo / "ran").exists()


def test_git_opens_no_connection_and_starts_no_remote_helper(repo: Path) -> None:
    """A partial clone fetches what it lacks: by a command of its own configuration, if that is not refused."""
    for key, value in {
        "remote.origin.url": f"ext::sh -c 'touch {repo}/ran'",
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
        "extensions.partialclone": "origin",
        "protocol.ext.allow": "always",
        "core.repositoryformatversion": "1",
    }.items():
        subprocess.run([GIT, "-C", str(repo), "config", key, value], check=True)
    found = Repository.discover(repo)
    assert found is not None
    entry = found.find_entry("HEAD", "registry.yaml")
    assert entry is not None
    (repo / ".git" / "objects" / entry.blob[:2] / entry.blob[2:]).unlink()
    with pytest.raises(ReadError):
        found.read_content(entry, "registry.yaml")
    assert not (repo / "ran").exists()
