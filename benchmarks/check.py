"""How long checking a list of a thousand services takes, as a multiple of loading it.

Both are timed in one process, in turn, after one round to warm up, by processor time.

Usage: python benchmarks/check.py [SERVICES]
"""

import gc
import statistics
import sys
import time
from datetime import date

from machine import described
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext
from subproc_cli.yaml.source import Source

ROUNDS = 7
DAY = date(2024, 6, 1)
HEAD = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\n"
HEAD += "notice: {days: 30, contact: privacy@example.com}\nservices:\n"
ENTRY = """\
  service-{number}:
    name: Service {number}
    purpose: Purpose number {number} of the service
    sees: [identity.name, identity.email, {{data: usage.pages, when: the user has visited the pages}}]
    never_sees: [content]
    processing: [{place}]
    entity: {{name: Example {number} GmbH, address: "Street {number}, 10115 Berlin, Germany", country: DE}}
    transfer: [scc]
    contact: privacy{number}@example.com
    links: {{dpa: "https://example.com/{number}"}}
"""


def main() -> None:
    """Measure in turn and print the table."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    gc.disable()  # as the command does
    print(f"{services:,} services, {ROUNDS} rounds; {described('pydantic', 'pyyaml')}")
    for title, place in (("nothing found", "US"), ("a finding each", "DE")):
        entries = (ENTRY.format(number=number, place=place) for number in range(services))
        source = Source("benchmark.yaml", (HEAD + "".join(entries)).encode())
        loads, checks, found = [], [], 0
        for _ in range(ROUNDS + 1):
            start = time.process_time()
            index = load_registry(source)
            loads.append(time.process_time() - start)
            assert isinstance(index, Registry)
            start = time.process_time()
            found = len(run_rules(RuleContext(index, DAY), Selection()).findings)
            checks.append(time.process_time() - start)
        loaded, checked = statistics.median(loads[1:]), statistics.median(checks[1:])
        print(f"{title:15} load {loaded:.3f} s, check {checked:.3f} s: {checked / loaded:.2f}, found {found}")


if __name__ == "__main__":
    main()
