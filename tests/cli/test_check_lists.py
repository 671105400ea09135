"""`check` of several lists, of revisions, and against an earlier revision that is new, moved, broken or missing."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.cli.main import main

BASE = """format: 1
publisher: Example GmbH
version: 1.0.0
date: 2026-01-02
law: [eu-gdpr]
services:
  chat: {name: Chat, purpose: Answers support requests, sees: [identity.name], processing: [DE]}
"""
MAIL = "  mail: {name: Mail, purpose: Sends letters by mail, sees: [identity.name], processing: [IN]}\n"
RAISED = BASE.replace("1.0.0", "2.0.0").replace("2026-01-02", "2026-02-02") + MAIL


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Return the exit code, `file code` for each finding, and the messages."""
    code = main(["check", "--no-clock", "-f", "json", *arguments])
    out, err = capsys.readouterr()
    problems = json.loads(out)["problems"] if out else []
    return code, [f"{each['where']['file']} {each['code']}" for each in problems], err


def check_record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main(["check", "--no-clock", "-f", "json", *arguments])
    return json.loads(capsys.readouterr().out)


RULES = ("--select", "SP203,SP3")


@pytest.mark.parametrize("names", [("eu.yaml", "us.yaml"), ("*.yaml",), ("./*.yaml", "eu.yaml", "eu.yaml")])
def test_check_of_several_lists_reports_the_findings_of_each(
    names: tuple[str, ...], repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, eu=BASE + MAIL, us=BASE + MAIL)
    assert check(capsys, *names, *RULES)[:2] == (1, ["eu.yaml SP203", "us.yaml SP203"])


def test_check_of_a_pattern_looks_into_folders(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repo, eu__registry=BASE, us__registry=BASE + MAIL)
    assert check(capsys, "**/registry.yaml", *RULES)[:2] == (1, ["us/registry.yaml SP203"])
    code, _, err = check(capsys, "uk/*.yaml")
    assert (code, err) == (
        3,
        "subproc: uk/*.yaml: no file matches this pattern (in quotes: 'lists/*.yaml')\n",
    )


def test_check_of_several_lists_checks_the_others_if_one_is_missing(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, eu=BASE + MAIL)
    code, found, err = check(capsys, "nowhere.yaml", "eu.yaml", *RULES)
    assert (code, found, err) == (
        3,
        ["eu.yaml SP203"],
        "subproc: nowhere.yaml: no such file (the folder has eu.yaml)\n",
    )


@pytest.mark.parametrize("revision", ["HEAD~1", "HEAD~1:registry.yaml", "2.0.0"])
def test_check_of_a_revision_checks_what_git_has(
    revision: str, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=RAISED)
    commit(repo, registry=BASE)
    assert check(capsys, *RULES)[:2] == (0, [])
    for arguments in ((revision,), ("-r", revision)):
        code, found, _ = check(capsys, *arguments, *RULES)
        assert (code, [each.split()[-1] for each in found]) == (1, ["SP203"])


def test_check_of_the_index_annotates_the_file(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repo, legal__registry=BASE)
    (repo / "legal" / "registry.yaml").write_text(RAISED, encoding="utf-8")
    git(repo, "add", "--all")
    assert main(["check", ":legal/registry.yaml", *RULES, "--no-clock", "-f", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=legal/registry.yaml,line=8,")


@pytest.mark.slow
def test_check_against_a_range_compares_with_the_common_ancestor(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch behind main has neither removed nor changed what main has gained since."""
    commit(repo, registry=BASE)
    git(repo, "checkout", "--quiet", "-b", "side")
    commit(repo, registry=f"{BASE}# another comment\n")
    git(repo, "checkout", "--quiet", "main")
    commit(repo, registry=RAISED)
    git(repo, "checkout", "--quiet", "side")
    wanted = ("--select", "SP301,SP302,SP305")
    code, found, err = check(capsys, "--against", "main", *wanted)
    assert (code, found) == (1, ["registry.yaml SP302", "registry.yaml SP305"])
    assert err == (
        "subproc: main has changes to registry.yaml that HEAD does not have, and they count as undone;"
        " to leave them out: main...HEAD\n"
    )
    assert main(["diff", "main"]) == 0
    assert "that HEAD does not have" in capsys.readouterr().err
    for against in ("main...HEAD", "main...", "main...side"):
        assert check(capsys, "--against", against, *wanted) == (0, [], "")
    # From another branch, what is checked is the other side of the range
    git(repo, "checkout", "--quiet", "main")
    assert check(capsys, "--against", "main...side", *wanted) == (0, [], "")
    assert check(capsys, "--against", "side...main", "--select", "SP303")[1] == ["registry.yaml SP303"]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["diff", "bump", "notice --sent 2026-02-02"])
def test_range_up_to_head_warns_of_changes_that_are_not_committed(
    repo: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    commit(repo, registry=BASE)
    git(repo, "checkout", "--quiet", "-b", "side")
    words = command.split()
    main([words[0], "main...HEAD", *words[1:]])
    assert "not committed" not in capsys.readouterr().err
    (repo / "registry.yaml").write_text(RAISED, encoding="utf-8")
    main([words[0], "main...HEAD", *words[1:]])
    warning = "subproc: registry.yaml has changes that are not committed, and main...HEAD leaves them out\n"
    assert warning in capsys.readouterr().err
    commit(repo, registry=RAISED)
    main([words[0], "main...HEAD", *words[1:]])
    assert "not committed" not in capsys.readouterr().err


def test_check_against_a_branch_that_left_the_list_alone_prints_no_warning(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE)
    git(repo, "checkout", "--quiet", "-b", "side")
    commit(repo, registry=RAISED)
    git(repo, "checkout", "--quiet", "main")
    commit(repo, other=BASE)
    git(repo, "checkout", "--quiet", "side")
    for against in ("main", "HEAD", "HEAD~1", "1.0.0"):
        assert check(capsys, "--against", against, "--select", "SP305") == (0, [], "")


def test_check_of_a_list_that_the_base_does_not_have_passes_as_new(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repo / "registry.yaml").write_text(BASE, encoding="utf-8")
    code, found, err = check(capsys, "--against", "HEAD", *RULES)
    assert (code, found) == (0, [])
    assert err == "subproc: registry.yaml is new: HEAD does not have this list, so no changes are checked\n"
    (baseline,) = check_record(capsys, "--against", "HEAD", *RULES)["baselines"]
    assert baseline == {"file": "registry.yaml", "revision": "HEAD", "status": "new", "commit": None}
    assert check(capsys, "--against", "HEAD", "--missing-base", "fail", *RULES)[0] == 3


@pytest.mark.parametrize("option", ["fail", "empty"])
def test_check_against_a_revision_that_does_not_exist_reports_findings_and_exits_with_3(
    option: str, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE + MAIL)
    code, found, err = check(capsys, "--against", "mian", "--missing-base", option, *RULES)
    assert (code, found) == (3, ["registry.yaml SP203"])
    assert err == "subproc: mian: no such file, git revision or version of the list (did you mean main?)\n"


def test_check_in_a_shallow_clone_names_what_to_fetch(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE)
    base = git(repo, "rev-parse", "HEAD")
    commit(repo, registry=BASE + MAIL)
    clone = tmp_path_factory.mktemp("clone")
    git(repo, "clone", "--quiet", "--depth", "1", f"file://{repo}", str(clone))
    for against in (base, f"{base}...HEAD"):
        code, found, err = check(capsys, f"{clone}/registry.yaml", "--against", against, *RULES)
        assert (code, len(found)) == (3, 1)
        assert "this clone is shallow: fetch the full history, in CI with fetch-depth: 0" in err


def test_check_of_a_list_that_moved_is_compared_with_its_old_path(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE)
    (repo / "legal").mkdir()
    git(repo, "mv", "registry.yaml", "legal/registry.yaml")
    for step in ("staged", "committed", "changed"):
        if step == "committed":
            commit(repo)
        text = RAISED.replace("2.0.0", "1.0.0") if step == "changed" else BASE
        (repo / "legal" / "registry.yaml").write_text(text, encoding="utf-8")
        code, found, err = check(capsys, "legal/registry.yaml", "--against", "HEAD~1", "--select", "SP301")
        if step == "staged":
            assert code == 0
            continue
        assert (code, len(found)) == ((1, 1) if step == "changed" else (0, 0))
        note = "subproc: legal/registry.yaml is compared with HEAD~1:registry.yaml, from where it was moved\n"
        assert err == note


def test_check_against_an_invalid_list_reports_the_findings_of_the_new_one(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE.replace("identity.name", "identity.nam"))
    (repo / "registry.yaml").write_text(BASE + MAIL, encoding="utf-8")
    code, found, err = check(capsys, "--against", "HEAD", *RULES)
    assert (code, found) == (1, ["registry.yaml SP203"])
    assert err.startswith("subproc: HEAD:registry.yaml is not a valid list (1 problem), so the changes since")
    (repo / "registry.yaml").write_text(BASE, encoding="utf-8")
    assert check(capsys, "--against", "HEAD", *RULES)[:2] == (0, [])
    main(["check", "--against", "HEAD", "-f", "github", *RULES])
    assert capsys.readouterr().out.startswith(
        "::warning file=registry.yaml,line=1,col=1,title=subproc::HEAD:"
    )


def test_check_new_only_leaves_out_what_the_earlier_revision_has(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE + MAIL)
    first = "  a: {name: A, purpose: Stores backups of data, sees: [identity.name], processing: [BR]}\n"
    text = (BASE + MAIL).replace("services:\n", f"services:\n{first}").replace("[IN]", "[IN, CN]")
    (repo / "registry.yaml").write_text(text, encoding="utf-8")
    wanted = ("--against", "HEAD", "--select", "SP1,SP203,SP301")
    everything = check_record(capsys, *wanted)
    new = check_record(capsys, *wanted, "--new-only")
    assert {(each["service"], each["code"]) for each in new["problems"] if each["service"] != "a"} == {
        ("mail", "SP203"),
        (None, "SP301"),
    }
    assert new["known"] == len(everything["problems"]) - len(new["problems"]) > 0
    assert main(["check", *wanted, "--new-only", "--no-clock"]) == 1
    assert "of the earlier revision left out (--new-only)." in " ".join(capsys.readouterr().out.split())
    commit(repo)
    assert check(capsys, "--against", "HEAD", "--new-only")[:2] == (0, [])
    assert check(capsys, "--new-only")[0] == 2


def test_check_of_several_lists_against_one_file_is_an_error(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, eu=BASE, us=BASE)
    code, _, err = check(capsys, "eu.yaml", "us.yaml", "--against", "eu.yaml")
    assert (code, err.split(" (")[0]) == (
        2,
        "subproc: --against eu.yaml is one file, but 2 lists are checked",
    )


@pytest.mark.parametrize(
    ("options", "failures", "outputs"),
    [((), 1, 1), (("--fail-on", "info"), 2, 0), (("--fail-on", "never"), 0, 2)],
)
def test_check_junit_fails_only_from_the_severity_of_fail_on(
    options: tuple[str, ...], failures: int, outputs: int, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SP203 is an error, SP104 information; SP107 is suppressed."""
    ignore = "ignore: [{rule: missing-dpa, service: chat, reason: x}, {rule: missing-dpa, service: mail, reason: x}]\n"
    commit(repo, registry=BASE + MAIL + ignore)
    code = main(["check", "--select", "SP203,SP104,SP107", "-f", "junit", "--no-clock", *options])
    out = capsys.readouterr().out
    assert code == int(failures > 0)
    assert f'failures="{failures}" errors="0" skipped="1"' in out
    assert (out.count("<failure "), out.count("<system-out>")) == (failures, outputs)


def test_check_rdjson_names_files_from_the_top_of_the_repository(
    repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, legal__registry=BASE + MAIL)
    monkeypatch.chdir(repo / "legal")
    assert main(["check", "--select", "SP203", "-f", "rdjson"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["source"] == {"name": "subproc"}
    (found,) = record["diagnostics"]
    assert found["location"]["path"] == "legal/registry.yaml"
    assert found["location"]["range"]["start"]["line"] == 8
    assert (found["severity"], found["code"]) == ("ERROR", {"value": "SP203 transfer-without-basis"})


def test_diff_github_annotates_a_removed_service_in_the_file_that_exists(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repo, registry=BASE + MAIL)
    (repo / "registry.yaml").write_text(BASE, encoding="utf-8")
    assert main(["diff", "HEAD", "-f", "github"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("::")
    assert " file=registry.yaml,line=6," in out
