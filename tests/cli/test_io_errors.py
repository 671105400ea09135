"""A disk that is full, two that write at once: the old file stands, or what another run has written."""

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from subproc_cli import atomic_write
from subproc_cli.cli.main import main
from subproc_cli.notice.ledger import chain
from subproc_cli.notice.ledger.chain import Ledger
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read

ROOT = Path(__file__).parent.parent.parent
OLD, NEW = (str(ROOT / "examples" / "caplena" / f"{day}.yaml") for day in ("2023-05-24", "2024-04-09"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "registry.yaml", tmp_path)
    names = "".join(f"Example {number},{number}@example.com\n" for number in range(40))
    (tmp_path / "customers.csv").write_text(f"name,address\n{names}", encoding="utf-8")
    return tmp_path


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "subproc_cli", *words], stdout=-1, stderr=-1)


@pytest.mark.parametrize(
    "words",
    [
        ["set", "deepl", "purpose", "another"],
        ["bump", "--write", OLD],
        ["list", "-o", "customers.csv"],
        ["export", "csv", "-o", "customers.csv"],
        ["check", "--add-ignore", "x", "--no-suppressions"],
    ],
)
def test_write_to_a_full_disk_keeps_the_old_file(
    words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "registry.yaml").write_bytes(
        (folder / "registry.yaml").read_bytes().replace(b"purpose: Payments", b"purpose: Paying")
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code = main(words)
    said = capsys.readouterr()
    assert code == 2
    assert "No space left on device" in said.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


LARGE = [
    ["set", "deepl", "purpose", "another"],
    ["export", "site", "-o", "customers.csv"],
    ["changelog", OLD, NEW, "--update", "customers.csv"],
]
ON_A_SMALL_DISK = """
mount -t tmpfs -o "size=$1k" tmpfs small && cp registry.yaml customers.csv small && cd small || exit 99
head -c "$2" /dev/zero > other-files; shift 2
"$@"; code=$?
cp -r . ../after && exit $code
"""


ALONE = (["unshare", "-rm"], ["unshare", "-m"])
"""What may mount a file system that nobody else sees: anybody, or else only the one who may do everything."""


@pytest.fixture
def mounting(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what may mount here. Where nothing may, which is no fault of ours, a run in CI says so on its page."""
    for command in ALONE if shutil.which("unshare") else ():
        mount = [*command, "mount", "-t", "tmpfs", "tmpfs", "/tmp"]  # noqa: S108  nobody else sees it
        if not subprocess.run(mount, capture_output=True, check=False).returncode:
            return command
    why = "no file system can be mounted here: what a full disk leaves was not tried on a real one"
    if os.environ.get("CI"):
        with capsys.disabled():
            sys.stdout.write(f"\n::warning title=test_faults::{why}\n")  # for the log of CI
    pytest.skip(why)


def on_a_small_disk(
    mounting: list[str], taken: int, *words: str, size: int = 64
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a file system of so many KiB, of which something is taken; `after` holds what it left."""
    Path("small").mkdir()
    command = [sys.executable, "-m", "subproc_cli", *words]
    return subprocess.run(
        [*mounting, "sh", "-c", ON_A_SMALL_DISK, "sh", str(size), str(taken), *command],
        capture_output=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("words", LARGE)
def test_write_above_the_file_size_limit_keeps_the_old_file(words: list[str], folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    command = [sys.executable, "-m", "subproc_cli", *words]
    bounded = ["sh", "-c", 'ulimit -f 1; exec "$@"', "sh", *command]  # one block
    done = subprocess.run(bounded, capture_output=True, check=False)
    assert done.returncode == 2, done.stderr
    assert b"File too large" in done.stderr, done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize("words", LARGE)
def test_write_to_a_full_mounted_disk_keeps_the_old_file(
    words: list[str], folder: Path, mounting: list[str]
) -> None:
    before = {name: (folder / name).read_bytes() for name in ("customers.csv", "registry.yaml")}
    done = on_a_small_disk(mounting, 48 * 1024, *words)
    assert done.returncode == 2, done.stderr
    assert b"No space left on device" in done.stderr, done.stderr
    after = {path.name: path.read_bytes() for path in (folder / "after").iterdir()}
    assert after.pop("other-files")
    assert after == before


@pytest.mark.slow
def test_notice_on_a_full_disk_writes_complete_recorded_letters(folder: Path, mounting: list[str]) -> None:
    words = [
        "notice",
        OLD,
        NEW,
        "--sent",
        "2024-04-09",
        "--incomplete",
        "-c",
        "customers.csv",
        "--record",
        "s.jsonl",
        "--out",
    ]
    done = on_a_small_disk(mounting, 0, *words, "out", size=256)
    assert done.returncode == 2, done.stderr
    assert b"No space left on device" in done.stderr, done.stderr
    assert main([*words, "whole"]) == 0
    whole = {path.name: path.read_bytes() for path in (folder / "whole").glob("*.txt")}
    written = {path.name: path.read_bytes() for path in (folder / "after" / "out").glob("*.txt")}
    found = chain.parse_ledger((folder / "after" / "s.jsonl").read_bytes())
    assert isinstance(found, Ledger)
    assert 0 < len(found.entries) <= len(written) < len(whole)
    assert written.items() <= whole.items()


EDITS = [
    "add Other",
    "set deepl purpose another",
    "retire deepl --until 2027-01-01",
    "bump old.yaml --write",
    "changelog old.yaml --update NEWS.md",
    "check --fix",
    "check --add-ignore accepted",
    "import page.md --into registry.yaml --yes",
    "import page.md -o NEWS.md --date 2024-01-01",
    "init NEWS.md --publisher Example --date 2024-01-01",
    "fmt",
]


@pytest.mark.parametrize("command", EDITS)
def test_edit_of_a_file_changed_meanwhile_is_refused(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = (folder / "registry.yaml").read_text("utf-8")
    (folder / "old.yaml").write_text(given.replace("purpose: Payments", "purpose: Paying"), encoding="utf-8")
    (folder / "registry.yaml").write_text(given.replace("[NL]", "[Netherlands]"), encoding="utf-8")
    (folder / "page.md").write_text("| Name | Purpose |\n| --- | --- |\n| Example Mail | Mail |\n", "utf-8")
    file = folder / ("NEWS.md" if "NEWS.md" in command else "registry.yaml")

    def meanwhile(_: int) -> None:
        file.write_bytes(b"of another run")

    monkeypatch.setattr(os, "fsync", meanwhile)  # after it was read, before it is replaced
    assert main(command.split()) == 2
    assert (
        f"{file.name}: the file changed meanwhile: nothing was written (run it again)"
        in capsys.readouterr().err
    )
    assert file.read_bytes() == b"of another run"
    assert [*folder.glob(".*")] == []


@pytest.mark.slow
def test_add_of_four_processes_at_once_loses_no_service(folder: Path) -> None:
    processes = [started("add", f"Example {number}") for number in range(4)]
    told = {
        number: (process.communicate(timeout=60), process.returncode)
        for number, process in enumerate(processes)
    }
    found = load_registry(read(str(folder / "registry.yaml")))
    assert isinstance(found, Registry)
    there = {number for number in told if f"example-{number}" in found.model.services}
    assert there == {number for number, (_, code) in told.items() if code == 0}
    assert there
    for number in told.keys() - there:
        (_, said), code = told[number]
        assert code == 2
        assert b"changed meanwhile: nothing was written (run it again)" in said
    assert sorted(path.name for path in folder.iterdir()) == ["customers.csv", "registry.yaml"]


@pytest.mark.parametrize(("released", "code"), [(True, 0), (False, 2)])
def test_edit_in_a_locked_folder_waits_until_the_timeout(
    released: bool,
    code: int,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    monkeypatch.setattr(atomic_write, "LOCK_TIMEOUT", 60.0 if released else 0.0)
    monkeypatch.setattr(time, "sleep", lambda _: fcntl.flock(handle, fcntl.LOCK_UN) if released else None)
    assert main(["set", "deepl", "purpose", "another"]) == code
    os.close(handle)
    assert ("keeps the folder locked: nothing was written" in capsys.readouterr().err) == bool(code)
    assert (b"purpose: another" in (folder / "registry.yaml").read_bytes()) == (not code)


def test_output_below_a_file_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "file").write_bytes(b"")
    assert main(["list", "-o", "file/list.txt"]) == 2
    assert "cannot be written" in capsys.readouterr().err
