"""Any two revisions: what people call them, how git is asked, and how each way to fail is told."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from subproc_cli.cli.main import main
from subproc_cli.errors import ReadError, SubprocError, UsageError
from subproc_cli.history.revisions import RevisionResolver, is_range
from subproc_cli.history.timeline import Event, iter_folder_snapshots, iter_git_snapshots, iter_history
from subproc_cli.registry.loader import load_registry

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
        ["git", *arguments],  # noqa: S607
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
def test_one_revision_by_many_names(name: str, expected: str) -> None:
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
def test_two_revisions(old: str, new: str | None, expected: tuple[str, str]) -> None:
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
def test_dots_of_a_path_make_no_range(text: str, found: bool) -> None:  # noqa: FBT001
    assert is_range(text) is found


def test_a_path_above_is_read_as_git_reads_it(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "inside").mkdir()
    monkeypatch.chdir(repo / "inside")
    old, new = RevisionResolver("../registry.yaml").read_pair("HEAD:../registry.yaml", None)
    assert (version(old.content), version(new.content)) == ("2.0.0", "4.0.0")
    assert version(RevisionResolver("../registry.yaml").read(":../registry.yaml").content) == "3.0.0"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("nope", "nope: no such file, git revision or version of the list", ""),
        ("mian", "mian: no such file, git revision or version of the list", "did you mean main?"),
        ("2.0.1", "2.0.1: no such file, git revision or version of the list", "did you mean 2.0.0?"),
        ("nope.yaml", "nope.yaml: no such file", ""),
        ("registri.yaml", "registri.yaml: no such file", "did you mean registry.yaml?"),
        (
            "HEAD:nope.yaml",
            "HEAD:nope.yaml: commit ",
            "did you mean HEAD:registry.yaml?",
        ),
        (
            "nope:registry.yaml",
            "nope:registry.yaml: no such git revision: nope",
            "did you mean registry.yaml?",
        ),
        (":nope.yaml", ":nope.yaml: no such file in the index", ""),
        ("@2023-01-01", "@2023-01-01: this history has no revision dated on or before that day", ""),
        ("@2023-02-30", "@2023-02-30: this is not a valid date", "write it as @YYYY-MM-DD"),
        (":/nothing of that kind", ":/nothing of that kind: no such file, git revision", ""),
        ("--output=x", "--output=x: a revision cannot start with a hyphen", ""),
        ("HEAD~7", "HEAD~7: no such file, git revision or version of the list", ""),
    ],
)
@pytest.mark.usefixtures("repo")
def test_what_cannot_be_read_says_why(name: str, message: str, hint: str) -> None:
    with pytest.raises(ReadError) as fault:
        RevisionResolver("registry.yaml").read(name)
    assert fault.value.message.startswith(message)
    assert fault.value.hint == hint


def test_a_copy_begins_where_it_was_copied(repo: Path) -> None:
    (repo / "copy.yaml").write_bytes((repo / "registry.yaml").read_bytes())
    git(repo, "add", "copy.yaml")
    git(repo, "commit", "--quiet", "--message", "copy")
    found = RevisionResolver("copy.yaml")
    assert version(found.read("HEAD").content) == "4.0.0"
    with pytest.raises(ReadError, match=r"1\.0\.0: no such file, git revision or version"):
        found.read("1.0.0")
    with pytest.raises(ReadError, match="this history has no revision"):
        found.read("@2024-02-15")


def test_a_version_that_was_taken_again_is_no_name(repo: Path) -> None:
    write(repo / "registry.yaml", "1.0.0", "2024-05-01")
    again = commit(repo, "back")
    with pytest.raises(UsageError, match=r"1\.0\.0 is ambiguous: it was used in .* and again in") as fault:
        RevisionResolver("registry.yaml").read("1.0.0")
    assert again[:12] in fault.value.message
    assert version(RevisionResolver("registry.yaml").read("2.0.0").content) == "2.0.0"


def test_a_version_that_came_back_as_it_was_is_one(repo: Path) -> None:
    (repo / "registry.yaml").write_bytes(RevisionResolver("registry.yaml").read("HEAD~1").content)
    commit(repo, "back")
    assert version(RevisionResolver("registry.yaml").read("1.0.0").content) == "1.0.0"


@pytest.mark.parametrize("what", ["HEAD~1", "HEAD~1:registry.yaml"])
def test_what_a_repository_puts_in_the_place_of_an_object_is_not_read(repo: Path, what: str) -> None:
    git(repo, "replace", git(repo, "rev-parse", what), git(repo, "rev-parse", what.replace("~1", "")))
    assert version(RevisionResolver("registry.yaml").read("HEAD~1").content) == "1.0.0"


@pytest.mark.parametrize(
    "setting", [("core.worktree", "/etc"), ("core.worktree", "/nowhere"), ("core.bare", "true")]
)
def test_a_repository_whose_files_lie_elsewhere_is_told(repo: Path, setting: tuple[str, str]) -> None:
    git(repo, "config", *setting)
    with pytest.raises(ReadError, match="git keeps the files of this repository in"):
        RevisionResolver("registry.yaml").read("HEAD")


def test_two_readings_are_both_named(repo: Path) -> None:
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


def test_a_branch_whose_name_is_no_utf_8_is_no_fault(repo: Path) -> None:
    head = (repo / ".git" / "refs" / "heads" / "main").read_bytes()
    (repo / ".git" / "packed-refs").write_bytes(head.strip() + b" refs/heads/\xe4ste\n")
    with pytest.raises(ReadError) as fault:
        RevisionResolver("registry.yaml").read("mian")
    assert fault.value.hint == "did you mean main?"


def commit_of(repo: Path, number: str, message: str) -> None:
    write(repo / "registry.yaml", number, "2024-01-01")
    commit(repo, message)


def test_of_two_revisions_of_one_day_the_later_was_published(repo: Path) -> None:
    commit_of(repo, "5.0.0", "the first of the day")
    commit_of(repo, "6.0.0", "the last of the day")
    assert version(RevisionResolver("registry.yaml").read("@2024-01-01").content) == "6.0.0"


def test_links_and_pointers_are_no_lists(repo: Path) -> None:
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
    assert "is a pointer of Git LFS" in found[0].message  # type: ignore[index]


def test_a_submodule_is_no_list(repo: Path) -> None:
    git(repo, "rm", "--quiet", "--force", "registry.yaml")
    git(
        repo, "update-index", "--add", "--cacheinfo", f"160000,{git(repo, 'rev-parse', 'HEAD')},registry.yaml"
    )
    git(repo, "commit", "--quiet", "--message", "a submodule")
    for name in ("HEAD", ":registry.yaml"):
        with pytest.raises(ReadError, match="is a submodule in this revision, not a file"):
            RevisionResolver("registry.yaml").read(name)


def test_many_revisions_are_read_by_one_process_after_their_sizes(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5, 12):
        commit_of(repo, f"{number}.0.0", "one more")
    started: list[str] = []
    really = subprocess.run

    def counted(command: list[str], **options: object) -> object:
        started.extend(word for word in command if word in ("cat-file", "log", "show"))
        return really(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("subprocess.run", counted)
    revisions = RevisionResolver("registry.yaml")
    assert revisions.repository
    assert len(list(iter_history(iter_git_snapshots(revisions.repository, "registry.yaml")))) == 9
    assert started == ["log", "cat-file", "cat-file"]


def test_a_shallow_clone_says_what_to_fetch(repo: Path, tmp_path: Path) -> None:
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
def test_history_of_a_shallow_clone_is_not_published(
    repo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    shallow(repo, tmp_path, monkeypatch)
    assert main(arguments) == 3
    out, err = capsys.readouterr()
    assert (out, "this clone is shallow: fetch the full history, in CI with fetch-depth: 0" in err) == (
        "",
        True,
    )
    assert sorted(each.name for each in Path().iterdir()) == [".git", "registry.yaml"]


@pytest.mark.parametrize("name", ["2.0.0", "@2024-02-10"])
def test_version_in_a_shallow_clone_is_refused_by_notice_and_warned_of_by_diff(
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


def test_log_in_a_shallow_clone_names_no_first_revision(
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
    assert ("the first revision, with 1 service" in out, err) == (True, "")


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
def test_version_of_two_contents_is_warned_of(
    twice: tuple[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 0
    said = (
        f"subproc: version 2.0.0 has revisions with different content: {' and '.join(twice)}; using the last"
    )
    assert capsys.readouterr().err.count(said) == 1


def test_notice_refuses_a_version_of_two_contents(
    twice: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = twice
    for typed in ("2.0.0", "1.0.0 2.0.0", "1.0.0..2.0.0"):
        assert main(["notice", *typed.split(), "--sent", "2024-02-02"]) == 2
        out, err = capsys.readouterr()
        ways = (f"subproc notice {typed.replace('2.0.0', each)}" for each in twice)
        assert (out, f"name one commit ({' or '.join(ways)})" in err) == ("", True)
    assert main(["notice", last, "--sent", "2024-02-02"]) == 0
    assert capsys.readouterr().err == (
        "subproc: no change demands a notice; no letter was written\n"  # of what followed the last
    )
    assert main(["notice", first, "--sent", "2024-02-02", "--incomplete", "--effective", "2024-03-02"]) == 0
    assert "B will be engaged" in capsys.readouterr().out


def test_version_that_is_written_otherwise_is_one(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo / "registry.yaml", "2.0.0", "2024-02-01")
    (repo / "registry.yaml").write_text(f"# checked\n{(repo / 'registry.yaml').read_text('utf-8')}", "utf-8")
    commit(repo, "a comment")
    for arguments in (["diff", "2.0.0"], ["notice", "2.0.0"], ["feed", "-o", os.devnull]):
        main(arguments)
        assert "different content" not in capsys.readouterr().err


def test_log_marks_the_second_content_of_a_version(
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
def test_feed_warns_of_a_version_of_two_contents(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "-o", os.devnull]) == 0
    first, second = (git(repo, "rev-parse", f"HEAD~{number}")[:12] for number in (2, 1))
    assert capsys.readouterr().err == (
        f"subproc: version 2.0.0 has revisions with different content: {first} and {second}\n"
    )


def test_outside_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ReadError, match="is not in a git repository"):
        RevisionResolver(str(tmp_path / "registry.yaml")).read("HEAD")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
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
    assert list(iter_git_snapshots(repository, "registry.yaml")) == []


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
def test_what_git_reads_in_its_own_way(repo: Path, name: str, found: str) -> None:
    commit_of(repo, "1.0.0", "first: of all")
    commit_of(repo, "2.0.0", "next")
    assert version(RevisionResolver("registry.yaml").read(name).content) == found


def test_a_link_to_a_list_in_another_folder_is_that_list(repo: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(repo / "registry.yaml")
    assert (
        RevisionResolver(str(link)).read("HEAD").content
        == RevisionResolver("registry.yaml").read("HEAD").content
    )


def test_a_bare_repository(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", repo.as_uri(), "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    for name in ("HEAD^0", "HEAD:registry.yaml"):
        assert version(RevisionResolver("registry.yaml").read(name).content) == "2.0.0"


def test_a_repository_of_another_user(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(ReadError, match="git refuses to read a repository of another user") as fault:
        RevisionResolver(str(repo / "registry.yaml")).read("HEAD")
    assert fault.value.hint.startswith("git config --global --add safe.directory ")


def test_a_list_whose_folder_is_gone(repo: Path) -> None:
    (repo / "legal").mkdir()
    write(repo / "legal" / "registry.yaml", "7.0.0", "2024-01-01")
    commit(repo, "legal")
    git(repo, "rm", "--quiet", "-r", "legal")
    assert version(RevisionResolver("legal/registry.yaml").read("HEAD").content) == "7.0.0"


def test_the_environment_of_a_hook_makes_no_difference(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    moments = iter_history(
        iter_git_snapshots(revisions.repository, revisions.get_path_in(revisions.repository))
    )
    return [(each.file_commit, each.event, each.changes) for each in moments]


def test_the_configuration_of_a_foreign_repository_runs_nothing_and_changes_nothing(
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


def test_a_renamed_list_is_found_where_it_stood(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "--force", "HEAD")
    git(repo, "mv", "registry.yaml", "list.yaml")
    commit(repo, "renamed")
    with pytest.raises(ReadError) as fault:
        RevisionResolver("list.yaml").read("first")
    assert fault.value.hint.startswith("in that commit its path is registry.yaml: ")
    assert version(RevisionResolver("list.yaml").read("1.0.0").content) == "1.0.0"


def test_nothing_is_written(repo: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in repo.rglob("*")}
    revisions = RevisionResolver("registry.yaml")
    for name in ("HEAD", "1.0.0", "@2024-01-31", ":registry.yaml"):
        revisions.read(name)
    assert {path: path.stat().st_mtime_ns for path in repo.rglob("*")} == before


def test_the_life_of_a_list_with_all_its_accidents(repo: Path) -> None:
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
    moments = list(iter_history(iter_git_snapshots(revisions.repository, "ö list.yaml")))
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


def test_the_life_of_a_folder(tmp_path: Path) -> None:
    for name, number, date in (("b", "1.0.0", "2024-01-01"), ("a", "2.0.0", "2024-02-01")):
        write(tmp_path / f"{name}.yaml", number, date)
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    moments = list(iter_history(iter_folder_snapshots(tmp_path)))
    assert [(moment.file_commit.path, len(moment.changes)) for moment in moments] == [
        ("b.yaml", 0),
        ("a.yaml", 1),
    ]
