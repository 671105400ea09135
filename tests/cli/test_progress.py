"""What a person at a terminal sees of a command that takes longer than a second."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

pytestmark = pytest.mark.slow

LOOP = """
import sys, time
from subproc_cli.cli import progress
for _ in progress.track(range(5), "revisions"):
    time.sleep(float(sys.argv[1]))
"""
COMMAND = """
import sys, time
from subproc_cli.cli import interrupts, main, progress

def work(*_, **__):
    for _ in progress.track(range(100), "revisions"):
        time.sleep(0.6)

main.load_program = lambda: work
interrupts.install_handler()
sys.exit(main.main([]))
"""
IMPATIENT = """
import sys
from subproc_cli.cli import main, progress

progress.DELAY = -1.0
sys.exit(main.main(sys.argv[1:]))
"""
LIST = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices: {}\n"


def run_at_terminal(
    command: list[str], variables: Mapping[str, str], interrupt_at: bytes = b""
) -> tuple[str, int]:
    """Return what a terminal gets from standard error, and the exit code; interrupt the command at a text."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown, is_interrupted = b"", False
        with suppress(OSError):  # Linux reports the end of a terminal as an error
            while part := os.read(ours, 65536):
                shown += part
                if interrupt_at and interrupt_at in shown and not is_interrupted:
                    process.send_signal(signal.SIGINT)
                    is_interrupted = True
    os.close(ours)
    return shown.decode(), process.returncode


@pytest.mark.parametrize(
    ("command", "unit"), [(["check", "--select", "stale-list"], "lists"), (["fmt", "--check"], "files")]
)
def test_progress_of_several_lists_counts_them(tmp_path: Path, command: list[str], unit: str) -> None:
    files = [str(tmp_path / name) for name in ("first.yaml", "second.yaml")]
    for file in files:
        Path(file).write_text(LIST, encoding="utf-8")
    shown, _ = run_at_terminal([sys.executable, "-c", IMPATIENT, *command, *files], {})
    assert unit in shown
    assert "/2" in shown


def test_progress_of_an_export_in_languages_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    file.write_text(LIST, encoding="utf-8")
    command = ["export", "site", "-r", str(file), "--lang", "en,de", "--out", str(tmp_path / "public")]
    shown, code = run_at_terminal([sys.executable, "-c", IMPATIENT, *command], {})
    assert code == 0
    assert "languages" in shown
    assert "1/2" in shown


def run_loop(seconds: float, **variables: str) -> str:
    return run_at_terminal([sys.executable, "-c", LOOP, str(seconds)], variables)[0]


@pytest.fixture(name="shown", scope="module")
def shown_of_a_slow_loop() -> str:
    return run_loop(0.4)


def test_track_after_a_second_shows_how_much_is_done(shown: str) -> None:
    counts = re.findall(r"([0-5])/5", shown)
    assert "revisions" in shown
    assert counts == sorted(counts)
    assert {*counts} & {*"1234"}  # which of them are shown depends on the machine


def test_track_at_the_end_removes_the_line(shown: str) -> None:
    assert shown.endswith("\x1b[1A\x1b[2K")


def test_track_leaves_the_cursor_visible(shown: str) -> None:
    assert shown.index("\x1b[?25l") < shown.index("\x1b[?25h")


@pytest.mark.parametrize(("seconds", "term"), [(0, "xterm"), (0.4, "dumb")])
def test_track_of_a_quick_loop_or_dumb_terminal_shows_nothing(seconds: float, term: str) -> None:
    assert run_loop(seconds, TERM=term) == ""


def test_track_without_a_terminal_shows_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", LOOP, "0.4"], capture_output=True, check=True)
    assert done.stderr == b""


def test_list_of_a_large_file_shows_its_name_and_size(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(LIST + f"# {'x' * 98}\n" * 50_000, "utf-8")
    shown, code = run_at_terminal(
        [sys.executable, "-m", "subproc_cli", "list", "-r", str(file)], {"COLUMNS": "200"}
    )
    assert code == 0
    assert "large.yaml, 5.1 MB" in shown
    assert shown.rstrip("\r\n").endswith("\x1b[2K")


def test_list_of_a_small_file_shows_no_progress(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(LIST, "utf-8")
    shown, _ = run_at_terminal([sys.executable, "-m", "subproc_cli", "list", "-r", str(file)], {})
    assert "small.yaml" not in shown


def test_main_interrupted_while_progress_is_shown_removes_the_line() -> None:
    shown, code = run_at_terminal([sys.executable, "-c", COMMAND], {}, interrupt_at=b"revisions")
    assert code == 130
    assert "revisions" in shown
    assert shown.endswith("\x1b[2K")
    assert "Traceback" not in shown
