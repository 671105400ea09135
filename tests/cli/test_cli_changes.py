"""The commands around changes, typed as a user types them: diff, bump, changelog, log, rule."""

import json
import shutil
import subprocess
from io import BytesIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path

import pytest

from subproc_cli.cli.main import main

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "caplena"
OLD, NEW = EXAMPLES / "2023-05-24.yaml", EXAMPLES / "2024-04-09.yaml"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def edited(tmp_path: Path, old: str, new: str) -> Path:
    file = tmp_path / "edited.yaml"
    text = OLD.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("never_sees: [identity, content]", "never_sees: [identity]", "notice promise-dropped userpilot"),
        ("activation: opt-in", "activation: always", "notice became-mandatory deepl"),
        ("processing: [FI]", "processing: [FI, IN]", "notice place-added-outside deepl"),
        ("days: 30, obj", "days: 10, obj", "notice notice-shortened -"),
        ("    retention: Ephemeral", "    retention: 30 days", "inform retention-changed datadog"),
        ("processing: [EU]", "processing: [BE]", "inform place-clearer datadog"),
        ("source: Third", "source: The Third", "editorial metadata-changed google-cloud"),
    ],
)
def test_diff_of_one_edit_prints_its_level_and_kind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, expected: str
) -> None:
    file = edited(tmp_path, old, new)
    code, out, _ = run(capsys, "diff", OLD, file, "-f", "oneline")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith(f"{expected}: ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (OLD, NEW, "a major bump; the version went from 4.0.0 to 6.0.0, which is enough."),
        (NEW, OLD, "a minor bump; the version has to be 6.1.0, and is still 4.0.0."),
    ],
)
def test_diff_compares_the_version_with_the_required_bump(
    capsys: pytest.CaptureFixture[str], old: Path, new: Path, told: str
) -> None:
    _, out, err = run(capsys, "diff", old, new)
    assert told in " ".join(out.split())
    assert ("name the earlier revision first (OLD NEW)" in err) == (old is NEW)


def test_diff_of_two_removed_services_requires_a_minor_bump(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = OLD.read_text(encoding="utf-8")
    lines, file = [], tmp_path / "less.yaml"
    keep = True
    for line in text.splitlines(keepends=True):
        if line.startswith("  ") and line[2] not in " #":
            keep = line.strip() not in ("segment:", "logrocket:")
        if keep:
            lines.append(line)
    file.write_text("".join(lines), encoding="utf-8")
    code, out, _ = run(capsys, "diff", OLD, file, "-f", "json")
    found = json.loads(out)
    assert (code, found["bump"], found["level"]) == (0, "minor", "inform")
    assert [(each["kind"], each["service"]) for each in found["changes"]] == [
        ("service-removed", "segment"),
        ("service-removed", "logrocket"),
    ]


def test_diff_of_a_changed_id_is_an_added_and_a_removed_service(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = edited(tmp_path, "  close:\n    name: Close\n", "  open:\n    name: Open\n")
    _, out, _ = run(capsys, "diff", OLD, file, "-f", "oneline")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "notice service-added open",
        "inform service-removed close",
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--fail-on", "notice"], 1),
        (["--fail-on", "inform"], 1),
        (["--strict"], 0),
    ],
)
def test_diff_fail_on_decides_the_exit_code(
    capsys: pytest.CaptureFixture[str], options: list[str], code: int
) -> None:
    assert run(capsys, "diff", OLD, NEW, *options)[0] == code


def test_diff_fail_on_ignores_changes_of_a_lower_level(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = edited(tmp_path, "source: Third", "source: The Third")
    assert run(capsys, "diff", OLD, file, "--fail-on", "inform")[0] == 0
    assert run(capsys, "diff", OLD, file, "--fail-on", "editorial")[0] == 1


@pytest.mark.slow
def test_diff_in_every_format_has_the_same_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    sentences = [
        each["text"] for each in json.loads(run(capsys, "diff", OLD, NEW, "-f", "json")[1])["changes"]
    ]
    assert len(sentences) == 2
    for form in ("text", "oneline", "csv", "markdown", "html", "github"):
        out = " ".join(run(capsys, "diff", OLD, NEW, "-f", form)[1].split())
        assert all(sentence in out for sentence in sentences), form


def test_diff_json_states_the_position_of_each_change(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A change is in the newer file; a service that is gone is in the older one."""
    file = tmp_path / "new.yaml"
    text = listed("  a: {name: A}", "  b: {name: B, contact: b@example.com}")
    file.write_text(text, encoding="utf-8")
    old = tmp_path / "old.yaml"
    old.write_text(listed("  b: {name: B}", "  c: {name: C}"), encoding="utf-8")
    _, out, _ = run(capsys, "diff", old, file, "-f", "json")
    assert [(change["kind"], *change["where"].values()) for change in json.loads(out)["changes"]] == [
        ("service-added", str(file), 6, 3, "services.a"),
        ("contact-changed", str(file), 7, 25, "services.b.contact"),
        ("service-removed", str(old), 7, 3, "services.c"),
    ]


def listed(*services: str) -> str:
    head = ("format: 1", "publisher: Example GmbH", "version: 1.0.0", "date: 2024-01-02", "services:")
    return "\n".join((*head, *services, ""))


def test_diff_markdown_without_changes_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "diff", OLD, OLD, "-f", "markdown") == (0, "", "")


def test_diff_github_annotation_points_at_the_changed_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = edited(tmp_path, "processing: [FI]", "processing: [IN]")
    line = 1 + file.read_text(encoding="utf-8").splitlines().index("    processing: [IN]")
    _, out, _ = run(capsys, "diff", OLD, file, "-f", "github")
    assert out.startswith(f"::warning file={file},line={line},col=5,title=notice%3A place-moved::DeepL ")


HOSTILE = r'{name: "\x1b[31mEvil\u202e", purpose: x}'


@pytest.mark.parametrize("form", ["text", "oneline", "json", "csv", "markdown", "html", "github"])
def test_diff_of_a_hostile_name_is_sanitized_in_every_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    file = edited(tmp_path, "  close:\n", f"  evil: {HOSTILE}\n  close:\n")
    code, out, err = run(capsys, "diff", OLD, file, "-f", form, "--color", "never")
    assert (code, err) == (0, "")
    assert "Evil" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize("form", ["text", "oneline", "json", "csv", "markdown", "html", "github"])
def test_diff_quiet_prints_nothing_but_writes_the_output_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    assert run(capsys, "diff", OLD, NEW, "-f", form, "-q", "--fail-on", "notice") == (1, "", "")
    assert run(capsys, "diff", OLD, OLD, "-f", form, "-q") == (0, "", "")
    file = tmp_path / "changes"
    assert run(capsys, "diff", OLD, NEW, "-f", form, "-q", "-o", file) == (0, "", "")
    assert file.stat().st_size > 100


def test_diff_colors_the_terminal_but_not_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = tmp_path / "changes.txt"
    assert run(capsys, "diff", OLD, NEW, "-o", file)[0] == 0
    assert "\x1b" not in file.read_text(encoding="utf-8")
    assert "\x1b[1;31m" in run(capsys, "diff", OLD, NEW)[1]
    assert "\x1b[1;31m" in run(capsys, "diff", OLD, NEW, "--color", "always")[1]
    assert "\x1b" not in run(capsys, "diff", OLD, NEW, "--color", "never")[1]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seven revisions in git, the last one in the file as well."""
    folder = tmp_path / "history"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    shell = shutil.which("sh")
    assert shell
    script = ROOT / "examples" / "history.sh"
    subprocess.run([shell, str(script), str(folder)], check=True, capture_output=True)
    monkeypatch.chdir(folder)
    return folder


def test_diff_of_standard_input_compares_with_the_registry_in_git(
    repo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (repo / "registry.yaml").read_text(encoding="utf-8").replace("[FI]", "[US]")
    typed = TextIOWrapper(BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", typed)
    _, out, _ = run(capsys, "diff", "HEAD", "-r", "-", "-f", "oneline")
    assert out == "notice place-moved deepl: DeepL now processes in the United States instead of Finland\n"
    typed.seek(0)
    code, _, err = run(capsys, "bump", "-r", "-", "--write")
    assert (code, err.split(" (")[0]) == (2, "subproc: --write cannot change standard input")


def test_bump_of_changed_check_settings_is_none(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repo / "registry.yaml"
    rule = "ignore: [{rule: SP101, reason: asked}]\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("services:", f"{rule}services:", 1), encoding="utf-8"
    )
    assert run(capsys, "bump")[1] == "none: nothing that is published changed since 6.0.0\n"
    shown = run(capsys, "diff", "HEAD")[1]
    assert "no bump; the version went from 6.0.0 to 6.0.0, which is enough." in " ".join(shown.split())
    assert json.loads(run(capsys, "diff", "HEAD", "-f", "json")[1])["bump"] == "none"


@pytest.mark.parametrize(
    ("words", "then"),
    [
        (["--at", "2022-08-01"], "to use the revision of that date: --registry @2022-08-01"),
        (
            ["--at", "2022-08-01", "-r", "registry.yaml"],
            "to use the revision of that date: --registry @2022-08-01",
        ),
        (["--at", "2022-08-24", "-r", "HEAD"], "to use the revision of that date: --registry @2022-08-24"),
        # Where following it would end in an error, or at another list
        (["--at", "2020-01-01"], "no revision of that date is known here"),
        (["--at", "2022-08-01", "-r", "copy.yaml"], "no revision of that date is known here"),
    ],
)
def test_at_option_in_the_past_names_the_revision_of_that_date(
    repo: Path, capsys: pytest.CaptureFixture[str], words: list[str], then: str
) -> None:
    shutil.copy(repo / "registry.yaml", repo / "copy.yaml")
    assert main(["which", "see", "email", *words]) == 0
    assert capsys.readouterr().err.endswith(f" ({then})\n")
    if "@" in then:
        assert main(["which", "see", "email", *words, "-r", f"@{words[1]}"]) == 0


@pytest.mark.slow
def test_bump_write_changes_only_version_and_date(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repo / "registry.yaml"
    assert run(capsys, "bump")[1] == "none: nothing that is published changed since 6.0.0\n"
    text = file.read_text(encoding="utf-8").replace("processing: [FI]", "processing: [US]")
    file.write_text(text, encoding="utf-8")
    assert run(capsys, "bump")[1] == "major: 6.0.0 → 7.0.0 (the file states 6.0.0)\n"
    assert file.read_text(encoding="utf-8") == text
    assert run(capsys, "bump", "--write", "--date", "2024-05-01")[0] == 0
    expected = text.replace("version: 6.0.0", "version: 7.0.0").replace(
        "date: 2024-04-09", "date: 2024-05-01"
    )
    assert file.read_text(encoding="utf-8") == expected
    assert run(capsys, "bump")[1] == "major: 6.0.0 → 7.0.0 (the file states 7.0.0, which is enough)\n"
    assert json.loads(run(capsys, "bump", "-f", "json")[1]) == {
        "schema": "subproc/bump/1",
        "needed": "major",
        "known": "6.0.0",
        "following": "7.0.0",
        "given": "7.0.0",
        "enough": True,
        "written": False,
    }
    assert run(capsys, "bump", "--quiet") == (0, "", "")


@pytest.mark.slow
@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("revision", ["@2023-06-01", "4.0.0", "HEAD~2", "HEAD~2:registry.yaml"])
def test_registry_option_accepts_any_revision_in_git(
    revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("which", "see", "email"), ("list",), ("show", "datadog"), ("matrix",), ("export", "json"):
        code, out, err = run(capsys, *command, "-r", revision)
        assert (code, err) == (0, "")
        assert "4.0.0" in out
    code, _, err = run(capsys, "list", "-r", "9.0.0")
    assert (code, err) == (
        3,
        "subproc: 9.0.0: no such file, git revision or version of the list (to list the revisions: subproc log)\n",
    )
    assert run(capsys, "fmt", "-r", revision)[0] == 3  # what writes needs a file


@pytest.mark.slow
@pytest.mark.usefixtures("repo")
def test_diff_of_the_example_history_gives_the_published_versions(capsys: pytest.CaptureFixture[str]) -> None:
    versions = ["1.0.0", "2.0.0", "3.0.0", "3.1.0", "4.0.0", "5.0.0", "6.0.0"]
    for old, new in pairwise(versions):
        _, out, _ = run(capsys, "diff", old, new, "-f", "json")
        found = json.loads(out)
        numbers = [int(number) for number in old.split(".")]
        at = ["major", "minor", "patch"].index(found["bump"])
        following = [*numbers[:at], numbers[at] + 1, *([0] * (2 - at))]
        assert ".".join(map(str, following)) == new
        assert found["old"]["commit"] != found["new"]["commit"]


@pytest.mark.slow
@pytest.mark.usefixtures("repo")
def test_log_lists_the_revisions_of_a_registry_or_a_service(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "log", "-f", "json")
    entries = json.loads(out)["entries"]
    assert [entry["version"] for entry in entries] == [
        "6.0.0",
        "5.0.0",
        "4.0.0",
        "3.1.0",
        "3.0.0",
        "2.0.0",
        "1.0.0",
    ]
    assert entries[-1]["event"] == "first"
    _, out, _ = run(capsys, "log", "customer-io", "--level", "inform", "-f", "json")
    kinds = [change["kind"] for entry in json.loads(out)["entries"] for change in entry["changes"]]
    assert kinds[0] == "place-moved"
    assert "place-stated" in kinds
    _, out, _ = run(capsys, "log", "--since", "2024-01-01", "-f", "json")
    assert [entry["date"] for entry in json.loads(out)["entries"]] == ["2024-04-09", "2024-02-07"]
    code, _, err = run(capsys, "log", "customerio")
    assert (code, err) == (2, "subproc: no revision has a service 'customerio' (did you mean customer-io?)\n")


@pytest.mark.slow
def test_changelog_update_twice_adds_one_entry(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = run(capsys, "changelog", "5.0.0", "6.0.0")[1]
    assert entry.startswith("## [6.0.0] - 2024-04-09\n\n### Added\n\n- PostHog is new (notice).\n")
    assert run(capsys, "changelog", "5.0.0", "6.0.0", "-o", repo / "entry.md") == (0, "", "")
    assert (repo / "entry.md").read_text(encoding="utf-8") == entry
    begun = repo / "NEW.md"
    said = f"{begun}: created with the entry for 6.0.0\n"
    assert run(capsys, "changelog", "5.0.0", "6.0.0", "--update", begun) == (0, "", said)
    assert begun.read_text(encoding="utf-8") == f"# Changelog\n\n{entry}"
    file = repo / "CHANGELOG.md"
    file.write_text(
        "# Changelog\n\n## The tool\n\n### [0.1.0]\n\n## The list\n\n### [5.0.0]\n\n- x\n", "utf-8"
    )
    for _ in range(2):
        assert run(capsys, "changelog", "5.0.0", "6.0.0", "--update", file)[0] == 0
    text = file.read_text(encoding="utf-8")
    assert text.count("### [6.0.0] - 2024-04-09\n\n#### Added\n\n- PostHog is new (notice).\n") == 1
    assert text.index("## The list") < text.index("### [6.0.0]") < text.index("### [5.0.0]")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["rule", "service-added"], 0, "a new id, also when announced"),
        (["diff", "--kinds"], 0, "service-added"),
        (["rule", "servce-added"], 2, "did you mean service-added?"),
        (["diff"], 2, "diff needs a revision to compare with"),
        (["diff", "--help"], 0, "[OLD] [NEW]"),
        (["log", "-r", "nowhere"], 3, "subproc: nowhere: no such file or folder"),
        (["log", "-r", "-"], 2, "subproc: standard input has no history"),
        (["log", "-r", str(ROOT / "docs")], 3, "docs: no registry (*.yaml) in this folder"),
        (["bump", str(OLD), "-r", str(OLD), "--date", "2024-05-01"], 2, "--date needs --write"),
        (
            ["log", "nope", "-r", str(OLD.parent)],
            2,
            "no revision has a service 'nope' (see: subproc list --all)",
        ),
        (["log", "posthg", "-r", str(OLD.parent)], 2, "(did you mean posthog?)"),
        (["log", "PostHog", "-r", str(OLD.parent)], 0, "PostHog is new (notice)"),
        (["log", "Azure OpenAI Servic", "-r", str(OLD.parent)], 2, "(did you mean azure-openai-service?)"),
        (["bump", str(OLD), "-r", str(OLD), "--write", "--date", "x"], 2, "--date: 'x' is not a valid date"),
        (
            ["changelog", str(OLD), str(NEW), "--update", str(OLD)],
            2,
            "a changelog cannot be YAML or JSON",
        ),
    ],
)
def test_command_about_changes_prints_help_or_an_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, part: str
) -> None:
    found, out, err = run(capsys, *arguments)
    assert found == code
    assert part in out + err


def test_diff_suggests_the_next_command_only_at_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "diff", OLD, NEW)[2] == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    step = f"\n2 changes need a notice: subproc notice {OLD} {NEW} --dry-run\n"
    assert run(capsys, "diff", OLD, NEW, "--color", "never")[2] == step
    assert run(capsys, "diff", OLD, NEW, "-f", "json")[2] == ""
    assert run(capsys, "diff", OLD, OLD)[2] == ""


DELETED = "  a: {name: Alpha}\n  b: {name: Beta}\n"


def test_output_for_a_deleted_entry_says_that_it_is_no_longer_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "format: 1\npublisher: Example GmbH\nversion: {0}.0.0\ndate: 2024-0{0}-01\nservices:\n"
    files = [tmp_path / "1.yaml", tmp_path / "2.yaml"]
    for number, text in ((1, DELETED), (2, "  b: {name: Beta}\n")):
        files[number - 1].write_text(head.format(number) + text, encoding="utf-8")
    old, new = map(str, files)
    for words in (["diff", old, new], ["changelog", old, new], ["log", "-r", str(tmp_path)]):
        assert main(words) == 0
        assert "Alpha is no longer listed" in " ".join(capsys.readouterr().out.split())
    assert main(["feed", "--folder", str(tmp_path), "--lang", "de"]) == 0
    assert "Alpha wird nicht mehr aufgeführt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reviewed", "code"),
    [
        ("", 1),
        ("reviewed: 2026-03-02", 0),
        ("reviewed: {date: 2026-03-05, by: privacy team}", 0),
        ("reviewed: 2026-02-01", 1),  # before the revision
    ],
)
def test_diff_fail_on_notice_counts_texts_that_nobody_has_reviewed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, reviewed: str, code: int
) -> None:
    head = "format: 1\npublisher: P\nversion: {}\ndate: {}\nservices:\n"
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(head.format("1.0.0", "2026-01-15") + "  a: {name: A, purpose: support}\n")
    more = f", {reviewed}" if reviewed else ""
    new.write_text(
        head.format("1.1.0", "2026-03-02") + f"  a: {{name: A, purpose: support and training{more}}}\n"
    )
    assert run(capsys, "diff", str(old), str(new))[0] == 0
    found, _, err = run(capsys, "diff", str(old), str(new), "--fail-on", "notice")
    assert found == code
    assert ("subproc set a reviewed 2026-03-02" in err) == bool(code)
