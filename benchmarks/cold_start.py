"""How long a command takes at a terminal, compared with programs that use the same libraries.

The time is that of the processor, user and system. Each command and the program it is compared with are
started in turn, as whole processes at a terminal of their own, by the console script that an installation
makes. The ratio is the median of the ratios of the rounds. The package is compiled to bytecode first, as
installers do. `diff` compares the shipped list with itself after a change, so that DeepDiff is used and not
only imported.

Usage: python benchmarks/cold_start.py [ROUNDS]
"""

import compileall
import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import sysconfig
import tempfile
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from machine import described

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 31
BARE = """
import typer

app = typer.Typer()


@app.command()
def which(question: list[str]) -> None:
    print("hello", *question)


app()
"""


SCREEN = struct.pack("HHHH", 100, 80, 0, 0)
"""Rows and columns of the terminal: enough rows that no pager starts."""


def timed(command: Sequence[str]) -> float:
    """Return the processor time of a command at a terminal; it may find something, but must not fail."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, SCREEN)
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        with suppress(OSError):  # Linux reports the end of a terminal as an error
            while os.read(ours, 65536):
                pass
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    os.close(ours)
    if process.returncode > 1:
        raise SystemExit(f"{command} left with {process.returncode}")
    return used.ru_utime + used.ru_stime


def rows(folder: Path) -> list[tuple[str, list[str], str, list[str]]]:
    """Return the rows of the table: a command, and the program that it is compared with."""
    typer_only, with_deepdiff, changed = (folder / name for name in ("bare.py", "deep.py", "changed.yaml"))
    typer_only.write_text(BARE, encoding="utf-8")
    with_deepdiff.write_text("import deepdiff\n" + BARE, encoding="utf-8")
    shipped = (ROOT / "registry.yaml").read_text("utf-8")
    changed.write_text(shipped.replace("purpose: Payments", "purpose: Payment"), encoding="utf-8")
    subproc = str(Path(sysconfig.get_path("scripts")) / "subproc")
    bare, deep = ([sys.executable, str(script)] for script in (typer_only, with_deepdiff))
    hello = [*bare, "see", "email"]
    straightforward = [sys.executable, str(ROOT / "benchmarks" / "straightforward.py"), "see", "email"]
    return [
        ("which see email", [subproc, "which", "see", "email"], "sixty lines", straightforward),
        ("which see email", [subproc, "which", "see", "email"], "Typer", hello),
        (
            "which process outside the EU",
            [subproc, "which", "process", "outside", "the", "EU"],
            "Typer",
            hello,
        ),
        ("diff", [subproc, "diff", "registry.yaml", str(changed)], "Typer, DeepDiff", [*deep, "see"]),
        ("--help", [subproc, "--help"], "Typer --help", [*bare, "--help"]),
        ("--version", [subproc, "--version"], "Typer", hello),
    ]


def main() -> None:
    """Measure in turn and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    compileall.compile_dir(ROOT / "src", quiet=1)
    print(f"{rounds} rounds; {described('typer', 'pydantic', 'pyyaml', 'deepdiff')}")
    print(f"{'subproc':30} {'against':16} {'ms':>7} {'against':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, command, against, bare in rows(Path(folder)):
            pairs = [(timed(command), timed(bare)) for _ in range(rounds + 1)][1:]  # the first only warms up
            ours, theirs = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            print(f"{name:30} {against:16} {ours:7.0f} {theirs:8.0f} {ratio:6.2f}")


if __name__ == "__main__":
    main()
