"""How long the life of a list takes: 1,000 revisions of 60 services in git, told by `subproc log`.

The yardstick is `yaml.load` with PyYAML's C loader over the same bytes, without git and without
telling anything. Each revision changes one service or two. Both are timed in one process, in turn, by
processor time; that of git does not count.

Usage: python benchmarks/log.py [REVISIONS]
"""

import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml  # the yardstick

from machine import described
from subproc_cli.history.git import Repository
from subproc_cli.history.timeline import GitSnapshots, iter_history

SERVICES = 60
PLACES = ("DE", "FR", "NL", "IE", "EU", "US", "CH", "SE")
DATA = (
    "identity.name",
    "identity.email",
    "usage.pages",
    "usage.actions",
    "device.ip_address",
    "content.text",
)
ENTRY = """\
  service-{number}:
    name: Service {number}
    purpose: Purpose number {number} of the service
    activation: always
    sees:
      - {data[0]}
      - {data[1]}
      - {{data: {data[2]}, when: the user has visited the respective pages}}
    never_sees: [content.files]
    processing: [{place}]
    entity:
      name: Example {number} GmbH
      address: Street {number}, 10115 Berlin, Germany
      country: DE
    source: Third-Party-Services, section {number}

"""


def entry(number: int, chance: random.Random) -> str:
    """Return a service with places and data at random."""
    return ENTRY.format(number=number, data=chance.sample(DATA, 3), place=chance.choice(PLACES))


def revisions(count: int) -> list[bytes]:
    """Return the bytes of successive revisions."""
    chance = random.Random(7)  # noqa: S311  nothing secret
    services = [entry(number, chance) for number in range(SERVICES)]
    texts = []
    for version in range(count):
        for _ in range(chance.choice((1, 1, 2))):
            number = chance.randrange(SERVICES)
            services[number] = entry(number, chance)
        head = (
            f"format: 1\npublisher: Example GmbH\nversion: {version + 1}.0.0\ndate: 2024-01-01\nservices:\n"
        )
        texts.append((head + "".join(services)).encode())
    return texts


def committed(folder: str, texts: list[bytes]) -> None:
    """Make a git repository of the revisions, by one process."""
    lines = []
    for number, text in enumerate(texts):
        who = f"committer A <a@example.com> {number + 10**9} +0000\n"
        head = f"commit refs/heads/main\nmark :{number + 1}\n{who}"
        lines.append(head.encode() + b"data 1\nx\n" + b"M 100644 inline registry.yaml\n")
        lines.append(b"data %d\n%s\n" % (len(text), text))
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(lines), check=True)


def told(folder: str) -> float:
    """Return the seconds that the life of the list takes."""
    start = time.process_time()
    moments = list(iter_history(GitSnapshots(Repository(Path(folder)), "registry.yaml")))
    seconds = time.process_time() - start
    assert all(moment.new for moment in moments)
    return seconds


def loaded(texts: list[bytes]) -> float:
    """Return the seconds that PyYAML's C loader takes for the same bytes."""
    start = time.process_time()
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)
    return time.process_time() - start


def main() -> None:
    """Measure in turn and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    texts = revisions(count)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        committed(folder, texts)
        ours, theirs = [], []
        for _ in range(3):
            gc.collect()
            theirs.append(loaded(texts))
            gc.collect()
            ours.append(told(folder))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{count} revisions of {SERVICES} services; {described('pyyaml', 'pydantic')}")
    print(f"yaml.load(CSafeLoader)  {statistics.median(theirs):8.2f} s")
    print(f"subproc log             {statistics.median(ours):8.2f} s  ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
