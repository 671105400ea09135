"""The files for CI, hooks and contributors: what they call exists, and no outside text reaches a shell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.cli.app import COMMANDS
from subproc_cli.cli.main import main
from subproc_cli.yaml.libyaml import yaml

ROOT = Path(__file__).parent.parent.parent
FILES = [
    ".pre-commit-hooks.yaml",
    "action.yml",
    "ci/gitlab.yml",
    "ci/changes.sh",
    "ci/check.sh",
    "CONTRIBUTING.md",
]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CALL = re.compile(r"\bsubproc\"? (?=[a-z])([a-z]+)((?: [^\n`|>;)]*)?)")
OPTION = re.compile(r"(?<=[\s(\"])(--?[a-z][a-z-]*)")
YAML = ["action.yml", "ci/gitlab.yml", ".pre-commit-hooks.yaml", *(str(file) for file in WORKFLOWS)]


def parsed(file: str) -> Any:
    return list(yaml.safe_load_all((ROOT / file).read_text(encoding="utf-8")))[-1]


def calls(file: str) -> Iterator[tuple[str, set[str]]]:
    text = re.sub(r"^\s*#.*$", "", (ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    for command, rest in CALL.findall(text):
        yield command, set(OPTION.findall(re.sub(r'"[^"$]*"', "", rest)))


def commands_in(file: str) -> list[str]:
    return [command for command, _ in calls(file)]


def test_calls_of_ready_made_files_are_found() -> None:
    assert commands_in(".pre-commit-hooks.yaml") == ["check", "fmt"]
    assert set(commands_in("ci/changes.sh")) == {"bump", "diff", "list"}
    assert commands_in("ci/gitlab.yml") == ["check", "check", "diff"]
    assert {"add", "set", "retire", "fmt", "check", "diff", "bump", "changelog", "notice", "schema"} <= set(
        commands_in("CONTRIBUTING.md")
    )
    assert ("bump", {"--write"}) in calls("CONTRIBUTING.md")
    assert ("check", {"-f"}) in calls("ci/check.sh")


@pytest.mark.slow
def test_demo_script_runs_without_errors() -> None:
    shell = shutil.which("sh")
    assert shell
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [shell, str(ROOT / "examples" / "demo.sh")],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n$ subproc ") == 4
    assert "Dear Sir or Madam" in done.stdout


@pytest.mark.parametrize("file", FILES)
def test_calls_of_ready_made_files_use_existing_options(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, options in calls(file):
        assert command in COMMANDS
        assert main([command, "--help"]) == 0
        known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", capsys.readouterr().out))
        assert options <= known, (command, options - known)


def test_pre_commit_hooks_select_the_registry() -> None:
    hooks = {hook["id"]: hook for hook in parsed(".pre-commit-hooks.yaml")}
    assert set(hooks) == {"subproc-check", "subproc-fmt"}
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert re.search(hook["files"], "legal/registry.yaml")
        assert not re.search(hook["files"], "registry.yaml.orig")


def runs(data: Any) -> Iterator[str]:
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from runs(each)
    if isinstance(data, dict) and isinstance(data.get("run"), str):
        yield data["run"]


@pytest.mark.parametrize("file", YAML)
def test_ci_scripts_contain_no_interpolated_expression(file: str) -> None:
    assert not [script for script in runs(parsed(file)) if "${{" in script]


def test_action_uses_every_input() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in parsed("action.yml")["inputs"]:
        assert f"inputs.{name}" in text
    for step in parsed("action.yml")["runs"]["steps"]:
        assert step.get("shell", "bash") == "bash"
        used = set(re.findall(r"\$\{?([A-Z]+)\b", step.get("run", "")))
        assert used - {"RUNNER_TEMP", "RUNNER", "GITHUB", "PATH"} <= step.get("env", {}).keys()


def test_workflows_have_the_least_permissions() -> None:
    for file in WORKFLOWS:
        workflow = parsed(str(file))
        assert workflow["permissions"] == {"contents": "read"}
        # a job that calls another workflow has the bounds of that one
        assert all("timeout-minutes" in job or "uses" in job for job in workflow["jobs"].values())
    release = parsed(".github/workflows/release.yml")["jobs"]
    assert release["publish"]["permissions"] == {"id-token": "write"}
    assert set(release["publish"]["needs"]) == {"test", "build"}
    assert release["test"]["uses"] == "./.github/workflows/test.yml"


def test_workflows_pin_actions_by_commit() -> None:
    for file in (*WORKFLOWS, ROOT / "action.yml"):
        used = re.findall(r"uses: ([^./\s]\S+)", file.read_text(encoding="utf-8"))
        assert used
        assert all(re.search(r"@[0-9a-f]{40}$", each) for each in used), used


def test_workflow_tests_every_supported_python() -> None:
    """A Python on which nobody has seen the tests pass is tried, may fail, and is not among the classifiers."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    supported = re.findall(r'Python :: (3\.\d+)"', project)
    job = parsed(".github/workflows/test.yml")["jobs"]["test"]
    tried = job["strategy"]["matrix"]["python"]
    allowed_to_fail = re.findall(r"matrix\.python == '([\d.]+)'", job["continue-on-error"])
    assert tried == [*supported, *allowed_to_fail]


def test_workflow_tests_lowest_and_highest_package_versions() -> None:
    job = parsed(".github/workflows/test.yml")["jobs"]["versions"]
    resolutions = {each["resolution"] for each in job["strategy"]["matrix"]["include"]}
    assert resolutions == {"lowest-direct", "highest"}
    assert job["steps"][-1]["run"] == '.ci/versions "$RESOLUTION"'
    assert os.access(ROOT / ".ci" / "versions", os.X_OK)


def test_pytest_settings_have_a_timeout(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.hasplugin("timeout")
    assert 0 < int(pytestconfig.getini("timeout")) <= 300


def test_dependabot_updates_actions_and_packages() -> None:
    updates = parsed(".github/dependabot.yml")["updates"]
    assert {each["package-ecosystem"] for each in updates} == {"github-actions", "uv"}
