"""How the time of the main work grows with the list: from 10 to 10,000 services, in one process.

The slope is that of a straight line through the logarithms (least squares), from 100 services on, where
fixed costs no longer count: 1 is linear.

Usage: python benchmarks/growth.py [LARGEST]
"""

import gc
import math
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from machine import described
from subproc_cli.diff.classify import diff
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.history.git import FileCommit
from subproc_cli.history.timeline import Snapshot, iter_history
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Request, plan
from subproc_cli.question.answers import Answers
from subproc_cli.question.evaluator import ask
from subproc_cli.reference.categories import load_category_tree
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext
from subproc_cli.yaml.source import Source

SIZES = (10, 100, 1_000, 10_000)
DAY = date(2024, 6, 1)
LEAST_ROUNDS, MOST_ROUNDS, SECONDS = 3, 30, 1.0
HEAD = """\
format: 1
publisher: Example GmbH
version: {version}
date: 2024-01-0{day}
notice: {{days: 30}}
services:
"""
ENTRY = """\
  service-{number}:
    name: Service {number}
    purpose: Purpose number {number} of the service
    sees: [{first}, {second}, {{data: usage.pages, when: the user has visited page {number}}}]
    never_sees: [content]
    processing: [{place}]
    entity: {{name: Example {number} GmbH, address: "Street {number}, 10115 Berlin, Germany", country: DE}}
    transfer: [scc]
"""


def content(services: int, place: str, version: str, day: int) -> bytes:
    """Return a list whose first tenth processes in a given place, and where few see the same data."""
    data = load_category_tree().leaves
    entries = (
        ENTRY.format(
            number=number,
            first=data[number % len(data)],
            second=data[number // len(data) % len(data)],
            place=place if number < services // 10 else "US",
        )
        for number in range(services)
    )
    return (HEAD.format(version=version, day=day) + "".join(entries)).encode()


def loaded(given: bytes) -> Registry:
    """Return a list."""
    found = load_registry(Source("benchmark.yaml", given))
    assert isinstance(found, Registry)
    return found


def forget() -> None:
    """Let no round profit from what the one before has decided."""
    for each in vars(data_access).values():
        if hasattr(each, "cache_clear"):
            each.cache_clear()


def measured(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes: its fastest round, for other work only adds to it."""
    times: list[float] = []
    work()
    while len(times) < LEAST_ROUNDS or (sum(times) < SECONDS and len(times) < MOST_ROUNDS):
        forget()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def why(answers: Answers) -> list[tuple[Evidence, ...]]:
    """Return the reasons of all answers, which are found when they are asked for."""
    return [answer.result.evidence for answer in answers.answers]


def works(size: int) -> dict[str, Callable[[], object]]:
    """Return what is measured at a size."""
    before, after = content(size, "US", "1.0.0", 1), content(size, "IN", "2.0.0", 2)
    old, new = loaded(before), loaded(after)
    changes = diff(old, new)
    site = next(each for each in EXPORTERS if each.name == "site").load_module()
    stands = [Snapshot(FileCommit("", "", f"{each[:20]!r}", "", ""), each) for each in (before, after)]
    return {
        "load": lambda: loaded(before),
        "see email": lambda: ask(new, "see email", DAY),
        "outside the EU": lambda: ask(new, "process outside the EU", DAY),
        "both": lambda: ask(new, "see email and process outside the EU", DAY),
        "both, and why": lambda: why(ask(new, "see email and process outside the EU", DAY)),
        "personal data": lambda: ask(new, "see personal data", DAY),
        "personal, and why": lambda: why(ask(new, "see personal data", DAY)),
        "diff": lambda: diff(old, new),
        "check": lambda: run_rules(RuleContext(new, DAY), Selection()),
        "notice": lambda: [
            Letter(each).to_record() for each in plan((old, new), changes, Request(DAY)).notices
        ],
        "log": lambda: list(iter_history(stands)),
        "export site": lambda: site.render(Export(new, new.find_services_in_use(DAY), DAY)),
    }


def slope(points: list[tuple[int, float]]) -> float:
    """Return the slope of the line through the logarithms of sizes and times."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


def main() -> None:
    """Measure size by size and print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    sizes = [size for size in SIZES if size <= largest]
    gc.disable()  # as the command does
    times: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        for name, work in works(size).items():
            times.setdefault(name, []).append((size, measured(work)))
            gc.collect()
    print(f"seconds, fastest rounds; {described('pydantic', 'pyyaml', 'jinja2')}")
    print(f"{'services':18}" + "".join(f"{size:>10,}" for size in sizes) + "   slope")
    for name, points in times.items():
        row = "".join(f"{seconds:10.4f}" for _, seconds in points)
        print(f"{name:18}{row}{slope(points[1:]):8.2f}")


if __name__ == "__main__":
    main()
