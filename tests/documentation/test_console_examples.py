"""Every command that a document shows prints what the document shows.

UPDATE_DOCS=1 writes what the commands print now into the documents.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from console_examples import commands, rewritten, scripted
from subproc_cli.cli import registry_file
from subproc_cli.cli.main import main

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
]
EMPTY = {"docs/tutorial.md"}
"""Documents that begin without a list; the others have the one that ships."""
_HASH = re.compile(r"(?<=last hash: )[0-9a-f]{64}")  # random salts are part of it
CUSTOMERS = "customers: [{name: Example Customer GmbH, address: privacy@example.com}]\n"


class _Then(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Then":
        return cls(2026, 11, 23, 12, tzinfo=tz or UTC)


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str]], str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry_file, "datetime", _Then)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")

    def run(words: list[str]) -> str:
        if words[0] == "cp":
            shutil.copy(*words[1:])
            return ""
        assert words[0] == "subproc"
        code = main(words[1:])
        said = capsys.readouterr()
        assert code in (0, 1), said.err
        return _HASH.sub("(64 hexadecimal digits)", said.err + said.out)

    return run


@pytest.mark.parametrize("name", DOCUMENTS)
def test_console_block_of_a_document_shows_the_real_output(
    name: str, shell: Callable[[list[str]], str], tmp_path: Path
) -> None:
    document = ROOT / name
    text = document.read_text(encoding="utf-8")
    if name not in EMPTY:
        shutil.copy(ROOT / "registry.yaml", tmp_path)
    if os.environ.get("UPDATE_DOCS"):
        document.write_text(rewritten(text, shell), encoding="utf-8")
        return
    for command in commands(text):
        assert shell(command.words) == command.shown, command.typed


@pytest.mark.parametrize("name", DOCUMENTS)
def test_script_block_of_a_document_runs_without_errors(
    name: str, shell: Callable[[list[str]], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They run, one after the other, in the repository of the real list: none is a usage error or a bug."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    history = tmp_path / "history"
    subprocess.run(["sh", ROOT / "examples" / "history.sh", history], check=True, capture_output=True)
    monkeypatch.chdir(history)
    (history / "customers.yaml").write_text(CUSTOMERS, encoding="utf-8")
    shutil.copytree(ROOT / "examples", history / "examples", dirs_exist_ok=True)
    for words in scripted((ROOT / name).read_text(encoding="utf-8")):
        shell(words)
