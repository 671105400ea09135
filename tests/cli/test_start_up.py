"""What a command loads: looked up in `sys.modules`, because a stopwatch would tell another story each day."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import sys
from subproc_cli.cli.main import main
code = main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


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
            "rich deepdiff babel subproc_cli.diff subproc_cli.notice subproc_cli.cli.commands.diff",
        ),
        (["which", "process outside the EU"], "rich deepdiff babel subproc_cli.diff subproc_cli.notice"),
        (
            ["import", "--help"],
            "yaml markdown_it openpyxl subproc_cli.registry subproc_cli.importers.formats",
        ),
        (["list", "-f", "csv"], "rich deepdiff babel subproc_cli.diff subproc_cli.output.text"),
        (["list", "-f", "json"], "rich deepdiff babel subproc_cli.records subproc_cli.overview.record"),
        (["diff", "registry.yaml", "registry.yaml"], "rich deepdiff babel"),
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
def test_what_a_command_does_without(arguments: list[str], without: str) -> None:
    assert loaded(*arguments) & set(without.split()) == set()


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        # So that the names above cannot go stale
        (["which", "see email"], "yaml pydantic subproc_cli.registry subproc_cli.question"),
        (["list", "--color", "always"], "rich"),
        (["show", "intercom"], "subproc_cli.output.text"),
    ],
)
def test_what_a_command_needs(arguments: list[str], needed: str) -> None:
    assert set(needed.split()) <= loaded(*arguments)


def test_a_comparison_needs_deepdiff_where_something_differs(tmp_path: Path) -> None:
    old = (ROOT / "registry.yaml").read_text("utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(old.replace("purpose: Payments", "purpose: Payment"), "utf-8")
    assert "deepdiff" in loaded("diff", "registry.yaml", str(new))


@pytest.mark.parametrize(
    ("use", "patterns"),
    [
        ("subproc_cli.load('registry.yaml')", "Pattern Pattern"),  # a library changes nothing for others
        ("main(['list'])", "Pattern Pattern"),
        ("sys.argv = ['subproc', 'list']; run()", "Pattern _LazyPattern"),
    ],
)
def test_pyyaml_is_imported_in_a_way_of_its_own_by_the_command_alone(use: str, patterns: str) -> None:
    script = f"""
import re, sys, subproc_cli
from subproc_cli.__main__ import run
from subproc_cli.cli.main import main
try:
    {use}
except SystemExit:
    pass
import yaml
print(type(re.compile("x")).__name__, type(yaml.reader.Reader.NON_PRINTABLE).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == patterns
