"""How long a command takes from start to end, against a bare program with one Typer command.

Both are started in turn, as whole processes, with the same interpreter; what counts is the ratio of
the medians. The package is compiled to bytecode first, as installers do.

Usage: python benchmarks/cold_start.py [ROUNDS]
"""

import compileall
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

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


def timed(command: Sequence[str]) -> float:
    """Return the seconds that a command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        module = [sys.executable, "-m", "subproc_cli"]
        commands = {
            "bare Typer program": [sys.executable, str(bare), "see", "email"],
            "subproc which see email": [*module, "which", "see", "email"],
            "subproc which process outside the EU": [
                *module,
                "which",
                "process",
                "outside",
                "the",
                "EU",
            ],
            "subproc --version": [*module, "--version"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                seconds = timed(command)
                if number:  # the first round only warms up
                    times[name].append(seconds)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    base = medians["bare Typer program"]
    packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic", "pyyaml"))
    print(f"Python {platform.python_version()}, {platform.machine()}, {packages}, {rounds} rounds")
    print(f"{'command':40} {'median ms':>10} {'ratio':>6}")
    for name, median in medians.items():
        print(f"{name:40} {median * 1000:10.1f} {median / base:6.2f}")


if __name__ == "__main__":
    main()
