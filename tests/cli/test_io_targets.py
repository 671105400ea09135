"""Where a result may go: folders and files that may not be written, symbolic links, names that lead elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import in_process
from registry_text import HEAD
from subproc_cli.cli.main import main
from subproc_cli.notice.ledger import ledger

LIST = f"""\
{HEAD}notice: {{days: 30, contact: privacy@example.com}}
services:
  first: {{name: First, purpose: chat, processing: [NL]}}
"""
NOTICE = "notice old.yaml --incomplete --sent 2024-04-09"
BARRED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Root without its right to pass over permissions."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(LIST.replace("1.0.0", "0.9.0"), encoding="utf-8")
    text = LIST + "  second: {name: Second}\n"
    for name in ("registry.yaml", "closed/registry.yaml", "readonly.yaml", "unreadable.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "readonly.txt").write_text("the last result", encoding="utf-8")
    (tmp_path / "closed" / "NEWS.md").write_text("# Changelog\n", encoding="utf-8")
    return tmp_path


def standing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def barred() -> list[str]:
    """Return how to start a program that permissions hold for."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv") or subprocess.run([*BARRED, "true"], check=False).returncode:
        pytest.skip("root passes over permissions, and nothing here can take that from it")
    return BARRED


WITHOUT_PERMISSION = [
    (
        "list -o closed/list.txt",
        2,
        "closed/list.txt: cannot be written: Permission denied (to allow it: chmod u+w closed)",
    ),
    (
        "list -o closed/registry.yaml",
        2,
        "closed/registry.yaml: is a list, which results do not replace (name another file)",
    ),
    (
        "set -r closed/registry.yaml first purpose mail",
        2,
        "closed/registry.yaml: cannot be written: Permission denied (to allow it: chmod u+w closed)",
    ),
    (
        "changelog old.yaml --update closed/NEWS.md",
        2,
        "closed/NEWS.md: cannot be written: Permission denied (to allow it: chmod u+w closed)",
    ),
    (
        "init closed/new.yaml --publisher Example",
        2,
        "closed/new.yaml: cannot be written: Permission denied (to allow it: chmod u+w closed)",
    ),
    ("export site --out closed/site", 2, "closed/site: cannot be created: Permission denied"),
    (
        "export site --out closed",
        2,
        "closed/index.html: cannot be written: Permission denied (to allow it: chmod u+w closed)",
    ),
    (f"{NOTICE} --out closed/letters", 2, "closed/letters: cannot be created: Permission denied"),
    (
        f"{NOTICE} --record closed/sent.jsonl",
        2,
        "closed/sent.jsonl: cannot be written: Permission denied",
    ),
    ("notice --eject closed/templates", 2, "closed/templates: cannot be created: Permission denied"),
    (
        "list -o readonly.txt",
        2,
        "readonly.txt: cannot be written: Permission denied (to allow it: chmod u+w readonly.txt)",
    ),
    (
        "set -r readonly.yaml first purpose mail",
        2,
        "readonly.yaml: cannot be written: Permission denied (to allow it: chmod u+w readonly.yaml)",
    ),
    ("list -o registry.yaml/list.txt", 2, "registry.yaml/list.txt: cannot be written: Not a directory"),
    (
        "list -o nowhere/list.txt",
        2,
        "nowhere/list.txt: cannot be written: No such file or directory (create its folder: mkdir -p nowhere)",
    ),
    ("list -o closed", 2, "closed: cannot be written: Permission denied"),
    ("list -r unreadable.yaml", 3, "unreadable.yaml: no permission to read it"),
]
RUN_EACH = """
import json, sys
from pathlib import Path
from in_process import run_in_process
done = [run_in_process(command.split(), Path.cwd()) for command in sys.argv[1:]]
print(json.dumps([[each.returncode, each.stdout, each.stderr] for each in done]))
"""


@pytest.mark.slow
def test_output_without_permission_changes_no_file(folder: Path, barred: list[str]) -> None:
    """One process runs them all, since none of them may change anything for the next one."""
    before = standing(folder)
    (folder / "closed").chmod(0o555)
    (folder / "readonly.yaml").chmod(0o444)
    (folder / "readonly.txt").chmod(0o444)
    (folder / "unreadable.yaml").chmod(0o000)
    commands = [command for command, _, _ in WITHOUT_PERMISSION]
    helpers = str(Path(in_process.__file__).parent)
    done = subprocess.run(
        [*barred, sys.executable, "-c", RUN_EACH, *commands],
        env=os.environ | {"PYTHONPATH": helpers},
        capture_output=True,
        text=True,
        check=True,
    )
    (folder / "closed").chmod(0o755)
    (folder / "unreadable.yaml").chmod(0o644)
    found = zip(commands, json.loads(done.stdout), strict=True)
    for row, (command, outcome) in zip(WITHOUT_PERMISSION, found, strict=True):
        assert (command, *outcome) == (command, row[1], "", f"subproc: {row[2]}\n")
    assert standing(folder) == before


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("list -o link", "readonly.txt"),
        ("export csv -o link", "closed/NEWS.md"),
        ("list -o link", "second"),
        ("set -r link first purpose mail", "registry.yaml"),
        ("fmt link", "closed/registry.yaml"),
        ("fmt link", "second"),
    ],
)
def test_output_to_a_symbolic_link_replaces_its_target(command: str, file: str, folder: Path) -> None:
    (folder / "second").symlink_to("readonly.txt" if "-o" in command else "unreadable.yaml")
    (folder / "link").symlink_to(file)
    (folder / file).write_bytes((folder / file).read_bytes().replace(b"[NL]", b"[Netherlands]"))
    before = (folder / file).read_bytes()
    assert main(command.split()) == 0
    assert (folder / "link").readlink() == Path(file)
    assert (folder / "second").is_symlink()
    assert (folder / file).read_bytes() != before


@pytest.mark.parametrize(
    "command",
    [
        "list -o registry.yaml",
        "export fides -o link",
        "check -f sarif -o old.yaml",
        "schema -o registry.yaml",
        "export site --out site",
    ],
)
def test_output_that_would_replace_a_registry_is_refused(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "link").symlink_to("registry.yaml")
    (folder / "site").mkdir()
    (folder / "site" / "list.json").write_text(LIST, encoding="utf-8")
    (folder / "site" / "index.html").write_text(LIST, encoding="utf-8")
    before = standing(folder)
    assert main(command.split()) == 2
    assert capsys.readouterr().err.endswith(": is a list, which results do not replace (name another file)\n")
    assert standing(folder) == before


@pytest.mark.parametrize(
    ("command", "ledger"),
    [
        ("list -o sent.jsonl", "sent.jsonl"),
        ("export fides -o link", "sent.jsonl"),
        ("check -f sarif -o sent.jsonl", "sent.jsonl"),
        ("diff old.yaml -f json -o sent.jsonl", "sent.jsonl"),
        ("schema -o sent.jsonl", "sent.jsonl"),
        (f"{NOTICE} -o sent.jsonl", "sent.jsonl"),
        (f"{NOTICE} --dry-run -f csv -o sent.jsonl", "sent.jsonl"),
        (f"{NOTICE} --out letters", "letters/notice.txt"),
        (f"{NOTICE} --out letters --record sent.jsonl", "letters/notice.txt"),
        ("export site --out site", "site/index.html"),
    ],
)
@pytest.mark.parametrize("changes", [1, 5000])  # the first line is longer than the head of a list
def test_output_that_would_replace_a_ledger_is_refused(
    command: str, ledger: str, changes: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*NOTICE.split(), "--record", "sent.jsonl", "--quiet"]) == 0
    line = json.loads((folder / "sent.jsonl").read_bytes())
    line |= {"changes": line["changes"] * changes, "about": line["about"] * changes}
    content = json.dumps(line, separators=(",", ":"), sort_keys=True).encode() + b"\n"
    (folder / "sent.jsonl").unlink()
    (folder / ledger).parent.mkdir(exist_ok=True)
    (folder / ledger).write_bytes(content)
    (folder / "link").symlink_to("sent.jsonl")
    assert main(command.split()) == 2
    assert capsys.readouterr().err.endswith(
        ": is a ledger, which results do not replace (name another file)\n"
    )
    assert (folder / ledger).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"schema": "subproc/sent/1"}\n',
        b'{"a":"\\"schema\\":\\"subproc/sent/1\\""}\n',
        b'{"schema":"subproc/notices/1"}\n',
        b'{"a":1}\n{"schema":"subproc/sent/1"}\n',
        b'A line is {"schema":"subproc/sent/1"}\n',
    ],
)
def test_output_over_a_file_that_only_mentions_a_ledger_replaces_it(content: bytes, folder: Path) -> None:
    (folder / "out").write_bytes(content)
    assert main(["list", "-o", "out"]) == 0
    assert (folder / "out").read_bytes() != content


LEADS_ROUND = "Too many levels of symbolic links"
TOO_LONG = "n" * 300


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list -r {}", 3),
        ("check {}", 3),
        ("diff {}", 3),
        ("diff HEAD -r {}", 3),
        ("log -r {}", 3),
        ("bump -r {}", 3),
        ("feed -r {} --url https://example.com", 3),
        ("changelog -r {}", 3),
        ("check --against {}", 3),
        ("import {}", 3),
        ("import page.md --publisher Example -o {}", 2),
        ("import page.md --into {} --yes", 3),
        ("init {} --publisher Example", 2),
        ("add First -r {}", 3),
        (f"{NOTICE} -c {{}}", 3),
        (f"{NOTICE} --record {{}}", 2),
        (f"{NOTICE} --out {{}}", 2),
        ("notice --eject {}", 2),
        ("notice --verify {}", 3),
        ("list -o {}", 2),
    ],
)
@pytest.mark.parametrize("name", ["round", TOO_LONG])
def test_file_name_that_cannot_be_resolved_is_an_error(
    command: str, code: int, name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "round").symlink_to("round")
    (folder / "page.md").write_text("| Name |\n| --- |\n| Example |\n", encoding="utf-8")
    before = standing(folder)
    assert main(command.format(name).split()) == code
    said = capsys.readouterr().err
    named = name[:20] in said or "HEAD: " in said  # which lies in no repository here
    assert (named) is True
    assert said.count("subproc: ") == 1
    assert "bug" not in said
    assert standing(folder) == before


def test_output_over_a_page_with_an_example_registry_replaces_it(folder: Path) -> None:
    (folder / "page.md").write_text(f"# Manual\n\nA list:\n\n```yaml\n{LIST}```\n", encoding="utf-8")
    assert main(["list", "-f", "markdown", "-o", "page.md"]) == 0
    assert "Manual" not in (folder / "page.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["/dev/null", "/dev/zero", "pipe"])
def test_notice_record_to_a_device_or_pipe_is_refused(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe")
    assert main([*NOTICE.split(), "--out", "letters", "--record", kind]) == 2
    assert capsys.readouterr().err == f"subproc: {kind}: not a regular file\n"
    assert not list(folder.glob("letters/*"))


@pytest.mark.slow
def test_notice_with_a_too_large_ledger_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "sent.jsonl").open("wb") as file:
        file.truncate(ledger.MAX_BYTES + 1)
    for command in ("notice --verify sent.jsonl", f"{NOTICE} --record sent.jsonl"):
        assert main(command.split()) == 1
        assert "sent.jsonl: is larger than 256 MiB" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("leads_to", "code", "told"),
    [
        ("new.txt", 0, ""),  # the file that is missing is made
        ("nowhere/new.txt", 2, "link: cannot be written: No such file or directory"),
        ("link", 2, "link: cannot be written: Too many levels of symbolic links"),
        ("closed", 2, "link: cannot be written: Is a directory"),
        ("/dev/null", 0, ""),
    ],
)
def test_output_to_a_dangling_link_creates_its_target(
    leads_to: str, code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "link").symlink_to(leads_to)
    assert main(["list", "-o", "link"]) == code
    assert capsys.readouterr().err == (f"subproc: {told}\n" if told else "")
    assert (folder / "link").readlink() == Path(leads_to)
    assert (folder / "new.txt").exists() == (leads_to == "new.txt")


def test_export_of_a_site_into_a_folder_with_a_link_that_leads_out_of_it_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "index.html").unlink(missing_ok=True)
    (folder / "site" / "index.html").symlink_to(folder / "elsewhere")
    assert main(["export", "site", "--out", "site"]) == 2
    assert "site/index.html: a symbolic link leads out of the folder" in capsys.readouterr().err
    assert not (folder / "elsewhere").exists()


LEADING_AWAY = [
    "../x",
    "/etc/x",
    "..",
    ".",
    "a/../../x",
    "~/x",
    r"..\x",
    "x\0y",
    "CON",
    "index.csv",
    "-o",
    "'*'",
]


@pytest.mark.parametrize("name", LEADING_AWAY)
def test_service_id_with_a_path_writes_no_file_outside_the_folder(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "in").mkdir()
    text = f"  {name}: {{name: Second}}\n" if "\0" not in name else '  "x\\0y": {name: Second}\n'
    (folder / "registry.yaml").write_text(LIST + text, encoding="utf-8")
    before = standing(folder)
    for command in ("export site --out in/site", f"{NOTICE} --out in/letters", "export page -o in/page.md"):
        assert main(command.split()) == 3
        assert "registry.yaml:8:3: SP" in capsys.readouterr().err
    assert standing(folder) == before


@pytest.mark.parametrize("name", LEADING_AWAY)
def test_customer_name_with_a_path_writes_no_file_outside_the_folder(name: str, folder: Path) -> None:
    (folder / "customers.csv").write_text(f'name\n"{name}"\nExample AG\n', encoding="utf-8")
    before = standing(folder)
    assert main(f"{NOTICE} -c customers.csv --out in/letters --record sent.jsonl".split()) in (0, 3)
    after = standing(folder)
    assert {key: after[key] for key in before} == before
    new = [Path(key) for key in after.keys() - before.keys() - {"sent.jsonl", "sent.people.jsonl"}]
    assert all(path.parent == Path("in/letters") for path in new)
    assert len(new) in (0, 6)  # two letters, the index, the manifest and two revisions
