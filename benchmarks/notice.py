"""How the time of `subproc notice` grows with the customers: 1,000 against 10, as whole processes, in turn.

The growth is told as a ratio, and as the part of it that each further letter takes.

Usage: python benchmarks/notice.py [ROUNDS]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import described

STEPS = Path(__file__).parent.parent / "examples" / "caplena"
FEW, MANY = 10, 1_000
FORMATS = ("text", "html", "eml", "docx")


def customers(folder: Path, number: int) -> Path:
    """Write a file of customers in three languages."""
    rows = (
        f"Example {each} GmbH,privacy{each}@example.com,{('de', 'en', 'fr')[each % 3]}\n"
        for each in range(number)
    )
    path = folder / f"{number}.csv"
    path.write_text("name,address,language\n" + "".join(rows), encoding="utf-8")
    return path


def run(folder: Path, number: int, form: str) -> float:
    """Return the seconds that the letters of some customers take."""
    command: list[str | Path] = [
        *(
            sys.executable,
            "-m",
            "subproc_cli",
            "notice",
            STEPS / "2023-05-24.yaml",
            STEPS / "2024-04-09.yaml",
        ),
        *(
            "--sent",
            "2024-04-09",
            "--customers",
            folder / f"{number}.csv",
            "--out",
            folder / form,
            "-f",
            form,
        ),
        "--quiet",
        "--incomplete",  # the shipped list lacks what a notice should state
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"{rounds} rounds, seconds as median; {described('jinja2', 'python-docx')}")
    print(f"{'format':8}{f'{FEW}':>8}{f'{MANY:,}':>8}{'ratio':>8}  a letter")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in (FEW, MANY):
            customers(folder, number)
        for form in FORMATS:
            times = [(run(folder, FEW, form), run(folder, MANY, form)) for _ in range(rounds)]
            few, many = (statistics.median(each) for each in zip(*times, strict=True))
            letter = (many - few) / (MANY - FEW)
            print(f"{form:8}{few:8.2f}{many:8.2f}{many / few:8.1f}  {letter * 1000:.1f} ms")


if __name__ == "__main__":
    main()
