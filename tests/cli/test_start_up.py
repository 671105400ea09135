"""What a command loads: looked up in `sys.modules`, because a stopwatch would tell another story each day."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from subproc_cli.cli.app import COMMANDS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import sys
from subproc_cli.cli.main import main
code = main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


@cache
def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["--version"], "yaml rich deepdiff babel pydantic subproc_cli.registry"),
        (["which", "--help"], "yaml rich deepdiff babel subproc_cli.registry subproc_cli.cli.commands.diff"),
        (
            ["which", "see email"],
            "rich.progress deepdiff babel subproc_cli.diff subproc_cli.notice subproc_cli.cli.commands.diff",
        ),
        (
            ["which", "process outside the EU"],
            "rich.progress deepdiff babel subproc_cli.diff subproc_cli.notice",
        ),
        (
            ["import", "--help"],
            "yaml markdown_it lxml openpyxl subproc_cli.registry subproc_cli.importers.import_file",
        ),
        (["list", "-f", "csv"], "rich deepdiff babel subproc_cli.diff subproc_cli.output.terminal"),
        (["list", "-f", "json"], "rich deepdiff babel subproc_cli.records subproc_cli.overview.record"),
        (["diff", "registry.yaml", "registry.yaml"], "rich.progress deepdiff babel"),
        (
            ["export", "--help"],
            "yaml rich babel jinja2 subproc_cli.registry subproc_cli.exporters.page",
        ),
        (["export", "page"], "rich deepdiff jinja2 subproc_cli.exporters.site"),
        (["feed", "--help"], "yaml rich deepdiff babel jinja2 subproc_cli.registry"),
        (["set", "stripe", "purpose", "x", "--diff"], "rich deepdiff babel subproc_cli.diff"),
        (["schema"], "rich deepdiff babel subproc_cli.evaluation"),
    ],
)
def test_command_does_not_import_needless_modules(arguments: list[str], without: str) -> None:
    assert loaded(*arguments) & set(without.split()) == set()


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        # So that the names above cannot go stale
        (["which", "see email"], "yaml pydantic subproc_cli.registry subproc_cli.question"),
        (["list"], "rich.text subproc_cli.output.terminal"),
        (["export", "json"], "subproc_cli.exporters.json"),
    ],
)
def test_command_imports_the_modules_that_it_needs(arguments: list[str], needed: str) -> None:
    assert set(needed.split()) <= loaded(*arguments)


HELP_OF_EACH = """
import sys
from subproc_cli.cli.main import main
for command in sys.argv[1:]:
    assert main([command, "--help"]) == 0
    print(command, *sorted(sys.modules), file=sys.stderr)
"""


def test_help_of_every_command_imports_no_heavy_library() -> None:
    """One process shows them all: what it has loaded at the end includes what each of them needs."""
    needless = {"rich", "deepdiff", "babel", "markdown_it", "lxml", "openpyxl", "docx", "holidays"}
    command = [sys.executable, "-c", HELP_OF_EACH, *COMMANDS]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stderr.splitlines()]
    assert [words[0] for words in lines] == list(COMMANDS)
    assert [words[0] for words in lines if needless & {*words}] == []


@pytest.mark.parametrize(("text", "is_loaded"), [("purpose: Payments", False), ("notes: Lets the", True)])
def test_diff_imports_deepdiff_for_differences_that_nothing_explains(
    tmp_path: Path, text: str, is_loaded: bool
) -> None:
    old = (ROOT / "registry.yaml").read_text("utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(old.replace(text, f"{text} new"), "utf-8")
    assert ("deepdiff" in loaded("diff", "registry.yaml", str(new))) is is_loaded
