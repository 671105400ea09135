"""Where a result may go: folders and files that may not be written, symbolic links, names that lead elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from subproc_cli.cli.guard import main

LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
notice: {days: 30, contact: privacy@example.com}
services:
  first: {name: First, purpose: chat, processing: [NL]}
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


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("list -o closed/list.txt", 2, "closed/list.txt: cannot be written: Permission denied"),
        ("list -o closed/registry.yaml", 2, "closed/registry.yaml: cannot be written: Permission denied"),
        (
            "set -r closed/registry.yaml first purpose mail",
            2,
            "closed/registry.yaml: cannot be written: Permission denied",
        ),
        (
            "changelog old.yaml --update closed/NEWS.md",
            2,
            "closed/NEWS.md: cannot be written: Permission denied",
        ),
        (
            "init closed/new.yaml --publisher Example",
            2,
            "closed/new.yaml: cannot be written: Permission denied",
        ),
        ("export site --out closed/site", 2, "closed/site: cannot be made: Permission denied"),
        ("export site --out closed", 2, "closed/index.html: cannot be written: Permission denied"),
        (f"{NOTICE} --out closed/letters", 2, "closed/letters: cannot be made: Permission denied"),
        (
            f"{NOTICE} --record closed/sent.jsonl",
            2,
            "closed/sent.jsonl: cannot be written: Permission denied",
        ),
        ("notice --eject closed/templates", 2, "closed/templates: cannot be made: Permission denied"),
        ("list -o readonly.yaml", 2, "readonly.yaml: cannot be written: Permission denied"),
        ("set -r readonly.yaml first purpose mail", 2, "readonly.yaml: cannot be written: Permission denied"),
        ("list -o registry.yaml/list.txt", 2, "registry.yaml/list.txt: cannot be written: Not a directory"),
        ("list -o nowhere/list.txt", 2, "nowhere/list.txt: cannot be written: No such file or directory"),
        ("list -o closed", 2, "closed: cannot be written: Permission denied"),
        ("list -r unreadable.yaml", 3, "unreadable.yaml: no permission to read it"),
    ],
)
def test_what_may_not_be_written_stands(
    command: str, code: int, told: str, folder: Path, barred: list[str]
) -> None:
    before = standing(folder)
    (folder / "closed").chmod(0o555)
    (folder / "readonly.yaml").chmod(0o444)
    (folder / "unreadable.yaml").chmod(0o000)
    program = [*barred, sys.executable, "-m", "subproc_cli"]
    done = subprocess.run([*program, *command.split()], capture_output=True, text=True, check=False)
    (folder / "closed").chmod(0o755)
    (folder / "unreadable.yaml").chmod(0o644)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"subproc: {told}\n")
    assert standing(folder) == before


@pytest.mark.parametrize(
    "command", ["list -o link", "set -r link first purpose mail", "fmt link", "export csv -o link"]
)
@pytest.mark.parametrize("leads_to", ["registry.yaml", "closed/registry.yaml", "second"])
def test_a_symbolic_link_stays_and_what_it_leads_to_is_replaced(
    command: str, leads_to: str, folder: Path
) -> None:
    (folder / "second").symlink_to("registry.yaml")
    (folder / "link").symlink_to(leads_to)
    (folder / leads_to).write_bytes((folder / leads_to).read_bytes().replace(b"[NL]", b"[Netherlands]"))
    before = (folder / leads_to).read_bytes()
    assert main(command.split()) == 0
    assert (folder / "link").readlink() == Path(leads_to)
    assert (folder / "second").readlink() == Path("registry.yaml")
    assert (folder / leads_to).read_bytes() != before


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
def test_a_symbolic_link_that_leads_to_no_file(
    leads_to: str, code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "link").symlink_to(leads_to)
    assert main(["list", "-o", "link"]) == code
    assert capsys.readouterr().err == (f"subproc: {told}\n" if told else "")
    assert (folder / "link").readlink() == Path(leads_to)
    assert (folder / "new.txt").exists() == (leads_to == "new.txt")


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
def test_an_id_leads_to_no_file_elsewhere(
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
def test_the_name_of_a_customer_leads_to_no_file_elsewhere(name: str, folder: Path) -> None:
    (folder / "customers.csv").write_text(f'name\n"{name}"\nExample AG\n', encoding="utf-8")
    before = standing(folder)
    assert main(f"{NOTICE} -c customers.csv --out in/letters --record sent.jsonl".split()) in (0, 3)
    after = standing(folder)
    assert {key: after[key] for key in before} == before
    new = [Path(key) for key in after.keys() - before.keys() - {"sent.jsonl"}]
    assert all(path.parent == Path("in/letters") for path in new)
    assert len(new) in (0, 3)
