"""How long one question to a thousand lists takes, compared with a script that uses the Python interface.

The script is what a user would write: two processes, each of which loads lists and asks them, and a CSV file
with the answer of each service. The command is `subproc which QUESTION -r FOLDER`, which shows reasons as
well. The time is that of the processor, of all processes together, and that of the clock; all run in turn.
The ratios are medians of the rounds.

Usage: python benchmarks/many_lists.py [LISTS] [SERVICES] [ROUNDS]
"""

import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from growth import content
from machine import described

LISTS, SERVICES, ROUNDS = 1_000, 50, 3
SCRIPT = """
import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import subproc_cli


def ask(path):
    registry = subproc_cli.load(path)
    answers = subproc_cli.ask(registry, "see email", at=date(2024, 6, 1))
    return [(str(path), answer.id, str(answer.verdict)) for answer in answers]


if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).iterdir())
    writer = csv.writer(sys.stdout)
    with ProcessPoolExecutor(2) as pool:
        for rows in pool.map(ask, paths, chunksize=32):
            writer.writerows(rows)
"""


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds of the processor, and of the clock, that a command takes with its processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, end - start


def main() -> None:
    """Measure in turn and print the table."""
    lists, services, rounds = (
        int(given) if given else usual
        for given, usual in zip([*sys.argv[1:], "", "", ""][:3], (LISTS, SERVICES, ROUNDS), strict=True)
    )
    subproc = str(Path(sysconfig.get_path("scripts")) / "subproc")
    with tempfile.TemporaryDirectory() as name:
        script, folder = Path(name, "script.py"), Path(name, "lists")
        folder.mkdir()
        script.write_text(SCRIPT, encoding="utf-8")
        for number in range(lists):
            head = content(services, "US", f"1.0.{number}", 1)
            (folder / f"list-{number:04}.yaml").write_bytes(head)
        which = [subproc, "which", "see", "email", "--at", "2024-06-01", "-r", str(folder)]
        commands = {
            "command, CSV": [*which, "-f", "csv"],
            "command, text": which,
            "script": [sys.executable, str(script), str(folder)],
        }
        found: dict[str, list[tuple[float, float]]] = {label: [] for label in commands}
        for _ in range(rounds):
            for label, command in commands.items():
                found[label].append(measured(command))
    print(f"{lists} lists of {services} services; {os.cpu_count()} cores, {described('pydantic', 'pyyaml')}")
    print(f"{'':14} {'processor s':>11} {'ratio':>6} {'clock s':>8} {'ratio':>6}")
    for label, times in found.items():
        cells = []
        for ours, theirs in zip(zip(*times, strict=True), zip(*found["script"], strict=True), strict=True):
            ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
            cells += [statistics.median(ours), ratio]
        print(f"{label:14} {cells[0]:11.2f} {cells[1]:6.2f} {cells[2]:8.2f} {cells[3]:6.2f}")


if __name__ == "__main__":
    main()
