"""The action, the GitLab template and the hooks, run as they are: what a pull request shows in each case."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ci_pipelines import BASH, GIT, LIMIT, ROOT, ActionRun, GitHub, run_action, run_gitlab, serve
from subproc_cli.cli.main import main
from subproc_cli.version import __version__
from subproc_cli.yaml.libyaml import yaml

pytestmark = pytest.mark.slow
needs_gh = pytest.mark.skipif(not shutil.which("gh"), reason="gh is not installed")

TODAY = datetime.now(tz=UTC).date()
FIRST, SECOND, START = (str(TODAY + timedelta(days=days)) for days in (-60, -30, 200))
CLEAN = f"""format: 1
publisher: Example GmbH
version: 1.0.0
date: {FIRST}
law: [eu-gdpr]
notice: {{days: 30, contact: privacy@example.com}}
services:
  chat:
    name: Chat
    purpose: Answers the requests of customers
    sees: [identity.name]
    processing: [DE]
    entity: {{name: Chat GmbH, address: "Beispielweg 1, Berlin", country: DE}}
    contact: privacy@chat.example
    links: {{dpa: "https://chat.example/dpa"}}
"""
MAIL = f"""  mail:
    name: Mail
    purpose: Sends letters by mail
    sees: [identity.name]
    processing: [FR]
    since: {START}
    entity: {{name: Mail SARL, address: "1 rue de l'Exemple, Paris", country: FR}}
    contact: privacy@mail.example
    links: {{dpa: "https://mail.example/dpa"}}
"""
RAISED = CLEAN.replace("1.0.0", "2.0.0").replace(FIRST, SECOND) + MAIL
NOTHING = "This pull request changes nothing in the list"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "merge.conflictStyle=merge")
    done = subprocess.run(
        [GIT, "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str] | None = None) -> str:
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, {"README.md": "x\n"})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def github() -> Iterator[GitHub]:
    found = GitHub()
    with serve(found):
        yield found


def pull_request(folder: Path, base: str, *, merge: bool = True) -> dict[str, Any]:
    """Check out the branch of a pull request as GitHub does, merged into its base, and return the event."""
    head = git(folder, "rev-parse", "HEAD")
    if merge:
        git(folder, "checkout", "--quiet", "--detach", base)
        git(folder, "merge", "--quiet", "--no-ff", "--message", "merged", head)
    payload = {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}
    return {"name": "pull_request", "payload": payload}


def run(repo: Path, github: GitHub | None, event: dict[str, Any], **inputs: str) -> ActionRun:
    inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
    return run_action(repo, repo.parent / "runner", github, event=event, inputs=inputs)


@needs_gh
def test_action_comments_on_each_list_and_updates_its_own_comment(repo: Path, github: GitHub) -> None:
    """A list that did not change says nothing about one that did."""
    base = commit(repo, {"eu/registry.yaml": CLEAN, "us/registry.yaml": CLEAN})
    commit(repo, {"eu/registry.yaml": RAISED, "eu/CHANGELOG.md": "## [2.0.0]\n\n- Mail is new (notice).\n"})
    event = pull_request(repo, base)
    done = run(repo, github, event, registry="*/registry.yaml")
    assert done.code == 0, done.log
    assert list(done.steps)[2:] == ["Check", "Describe the changes", "Comment"]
    (body,) = github.bodies  # a first comment about no change is not written
    assert body.startswith("<!-- subproc: eu/registry.yaml -->\n### Changes of the list `eu/registry.yaml`\n")
    assert "- Mail is new" in body
    assert "**Version of the list:** major: 1.0.0 → 2.0.0" in body
    assert done.outputs == {"changed": "true", "level": "notice", "bump": "major", "notices": "1"}

    git(repo, "checkout", "--quiet", event["payload"]["pull_request"]["head"]["sha"])
    commit(repo, {"eu/registry.yaml": CLEAN, "us/registry.yaml": RAISED})
    run(repo, github, pull_request(repo, base), registry="eu/registry.yaml\nus/registry.yaml\n")
    eu, us = github.bodies
    assert eu == f"<!-- subproc: eu/registry.yaml -->\n{NOTHING} `eu/registry.yaml`.\n"
    assert us.startswith("<!-- subproc: us/registry.yaml -->\n### Changes of the list `us/registry.yaml`")


@needs_gh
def test_action_finds_its_comment_on_a_later_page_and_leaves_those_of_people(
    repo: Path, github: GitHub
) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    commit(repo, {"registry.yaml": RAISED})
    mark = "<!-- subproc: registry.yaml -->\n"
    for number in range(4):
        github.comments[number] = {"id": number, "user": {"type": "User"}, "body": f"{mark}from a person"}
    github.comments[4] = {"id": 4, "user": {"type": "Bot"}, "body": f"{mark}old"}
    run(repo, github, pull_request(repo, base))
    assert len(github.bodies) == 5
    assert "Mail is new" in github.comments[4]["body"]
    assert all("from a person" in github.comments[number]["body"] for number in range(4))


def test_action_of_a_pull_request_that_introduces_the_list_passes(repo: Path) -> None:
    base = git(repo, "rev-parse", "HEAD")
    commit(repo, {"legal/registry.yaml": CLEAN, "legal/CHANGELOG.md": "# Changelog\n"})
    done = run(repo, None, pull_request(repo, base), registry="legal/registry.yaml", comment="false")
    assert done.code == 0, done.log
    assert "legal/registry.yaml is new: HEAD^1 does not have this list" in done.steps["Check"].output
    assert "The list `legal/registry.yaml` is new in this pull request." in done.summary
    assert done.outputs == {"changed": "true", "level": "", "bump": "none", "notices": "0"}


def test_action_of_a_pull_request_that_moves_the_list_follows_it(repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    (repo / "legal").mkdir()
    git(repo, "mv", "registry.yaml", "legal/registry.yaml")
    commit(repo, {"legal/registry.yaml": CLEAN + MAIL})
    done = run(repo, None, pull_request(repo, base), registry="legal/registry.yaml", comment="false")
    assert done.code == 1
    assert "SP301 version-not-raised" in done.steps["Check"].output
    assert "- Mail is new" in done.summary


@needs_gh
@pytest.mark.parametrize("failing", [{"POST": 403}, {"GET": 502}, {"GET": 403, "POST": 403}])
def test_action_checks_first_and_a_comment_that_fails_is_a_warning(
    failing: dict[str, int], repo: Path, github: GitHub
) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    commit(repo, {"registry.yaml": CLEAN + MAIL})
    github.failing = failing
    done = run(repo, github, pull_request(repo, base))
    assert [step.code for step in done.steps.values()] == [0, 0, 1, 0, 0]
    assert "::error file=registry.yaml,line=3," in done.steps["Check"].output
    assert done.steps["Comment"].output.startswith(
        "::warning title=subproc::The comment could not be written: "
    )
    assert str(next(iter(failing.values()))) in done.steps["Comment"].output
    assert github.bodies == []
    assert "- Mail is new" in done.summary


def test_action_without_gh_warns_and_shows_the_changes_in_the_summary(repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    commit(repo, {"registry.yaml": RAISED, "CHANGELOG.md": "## 2.0.0\n\n- Mail is new (notice).\n"})
    programs = repo.parent / "programs"
    programs.mkdir()
    for name in ("bash", "git", "mktemp", "awk", "head", "grep", "tr", "mkdir", "ln", "rm", "sed", "sh"):
        (programs / name).symlink_to(shutil.which(name) or name)
    event = {**pull_request(repo, base), "environment": {"PATH": str(programs)}}
    done = run_action(repo, repo.parent / "runner", event=event)
    assert done.code == 0, done.log
    assert "could not be written: gh is not installed" in done.steps["Comment"].output
    assert "- Mail is new" in done.summary


@needs_gh
def test_action_cuts_a_comment_that_github_would_refuse(repo: Path, github: GitHub) -> None:
    services = "".join(
        MAIL.replace("  mail:", f"  mail-{number}:").replace(
            "name: Mail\n", f"name: Mail {number} {'ü' * 150}\n"
        )
        for number in range(400)
    )
    base = commit(repo, {"registry.yaml": CLEAN})
    commit(repo, {"registry.yaml": CLEAN + services})
    done = run(repo, github, pull_request(repo, base))
    (body,) = github.bodies
    assert 20_000 < len(body) <= LIMIT
    last = body.rstrip("\n").rpartition("\n")[2]
    assert last == (
        "The rest is left out. "
        "[The summary of the job](http://github.localhost/o/r/actions/runs/5) has all changes."
    )
    assert done.outputs["notices"] == "400"
    assert len(done.summary.encode()) < 1024 * 1024


def test_action_of_a_branch_behind_main_reports_only_its_own_changes(repo: Path) -> None:
    """Whether the branch or its merge is checked out, and whether main has moved since the event."""
    base = commit(repo, {"registry.yaml": CLEAN})
    git(repo, "checkout", "--quiet", "-b", "side")
    head = commit(repo, {"registry.yaml": f"# another comment\n{CLEAN}"})
    git(repo, "checkout", "--quiet", "main")
    moved = commit(repo, {"registry.yaml": CLEAN + MAIL})
    for event_base, is_merge in ((moved, False), (base, True), (base, False)):
        git(repo, "checkout", "--quiet", head)
        event = pull_request(repo, moved, merge=is_merge)
        event["payload"]["pull_request"]["base"]["sha"] = event_base
        done = run(repo, None, event, comment="false")
        assert "Mail" not in done.summary, (event_base, is_merge)
        assert done.outputs["changed"] == "false"
        assert "SP302" not in done.log
        assert "SP305" not in done.log


def test_action_against_an_invalid_base_checks_the_list_that_fixes_it(repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN.replace("identity.name", "name")})
    commit(repo, {"registry.yaml": CLEAN})
    done = run(repo, None, pull_request(repo, base), comment="false")
    assert done.code == 0, done.log
    assert (
        "::warning file=registry.yaml,line=1,col=1,title=subproc::HEAD^1:registry.yaml is not a valid list"
        in done.log
    )
    assert "cannot be described" in done.summary


def test_action_in_a_shallow_clone_fails_with_what_to_set(repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    head = commit(repo, {"registry.yaml": RAISED})
    clone = repo.parent / "clone"
    git(repo, "clone", "--quiet", "--depth", "1", f"file://{repo}", str(clone))
    payload = {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}
    event = {"name": "pull_request", "payload": payload}
    done = run_action(clone, repo.parent / "runner", event=event, inputs={"comment": "false"})
    assert done.code == 3
    assert "::error file=registry.yaml" in done.log
    assert "this clone is shallow: fetch the full history, in CI with fetch-depth: 0" in done.log


def test_action_over_the_revisions_of_a_real_list_describes_each_step(repo: Path) -> None:
    """Every second push of the seven revisions of the list that ships: outputs agree with diff."""
    shell = shutil.which("sh") or "sh"
    script = [shell, str(ROOT / "examples" / "history.sh"), str(repo.parent / "real")]
    subprocess.run(script, check=True, capture_output=True)
    real = repo.parent / "real"
    commits = git(real, "rev-list", "--reverse", "HEAD").split()
    assert len(commits) == 7
    for before, commit_id in [*pairwise(commits)][::2]:
        git(real, "checkout", "--quiet", commit_id)
        event = {"name": "push", "payload": {"before": before}}
        done = run_action(
            real, repo.parent / "runner", event=event, inputs={"fail-on": "never", "args": "--no-clock"}
        )
        assert done.code == 0, done.log
        main(["diff", before, "-r", str(real / "registry.yaml"), "-f", "json", "-o", str(repo / "diff.json")])
        record = json.loads((repo / "diff.json").read_text(encoding="utf-8"))
        notices = sum(change["level"] == "notice" for change in record["changes"])
        assert done.outputs == {
            "changed": str(bool(record["changes"])).lower(),
            "level": record["level"] or "",
            "bump": record["bump"],
            "notices": str(notices),
        }


@pytest.mark.parametrize("name", ["merge_group", "push"])
def test_action_in_a_merge_queue_and_after_a_push_checks_the_changes(name: str, repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN})
    commit(repo, {"registry.yaml": CLEAN + MAIL})
    payload = {"merge_group": {"merge_group": {"base_sha": base}}, "push": {"before": base}}[name]
    done = run(repo, None, {"name": name, "payload": payload})
    assert done.code == 1
    assert "SP301 version-not-raised" in done.log
    assert done.outputs["level"] == "notice"
    assert "Comment" not in done.steps


@pytest.mark.parametrize(
    ("name", "payload", "warned"),
    [
        ("push", {"before": "0" * 40}, 0),
        ("push", {"before": "1" * 40}, 1),
        ("workflow_dispatch", {}, 0),
    ],
)
def test_action_without_an_earlier_commit_checks_the_list_alone(
    name: str,
    payload: dict[str, Any],
    warned: int,
    repo: Path,
) -> None:
    commit(repo, {"registry.yaml": CLEAN})
    done = run(repo, None, {"name": name, "payload": payload})
    assert list(done.steps)[2:] == ["Check"]
    assert done.code == 0, done.log
    assert done.log.count("::warning title=subproc::The commit before this push") == warned


def test_action_passes_its_options_to_the_check(repo: Path) -> None:
    base = commit(repo, {"registry.yaml": CLEAN + MAIL.replace("    links", "    # links")})
    commit(
        repo,
        {"registry.yaml": RAISED.replace("    links", "    # links"), "CHANGELOG.md": "## 2.0.0\n\n- Mail\n"},
    )
    event = pull_request(repo, base)
    assert run(repo, None, event, fail_on="info", comment="false").code == 1
    assert run(repo, None, event, fail_on="info", args="--select\nSP301", comment="false").code == 0
    assert (
        run(repo, None, event, fail_on="info", args="--new-only\n--ignore=SP104", comment="false").code == 1
    )
    assert list(run(repo, None, event, against="none").steps)[2:] == ["Check"]


def test_action_keeps_names_of_lists_out_of_its_scripts(repo: Path, github: GitHub) -> None:
    """A name may have blanks, quotes, dollars, the end of a comment and what GitHub reads as a command."""
    names = ["a b/$(touch ran)`x`'\".yaml", "a b/-->%0A::error::x.yaml"]
    base = commit(repo, dict.fromkeys(names, CLEAN))
    commit(repo, dict.fromkeys(names, RAISED))
    done = run(repo, github, pull_request(repo, base), registry="a b/*.yaml", fail_on="never")
    assert done.code == 0, done.log
    assert not list(repo.rglob("ran"))
    assert not re.search(r"^::error::", done.log, re.MULTILINE)
    if shutil.which("gh"):
        marks = [body.partition("\n")[0] for body in github.bodies]
        assert len(marks) == 2
        assert all(re.fullmatch(r"<!-- subproc: a%20b/[\w./%]+ -->", mark) for mark in marks)


def test_action_and_gitlab_template_import_nothing_from_the_pull_request(repo: Path, tmp_path: Path) -> None:
    module = "open('ran', 'w').close()\n"
    commit(repo, {"venv.py": module, "pip/__init__.py": module, "pip/__main__.py": module})
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (install,) = (step for step in action["runs"]["steps"] if step.get("id") == "install")
    variables = {
        "PYTHON": sys.executable,
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "VERSION": "",
        "ACTION": str(tmp_path / "nothing"),
    }
    subprocess.run([BASH, "-e", "-c", install["run"]], cwd=repo, env=os.environ | variables, check=False)
    assert (tmp_path / "subproc" / "bin" / "pip").exists()
    _, job = yaml.safe_load_all((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    offline = os.environ | {"PATH": path, "PIP_NO_INDEX": "1", "SUBPROC_VERSION": "0"}
    for line in job["subproc"]["before_script"]:
        subprocess.run([BASH, "-e", "-c", line], cwd=repo, env=offline, check=False)
    assert not list(repo.rglob("ran"))


def test_action_refuses_a_revision_with_a_line_break(repo: Path) -> None:
    commit(repo, {"registry.yaml": CLEAN})
    event = {"name": "push", "payload": {"before": "0" * 40}}
    done = run(repo, None, event, against="HEAD\nlists=other.yaml")
    assert done.code == 1
    assert "::error title=subproc::The input against has a line break." in done.log


@pytest.mark.parametrize(
    ("text", "code"), [(CLEAN, 0), (RAISED, 1), ("services: [\n", 1), (CLEAN.replace("[DE]", "[IN]"), 1)]
)
def test_gitlab_template_writes_its_report_whatever_comes_after(text: str, code: int, repo: Path) -> None:
    base = commit(repo, {"legal/registry.yaml": CLEAN})
    commit(repo, {"legal/registry.yaml": text})
    done = run_gitlab(repo, {"registry": "legal/*.yaml"}, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.code == code, done.output
    report = json.loads((repo / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert bool(report) is bool(code)
    assert all(issue["location"]["path"] == "legal/registry.yaml" for issue in report)
    assert ("Mail is new" in done.output) is (text == RAISED)


def test_gitlab_template_passes_a_list_that_is_new(repo: Path) -> None:
    base = git(repo, "rev-parse", "HEAD")
    commit(repo, {"registry.yaml": CLEAN})
    assert run_gitlab(repo, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).code == 0
    assert run_gitlab(repo, {"fail-on": "info"}).code == 0  # on the default branch, nothing is compared


def test_gitlab_template_installs_this_version() -> None:
    header, job = yaml.safe_load_all((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
    assert header["spec"]["inputs"]["version"]["default"] == __version__
    assert "changes" in job["subproc"]["rules"][0]


def test_pre_commit_hook_checks_every_list_that_is_committed(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hooks = {
        hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    }
    hook = hooks["subproc-check"]
    assert hook.get("pass_filenames", True)
    files = {
        "registry.yaml": CLEAN,
        "b/registry.yml": CLEAN.replace("[DE]", "[US]"),
        "b/other.yaml": "x: 1\n",
    }
    commit(repo, files)
    chosen = [name for name in files if re.search(hook["files"], name)]
    program, *arguments = shlex.split(hook["entry"])
    assert program == "subproc"
    assert main([*arguments, *chosen, "-f", "oneline"]) == 1
    assert "b/registry.yml:12:18: error SP203" in capsys.readouterr().out


def test_problem_matcher_reads_the_lines_of_the_check(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repo, {"registry.yaml": CLEAN.replace("[DE]", "[IN]")})
    assert main(["check", "-f", "oneline"]) == 1
    (matcher,) = json.loads((ROOT / "ci" / "problem-matcher.json").read_text(encoding="utf-8"))[
        "problemMatcher"
    ]
    (pattern,) = matcher["pattern"]
    found = re.match(pattern["regexp"], capsys.readouterr().out.splitlines()[0])
    assert found
    assert found[pattern["file"]] == "registry.yaml"
    assert (found[pattern["line"]], found[pattern["severity"]]) == ("12", "error")
    assert found[pattern["code"]] == "SP203 transfer-without-basis"
