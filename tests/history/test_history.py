"""Any two revisions: what people call them, how git is asked, and how each way to fail is told."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.cli.main import main
from subproc_cli.errors import ReadError, SubprocError, UsageError
from subproc_cli.history.git import FileCommit
from subproc_cli.history.revision_names import is_range
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.history.timeline import (
    Event,
    GitSnapshots,
    HistoryEntry,
    Snapshot,
    iter_history,
    list_folder_snapshots,
)
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry

TEXT = (
    "format: 1\npublisher: Example GmbH\nversion: {0}\ndate: {1}\nservices:\n  a: {{name: A, notes: '{0}'}}\n"
)
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Example",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "Example",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def write(file: Path, version: str, date: str) -> None:
    file.write_text(TEXT.format(version, date), encoding="utf-8")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Versions 1.0.0 and 2.0.0 committed and tagged, 3.0.0 in the index, 4.0.0 in the file."""
    folder = tmp_path / "list of services"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    file = folder / "registry.yaml"
    write(file, "1.0.0", "2024-01-01")
    commit(folder, "one")
    git(folder, "tag", "--annotate", "first", "--message", "the first")
    write(file, "2.0.0", "2024-02-01")
    commit(folder, "two")
    write(file, "3.0.0", "2024-03-01")
    git(folder, "add", "registry.yaml")
    write(file, "4.0.0", "2024-04-01")
    monkeypatch.chdir(folder)
    return folder


def version(content: bytes) -> str:
    return content.decode().split("version: ")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("registry.yaml", "4.0.0"),
        ("./registry.yaml", "4.0.0"),
        (":registry.yaml", "3.0.0"),
        (":./registry.yaml", "3.0.0"),
        ("HEAD", "2.0.0"),
        ("HEAD:registry.yaml", "2.0.0"),
        ("HEAD~1", "1.0.0"),
        ("first", "1.0.0"),
        ("first:./registry.yaml", "1.0.0"),
        ("main^", "1.0.0"),
        ("1.0.0", "1.0.0"),
        ("2.0.0", "2.0.0"),
        ("@2024-01-31", "1.0.0"),
        ("@2024-02-01", "2.0.0"),
        ("@2030-01-01", "2.0.0"),
    ],
)
@pytest.mark.usefixtures("repo")
def test_resolver_reads_a_revision_by_each_kind_of_name(name: str, expected: str) -> None:
    assert version(RevisionResolver("registry.yaml").read(name).content) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("HEAD", None, ("2.0.0", "4.0.0")),
        ("first..HEAD", None, ("1.0.0", "2.0.0")),
        ("first..", None, ("1.0.0", "2.0.0")),
        ("first...main", None, ("1.0.0", "2.0.0")),
        ("main...first", None, ("1.0.0", "1.0.0")),
        ("1.0.0", ":registry.yaml", ("1.0.0", "3.0.0")),
    ],
)
@pytest.mark.usefixtures("repo")
def test_resolver_reads_a_pair_of_revisions(old: str, new: str | None, expected: tuple[str, str]) -> None:
    pair = RevisionResolver("registry.yaml").read_pair(old, new)
    assert tuple(version(source.content) for source in pair) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((each, True) for each in ("a..b", "a...b", "..b", "a..", "v1.0..v2.0", "origin/main...HEAD")),
        *((each, False) for each in ("../a", "a/../b", "HEAD:../a.yaml", ":../a.yaml", "HEAD:a..b", "a.b")),
        ("v1..HEAD:a.yaml", True),
    ],
)
def test_is_range_of_a_path_with_dots_is_false(text: str, found: bool) -> None:
    assert is_range(text) is found


def test_resolver_reads_a_path_in_a_parent_folder(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "inside").mkdir()
    monkeypatch.chdir(repo / "inside")
    old, new = RevisionResolver("../registry.yaml").read_pair("HEAD:../registry.yaml", None)
    assert (version(old.content), version(new.content)) == ("2.0.0", "4.0.0")
    assert version(RevisionResolver("../registry.yaml").read(":../registry.yaml").content) == "3.0.0"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "nope",
            "nope: no such file, git revision or version of the list",
            "to list the revisions: subproc log",
        ),
        ("mian", "mian: no such file, git revision or version of the list", "did you mean main?"),
        ("2.0.1", "2.0.1: no such file, git revision or version of the list", "did you mean 2.0.0?"),
        ("nope.yaml", "nope.yaml: no such file", "the folder has registry.yaml"),
        ("registri.yaml", "registri.yaml: no such file", "did you mean registry.yaml?"),
        (
            "HEAD:nope.yaml",
            "HEAD:nope.yaml: commit ",
            "did you mean HEAD:registry.yaml?",
        ),
        (
            "nope:registry.yaml",
            "nope:registry.yaml: no such git revision: nope",
            "to list the revisions: subproc log",
        ),
        (
            "mian:registry.yaml",
            "mian:registry.yaml: no such git revision: mian",
            "did you mean main?",
        ),
        (":nope.yaml", ":nope.yaml: no such file in the index", ""),
        (
            "@2023-01-01",
            "@2023-01-01: this history has no revision dated on or before that day",
            "the earliest is @2024-01-01",
        ),
        ("@2023-02-30", "@2023-02-30: this is not a valid date", "write it as @YYYY-MM-DD"),
        (
            ":/nothing of that kind",
            ":/nothing of that kind: no such file, git revision",
            "to list the revisions: subproc log",
        ),
        ("--output=x", "--output=x: a revision cannot start with a hyphen", ""),
        (
            "HEAD~7",
            "HEAD~7: no such file, git revision or version of the list",
            "to list the revisions: subproc log",
        ),
    ],
)
@pytest.mark.usefixtures("repo")
def test_resolver_of_an_unknown_name_reports_message_and_hint(name: str, message: str, hint: str) -> None:
    with pytest.raises(ReadError) as fault:
        RevisionResolver("registry.yaml").read(name)
    assert fault.value.message.startswith(message)
    assert fault.value.hint == hint


def test_history_of_a_copied_list_starts_with_the_copy(repo: Path) -> None:
    (repo / "copy.yaml").write_bytes((repo / "registry.yaml").read_bytes())
    git(repo, "add", "copy.yaml")
    git(repo, "commit", "--quiet", "--message", "copy")
    found = RevisionResolver("copy.yaml")
    assert version(found.read("HEAD").content) == "4.0.0"
    with pytest.raises(ReadError, match=r"1\.0\.0: no such file, git revision or version"):
        found.read("1.0.0")
    with pytest.raises(ReadError, match="this history has no revision"):
        found.read("@2024-02-15")


def test_resolver_of_a_reused_version_is_ambiguous(repo: Path) -> None:
    write(repo / "registry.yaml", "1.0.0", "2024-05-01")
    again = commit(repo, "back")
    with pytest.raises(UsageError, match=r"1\.0\.0 is ambiguous: it was used in .* and again in") as fault:
        RevisionResolver("registry.yaml").read("1.0.0")
    assert again[:12] in fault.value.message
    assert version(RevisionResolver("registry.yaml").read("2.0.0").content) == "2.0.0"


def test_resolver_of_a_restored_version_reads_it(repo: Path) -> None:
    (repo / "registry.yaml").write_bytes(RevisionResolver("registry.yaml").read("HEAD~1").content)
    commit(repo, "back")
    assert version(RevisionResolver("registry.yaml").read("1.0.0").content) == "1.0.0"


@pytest.mark.parametrize("what", ["HEAD~1", "HEAD~1:registry.yaml"])
def test_resolver_ignores_replaced_git_objects(repo: Path, what: str) -> None:
    git(repo, "replace", git(repo, "rev-parse", what), git(repo, "rev-parse", what.replace("~1", "")))
    assert version(RevisionResolver("registry.yaml").read("HEAD~1").content) == "1.0.0"


@pytest.mark.parametrize(
    "setting", [("core.worktree", "/etc"), ("core.worktree", "/nowhere"), ("core.bare", "true")]
)
def test_resolver_with_a_foreign_work_tree_reports_it(repo: Path, setting: tuple[str, str]) -> None:
    git(repo, "config", *setting)
    with pytest.raises(ReadError, match="git keeps the files of this repository in"):
        RevisionResolver("registry.yaml").read("HEAD")


def test_resolver_of_a_file_and_a_branch_is_ambiguous(repo: Path) -> None:
    git(repo, "branch", "other")
    (repo / "other").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="other is ambiguous: it matches a file and a git revision") as fault:
        RevisionResolver("registry.yaml").read("other")
    assert fault.value.hint == "for a file, write ./other; for a git revision, write other^0"
    (repo / "1.0.0").write_text("x", encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"1\.0\.0 is ambiguous: it matches a file and a version of the list"
    ) as fault:
        RevisionResolver("registry.yaml").read("1.0.0")
    named = fault.value.hint.rpartition(" ")[2]
    assert version(RevisionResolver("registry.yaml").read(named).content) == "1.0.0"
    (repo / "1.0.0").unlink()
    git(repo, "tag", "1.0.0", "HEAD")
    with pytest.raises(
        UsageError, match=r"1\.0\.0 is ambiguous: it matches a git revision and a version of the list"
    ):
        RevisionResolver("registry.yaml").read("1.0.0")
    git(repo, "tag", "--force", "1.0.0", "HEAD~1")
    assert version(RevisionResolver("registry.yaml").read("1.0.0").content) == "1.0.0"


def test_resolver_ignores_a_branch_name_that_is_not_utf_8(repo: Path) -> None:
    head = (repo / ".git" / "refs" / "heads" / "main").read_bytes()
    (repo / ".git" / "packed-refs").write_bytes(head.strip() + b" refs/heads/\xe4ste\n")
    with pytest.raises(ReadError) as fault:
        RevisionResolver("registry.yaml").read("mian")
    assert fault.value.hint == "did you mean main?"


def commit_of(repo: Path, number: str, message: str) -> None:
    write(repo / "registry.yaml", number, "2024-01-01")
    commit(repo, message)


def test_resolver_of_a_date_with_two_revisions_reads_the_later(repo: Path) -> None:
    commit_of(repo, "5.0.0", "the first of the day")
    commit_of(repo, "6.0.0", "the last of the day")
    assert version(RevisionResolver("registry.yaml").read("@2024-01-01").content) == "6.0.0"


def test_resolver_of_a_link_or_lfs_pointer_is_an_error(repo: Path) -> None:
    (repo / "registry.yaml").unlink()
    (repo / "registry.yaml").symlink_to("other.yaml")
    commit(repo, "link")
    with pytest.raises(ReadError, match="is a symbolic link in this revision"):
        RevisionResolver("registry.yaml").read("HEAD")
    (repo / "registry.yaml").unlink()
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    (repo / "registry.yaml").write_text(pointer, encoding="utf-8")
    commit(repo, "pointer")
    found = load_registry(RevisionResolver("registry.yaml").read("HEAD"))
    assert not isinstance(found, Registry)
    assert "is a pointer of Git LFS" in found[0].message


def test_resolver_of_a_submodule_is_an_error(repo: Path) -> None:
    git(repo, "rm", "--quiet", "--force", "registry.yaml")
    git(
        repo, "update-index", "--add", "--cacheinfo", f"160000,{git(repo, 'rev-parse', 'HEAD')},registry.yaml"
    )
    git(repo, "commit", "--quiet", "--message", "a submodule")
    for name in ("HEAD", ":registry.yaml"):
        with pytest.raises(ReadError, match="is a submodule in this revision, not a file"):
            RevisionResolver("registry.yaml").read(name)


def test_history_of_many_revisions_starts_three_git_processes(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5, 12):
        commit_of(repo, f"{number}.0.0", "one more")
    started: list[str] = []
    really = subprocess.run

    def counted(command: list[str], **options: Any) -> object:
        started.extend(word for word in command if word in ("cat-file", "log", "show"))
        return really(command, **options)

    monkeypatch.setattr("subprocess.run", counted)
    revisions = RevisionResolver("registry.yaml")
    assert revisions.repository
    assert len(list(iter_history(GitSnapshots(revisions.repository, "registry.yaml")))) == 9
    assert started == ["log", "cat-file", "cat-file"]


def test_resolver_in_a_shallow_clone_says_what_to_fetch(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", repo.as_uri(), "shallow")
    with pytest.raises(ReadError) as fault:
        RevisionResolver(str(tmp_path / "shallow" / "registry.yaml")).read("HEAD~1")
    assert "fetch-depth: 0" in fault.value.hint


def shallow(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a clone of a repository that has its last commit alone."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", repo.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")


@pytest.mark.parametrize(
    "arguments",
    [
        ["feed"],
        ["feed", "--since", "2024-02-01"],
        ["export", "site", "--history", "git"],
        ["export", "xlsx", "--history", "git", "-o", "list.xlsx"],
    ],
)
def test_feed_and_export_of_a_shallow_history_are_refused(
    repo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    shallow(repo, tmp_path, monkeypatch)
    assert main(arguments) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "this clone is shallow: fetch the full history, in CI with fetch-depth: 0" in err
    assert sorted(each.name for each in Path().iterdir()) == [".git", "registry.yaml"]


@pytest.mark.parametrize("name", ["2.0.0", "@2024-02-10"])
def test_version_in_a_shallow_clone_is_refused_by_notice(
    repo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    shallow(repo, tmp_path, monkeypatch)
    assert main(["notice", name, "--dry-run"]) == 3
    assert "this clone may lack an earlier revision with the same version" in capsys.readouterr().err
    assert main(["diff", name]) == 0
    assert f"{name} was looked up in a shallow clone" in capsys.readouterr().err
    monkeypatch.chdir(repo)
    assert main(["diff", name]) == 0
    assert capsys.readouterr().err == ""


def test_log_in_a_shallow_clone_has_no_first_revision(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shallow(repo, tmp_path, monkeypatch)
    assert main(["log"]) == 0
    out, err = capsys.readouterr()
    assert "- the oldest revision that this shallow clone has, with 1 service" in out
    assert "fetch-depth: 0" in err
    assert main(["log", "-f", "json"]) == 0
    assert [each["event"] for each in json.loads(capsys.readouterr().out)["entries"]] == ["oldest"]
    monkeypatch.chdir(repo)
    assert main(["log"]) == 0
    out, err = capsys.readouterr()
    assert "the first revision, with 1 service" in out
    assert err == ""


@pytest.fixture
def twice(repo: Path) -> tuple[str, str]:
    """Version 2.0.0 for two contents, as two pull requests leave it, and for one of them in other words."""
    first = git(repo, "rev-parse", "HEAD")[:12]
    file = repo / "registry.yaml"
    file.write_text(
        f"{TEXT.format('2.0.0', '2024-02-01')}  b: {{name: B, processing: [IN]}}\n", encoding="utf-8"
    )
    commit(repo, "the other pull request")
    file.write_text(f"# checked\n{file.read_text('utf-8')}", encoding="utf-8")
    return first, commit(repo, "a comment")[:12]


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "2.0.0"],
        ["diff", "1.0.0", "2.0.0"],
        ["diff", "1.0.0..2.0.0"],
        ["bump", "2.0.0"],
        ["changelog", "2.0.0"],
        ["list", "-r", "2.0.0"],
        ["check", "--against", "2.0.0", "--fail-on", "never"],
    ],
)
def test_command_with_a_version_of_two_contents_prints_a_warning(
    twice: tuple[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 0
    said = (
        f"subproc: version 2.0.0 has revisions with different content: {' and '.join(twice)}; using the last"
    )
    assert capsys.readouterr().err.count(said) == 1


@pytest.mark.slow
def test_notice_refuses_a_version_of_two_contents(
    twice: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = twice
    for typed in ("2.0.0", "1.0.0 2.0.0", "1.0.0..2.0.0"):
        assert main(["notice", *typed.split(), "--sent", "2024-02-02"]) == 2
        out, err = capsys.readouterr()
        ways = (f"subproc notice {typed.replace('2.0.0', each)}" for each in twice)
        assert out == ""
        assert f"name one commit ({' or '.join(ways)})" in err
    assert main(["notice", last, "--sent", "2024-02-02"]) == 0
    assert capsys.readouterr().err == (
        "subproc: no change requires a notice; no letter was written\n"  # of what followed the last
    )
    assert main(["notice", first, "--sent", "2024-02-02", "--incomplete", "--effective", "2024-03-02"]) == 0
    assert "B will be engaged" in capsys.readouterr().out


def test_version_with_only_a_new_comment_prints_no_warning(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repo / "registry.yaml", "2.0.0", "2024-02-01")
    (repo / "registry.yaml").write_text(f"# checked\n{(repo / 'registry.yaml').read_text('utf-8')}", "utf-8")
    commit(repo, "a comment")
    for arguments in (["diff", "2.0.0"], ["notice", "2.0.0"], ["feed", "-o", os.devnull]):
        main(arguments)
        assert "different content" not in capsys.readouterr().err


def test_log_marks_a_version_used_for_two_contents(
    twice: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "-f", "json"]) == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    marks = [(each["version"], each["same_version_as"]) for each in entries]
    assert [(number, mark and mark[:12]) for number, mark in marks] == [
        ("2.0.0", None),
        ("2.0.0", twice[0]),
        ("2.0.0", None),
        ("1.0.0", None),
    ]
    assert main(["log"]) == 0
    said = f"- the version is again 2.0.0, but the content differs from {twice[0]}\n"
    assert capsys.readouterr().out.count(said) == 1


@pytest.mark.usefixtures("twice")
def test_feed_of_a_version_of_two_contents_prints_a_warning(
    repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feed", "-o", os.devnull]) == 0
    first, second = (git(repo, "rev-parse", f"HEAD~{number}")[:12] for number in (2, 1))
    assert capsys.readouterr().err == (
        f"subproc: version 2.0.0 has revisions with different content: {first} and {second}\n"
    )


def test_resolver_outside_a_repository_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ReadError, match="is not in a git repository"):
        RevisionResolver(str(tmp_path / "registry.yaml")).read("HEAD")


def test_resolver_in_a_repository_without_commits_is_an_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "registry.yaml", "1.0.0", "2024-01-01")
    with pytest.raises(SubprocError, match="HEAD: no such file, and the git repository has no commits yet"):
        RevisionResolver(str(tmp_path / "registry.yaml")).read("HEAD")
    git(tmp_path, "add", "registry.yaml")
    assert (
        version(RevisionResolver(str(tmp_path / "registry.yaml")).read(":registry.yaml").content) == "1.0.0"
    )
    repository = RevisionResolver(str(tmp_path / "registry.yaml")).repository
    assert repository
    assert list(GitSnapshots(repository, "registry.yaml")) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (":/first", "1.0.0"),
        ("HEAD^{/first}", "1.0.0"),
        ("HEAD@{0}:registry.yaml", "2.0.0"),
        (":0:registry.yaml", "2.0.0"),
        (":./registry.yaml", "2.0.0"),
    ],
)
def test_resolver_of_git_syntax_reads_the_revision(repo: Path, name: str, found: str) -> None:
    commit_of(repo, "1.0.0", "first: of all")
    commit_of(repo, "2.0.0", "next")
    assert version(RevisionResolver("registry.yaml").read(name).content) == found


def test_resolver_of_a_link_to_a_list_reads_its_history(repo: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(repo / "registry.yaml")
    assert (
        RevisionResolver(str(link)).read("HEAD").content
        == RevisionResolver("registry.yaml").read("HEAD").content
    )


def test_resolver_in_a_bare_repository_reads_revisions(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", repo.as_uri(), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    for name in ("HEAD^0", "HEAD:registry.yaml"):
        assert version(RevisionResolver("registry.yaml").read(name).content) == "2.0.0"


def test_resolver_in_a_repository_of_another_user_explains_the_refusal(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(ReadError, match="git refuses to read a repository of another user") as fault:
        RevisionResolver(str(repo / "registry.yaml")).read("HEAD")
    assert fault.value.hint.startswith("git config --global --add safe.directory ")


def test_resolver_of_a_list_in_a_deleted_folder_reads_it(repo: Path) -> None:
    (repo / "legal").mkdir()
    write(repo / "legal" / "registry.yaml", "7.0.0", "2024-01-01")
    commit(repo, "legal")
    git(repo, "rm", "--quiet", "-r", "legal")
    assert version(RevisionResolver("legal/registry.yaml").read("HEAD").content) == "7.0.0"


def test_resolver_inside_a_git_hook_ignores_its_environment(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo / "legal").mkdir()
    write(repo / "legal" / "registry.yaml", "7.0.0", "2024-01-01")
    git(repo, "add", ".")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert version(RevisionResolver("legal/registry.yaml").read(":./legal/registry.yaml").content) == "7.0.0"


def told() -> list[object]:
    """Return the life of the list as git tells it."""
    revisions = RevisionResolver("registry.yaml")
    assert revisions.repository
    moments = iter_history(GitSnapshots(revisions.repository, revisions.get_path_in(revisions.repository)))
    return [(each.file_commit, each.event, each.changes) for each in moments]


def test_resolver_runs_no_program_of_the_repository_configuration(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker, script = tmp_path / "ran", tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in (
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-commit",
        "fsmonitor-watchman",
    ):
        (hooks / hook).symlink_to(script)
    (repo / ".git" / "info").mkdir(exist_ok=True)
    (repo / ".git" / "info" / "attributes").write_text("* diff=own filter=own\n", encoding="utf-8")
    before = told(), RevisionResolver("registry.yaml").read("1.0.0")
    for key, value in {
        **dict.fromkeys(
            ("core.fsmonitor", "core.pager", "pager.log", "diff.external", "core.sshCommand"), str(script)
        ),
        **dict.fromkeys(
            ("diff.own.textconv", "diff.own.command", "filter.own.smudge", "gpg.program"), str(script)
        ),
        "filter.own.clean": str(script),
        "core.hooksPath": str(hooks),
        "alias.log": f"!{script}",
        "log.showRoot": "false",
        "log.showSignature": "true",
        "log.decorate": "full",
        "log.date": "relative",
        "diff.orderFile": "/nowhere",
        "diff.renames": "false",
        "diff.noprefix": "true",
        "i18n.logOutputEncoding": "UTF-16",
        "color.ui": "always",
    }.items():
        git(repo, "config", key, value)
    for name in ("GIT_ICASE_PATHSPECS", "GIT_GLOB_PATHSPECS"):
        monkeypatch.setenv(name, "1")
    marker.unlink(missing_ok=True)
    assert (told(), RevisionResolver("registry.yaml").read("1.0.0")) == before
    assert not marker.exists()


@pytest.mark.parametrize("state", ["staged", "committed"])
def test_resolver_of_a_renamed_list_reads_its_old_path(repo: Path, state: str) -> None:
    git(repo, "checkout", "--quiet", "--force", "HEAD")
    git(repo, "mv", "registry.yaml", "list.yaml")
    if state == "committed":
        commit(repo, "renamed")
    found = RevisionResolver("list.yaml").read("first")
    assert (found.name, version(found.content)) == ("first:registry.yaml", "1.0.0")
    assert version(RevisionResolver("list.yaml").read("1.0.0").content) == "1.0.0"


def test_resolver_writes_nothing_to_the_repository(repo: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in repo.rglob("*")}
    revisions = RevisionResolver("registry.yaml")
    for name in ("HEAD", "1.0.0", "@2024-01-31", ":registry.yaml"):
        revisions.read(name)
    assert {path: path.stat().st_mtime_ns for path in repo.rglob("*")} == before


def test_history_lists_changed_unreadable_deleted_and_renamed_revisions(repo: Path) -> None:
    file = repo / "registry.yaml"
    write(file, "2.0.0", "2024-02-01")
    file.write_text("services: [", encoding="utf-8")
    commit(repo, "broken")
    write(file, "3.0.0", "2024-03-01")
    commit(repo, "mended")
    git(repo, "rm", "--quiet", "registry.yaml")
    git(repo, "commit", "--quiet", "--message", "deleted")
    write(file, "3.0.0", "2024-03-01")
    commit(repo, "restored")
    git(repo, "mv", "registry.yaml", "ö list.yaml")
    commit(repo, "renamed")
    git(repo, "checkout", "--quiet", "-b", "side")
    write(repo / "ö list.yaml", "4.0.0", "2024-04-01")
    commit(repo, "on the side")
    git(repo, "checkout", "--quiet", "main")
    git(repo, "merge", "--quiet", "--no-ff", "--message", "merged", "side")
    revisions = RevisionResolver("ö list.yaml")
    assert revisions.repository is not None
    moments = list(iter_history(GitSnapshots(revisions.repository, "ö list.yaml")))
    assert [(moment.event, len(moment.changes), moment.problems) for moment in moments] == [
        (Event.FIRST, 0, 0),
        (Event.CHANGED, 1, 0),
        (Event.UNREADABLE, 0, 1),
        (Event.CHANGED, 1, 0),
        (Event.DELETED, 0, 0),
        (Event.RESTORED, 0, 0),
        (Event.RENAMED, 0, 0),
        (Event.CHANGED, 1, 0),
    ]


def describe(entries: Iterable[HistoryEntry]) -> list[object]:
    return [
        (each.file_commit, each.event, each.changes, each.problems, each.same_version) for each in entries
    ]


@pytest.mark.parametrize(
    ("day", "count"),
    [("2024-01-01", 10), ("2024-01-02", 9), ("2024-02-02", 6), ("2024-04-01", 1), ("2025-01-01", 0)],
)
def test_iter_history_since_a_day_yields_the_end_of_the_whole_history(day: str, count: int) -> None:
    contents: list[bytes | None] = []
    for version, date in (("1.0.0", "2024-01-01"), ("2.0.0", "2024-02-01"), ("3.0.0", "2024-03-01")):
        contents += [
            TEXT.format(version, date).encode(),
            b"version: 2.0.0\ndate: 2024-01-01\nservices: []",
            None,
        ]
    contents.append(TEXT.format("1.0.0", "2024-04-01").replace("notes", "group").encode())
    snapshots = [
        Snapshot(FileCommit(str(at), f"2024-0{at // 3 + 1}-0{at % 3 + 1}", "a.yaml", "", ""), content)
        for at, content in enumerate(contents)
    ]
    whole = describe(iter_history(snapshots))
    assert describe(iter_history(snapshots, since=day)) == whole[len(whole) - count :]


def test_history_of_a_folder_is_sorted_by_date(tmp_path: Path) -> None:
    for name, number, date in (("b", "1.0.0", "2024-01-01"), ("a", "2.0.0", "2024-02-01")):
        write(tmp_path / f"{name}.yaml", number, date)
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    moments = list(iter_history(list_folder_snapshots(tmp_path)))
    assert [(moment.file_commit.path, len(moment.changes)) for moment in moments] == [
        ("b.yaml", 0),
        ("a.yaml", 1),
    ]
