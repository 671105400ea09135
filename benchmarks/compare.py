"""How long comparing two revisions takes: 10,000 services of which 100 changed, after loading.

The yardstick is DeepDiff over the whole of both, as plain data. Both are timed in one process, in turn, by
processor time.

Usage: python benchmarks/compare.py [SERVICES]
"""

import statistics
import sys
import time
from collections.abc import Callable

from deepdiff import DeepDiff  # the yardstick

from machine import described
from subproc_cli.diff.classify import diff
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

CHANGED = 100
HEAD = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n"
ENTRY = """\
  service-{number}:
    name: Service {number}
    purpose: Purpose number {number} of the service
    sees: [identity.name, identity.email, {{data: usage.pages, when: the user has visited the pages}}]
    never_sees: [content]
    processing: [{place}]
    entity: {{name: Example {number} GmbH, address: "Street {number}, 10115 Berlin, Germany", country: DE}}
"""


def revision(services: int, place: str) -> Registry:
    """Return a list whose first services process in a given place."""
    entries = (
        ENTRY.format(number=number, place=place if number < CHANGED else "EU") for number in range(services)
    )
    read = load_registry(Source("benchmark.yaml", (HEAD + "".join(entries)).encode()))
    assert isinstance(read, Registry)
    return read


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure in turn and print the table."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    old, new = revision(services, "DE"), revision(services, "US")
    before, after = (index.model.model_dump(mode="json") for index in (old, new))
    assert len(diff(old, new)) == CHANGED
    ours, theirs = [], []
    for _ in range(3):
        theirs.append(timed(lambda: DeepDiff(before, after)))
        ours.append(timed(lambda: diff(old, new)))
    mine, whole = statistics.median(ours), statistics.median(theirs)
    print(described("deepdiff", "pydantic"))
    print(f"{services} services, {CHANGED} changed, after loading")
    print(f"DeepDiff over the whole  {whole * 1000:10.1f} ms")
    print(f"subproc diff             {mine * 1000:10.1f} ms  1/{whole / mine:.0f}")


if __name__ == "__main__":
    main()
