"""A process that is killed, a disk that is full, two that write at once: the old or the new file stands."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from subproc_cli.cli.guard import main
from subproc_cli.notice import ledger
from subproc_cli.notice.ledger import Ledger
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import read

ROOT = Path(__file__).parent.parent
OLD, NEW = (str(ROOT / "examples" / "caplena" / f"{day}.yaml") for day in ("2023-05-24", "2024-04-09"))
DELAYS = [0.15, 0.25, 0.3, 0.35, 0.4, 0.5]
"""Seconds until a process is killed: from before it reads to after it has written."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "registry.yaml", tmp_path)
    names = "".join(f"Example {number}\n" for number in range(40))
    (tmp_path / "customers.csv").write_text(f"name\n{names}", encoding="utf-8")
    return tmp_path


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "subproc_cli", *words], stdout=-1, stderr=-1)


def killed(delay: float, *words: str) -> None:
    process = started(*words)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize(
    "words",
    [
        ("set", "deepl", "purpose", "another purpose"),
        ("fmt",),
        ("export", "site", "-o", "registry.html"),
        ("check", "--add-ignore", "x", "--no-ignores"),
    ],
)
def test_a_killed_process_leaves_the_old_or_the_new_file(
    words: tuple[str, ...], delay: float, folder: Path
) -> None:
    main([*words])
    new = {path.name: path.read_bytes() for path in folder.iterdir()}
    shutil.copy(ROOT / "registry.yaml", folder)
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    killed(delay, *words)
    for path in folder.iterdir():
        if not path.name.startswith("."):  # what is half written has another name
            assert path.read_bytes() in (old.get(path.name), new.get(path.name))


@pytest.mark.parametrize("delay", [0.4, 0.6, 0.8, 1.0])
def test_a_killed_run_of_notices_keeps_its_ledger_and_goes_on(delay: float, folder: Path) -> None:
    words = [
        "notice",
        OLD,
        NEW,
        "--sent",
        "2024-04-09",
        "-c",
        "customers.csv",
        "--out",
        "out",
        "--record",
        "s.jsonl",
    ]
    killed(delay, *words)
    content = (folder / "s.jsonl").read_bytes() if (folder / "s.jsonl").exists() else b""
    found = ledger.read(content)
    assert isinstance(found, Ledger)
    for entry in found.entries:  # what is recorded was written
        name = str(entry["customer"]).lower().replace(" ", "-")
        assert (folder / "out" / f"{name}.txt").is_file()
    assert main(words) == 0
    found = ledger.read((folder / "s.jsonl").read_bytes())
    assert isinstance(found, Ledger)
    assert sorted(entry["customer"] for entry in found.entries) == sorted(
        f"Example {number}" for number in range(40)
    )


@pytest.mark.parametrize(
    "words",
    [
        ["set", "deepl", "purpose", "another"],
        ["bump", "--write", OLD],
        ["list", "-o", "registry.yaml"],
        ["export", "csv", "-o", "registry.yaml"],
        ["check", "--add-ignore", "x", "--no-ignores"],
    ],
)
def test_a_full_disk_leaves_the_old_file(
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
    assert (code, "No space left on device" in said.err) == (2, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=64k tmpfs small && cp registry.yaml customers.csv small && cd small || exit 99
head -c "$1" /dev/zero > other-files; shift
"$@"; code=$?
cp -r . ../after && exit $code
"""


def on_a_small_disk(taken: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a file system of 64 KiB, of which something is taken; `after` holds what it left."""
    Path("small").mkdir()
    allowed = ["unshare", "-rm", "true"]
    if not shutil.which("unshare") or subprocess.run(allowed, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    command = [sys.executable, "-m", "subproc_cli", *words]
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", str(taken), *command],  # noqa: S607
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["set", "deepl", "purpose", "another"],
        ["export", "site", "-o", "registry.yaml"],
        ["changelog", OLD, NEW, "--update", "customers.csv"],
    ],
)
def test_a_small_disk_that_is_full_leaves_the_old_file(words: list[str], folder: Path) -> None:
    before = {name: (folder / name).read_bytes() for name in ("customers.csv", "registry.yaml")}
    done = on_a_small_disk(48 * 1024, *words)
    assert (done.returncode, b"No space left on device" in done.stderr) == (2, True), done.stderr
    after = {path.name: path.read_bytes() for path in (folder / "after").iterdir()}
    assert after.pop("other-files")
    assert after == before


def test_letters_on_a_small_disk_are_whole_and_recorded(folder: Path) -> None:
    words = [
        "notice",
        OLD,
        NEW,
        "--sent",
        "2024-04-09",
        "-c",
        "customers.csv",
        "--record",
        "s.jsonl",
        "--out",
    ]
    done = on_a_small_disk(0, *words, "out")
    assert (done.returncode, b"No space left on device" in done.stderr) == (2, True), done.stderr
    assert main([*words, "whole"]) == 0
    whole = {path.name: path.read_bytes() for path in (folder / "whole").glob("*.txt")}
    written = {path.name: path.read_bytes() for path in (folder / "after" / "out").glob("*.txt")}
    found = ledger.read((folder / "after" / "s.jsonl").read_bytes())
    assert isinstance(found, Ledger)
    assert 0 < len(found.entries) <= len(written) < len(whole)
    assert written.items() <= whole.items()


def test_two_that_write_at_once_leave_a_sound_list(folder: Path) -> None:
    processes = [started("set", "deepl", "purpose", f"purpose {number}") for number in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    for process in processes:
        process.communicate()
    found = load(read(str(folder / "registry.yaml")))
    assert isinstance(found, Index)
    assert found.registry.services["deepl"].purpose in [f"purpose {number}" for number in range(4)]
    assert sorted(path.name for path in folder.iterdir()) == ["customers.csv", "registry.yaml"]


def test_a_folder_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "file").write_bytes(b"")
    assert main(["list", "-o", "file/list.txt"]) == 2
    assert "cannot be written" in capsys.readouterr().err
