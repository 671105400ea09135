"""Try random inputs of each kind until a number of different ones was accepted: `make fuzz`.

The kinds and what is checked are in `tests/helpers/fuzz_kinds.py`. A failure is shrunk and printed, and ends the run;
the same seed tries the same inputs again.
"""

import argparse
import random
import sys
import time
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "helpers"))

from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzz_kinds import KINDS, Kind

EXAMPLES = settings(
    max_examples=200,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[*HealthCheck],
)
"""Inputs that are tried between two lines of progress."""


class Count:
    """How many inputs of a kind were tried, and which different ones were accepted."""

    def __init__(self) -> None:
        self.tried = 0
        self.accepted: set[bytes] = set()


def try_inputs(kind: Kind, count: Count, start: int) -> None:
    """Try some inputs of a kind, which depend on a number."""

    @seed(start)
    @EXAMPLES
    @given(kind.inputs)
    def check(given: object) -> None:
        count.tried += 1
        if kind.check(given):
            count.accepted.add(blake2b(repr(given).encode("utf-8", "surrogatepass"), digest_size=8).digest())

    check()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--accepted", type=int, default=100_000, help="inputs that are accepted, of all kinds"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after this time")
    options = parser.parse_args()
    share = -(-options.accepted // len(KINDS))
    end = time.monotonic() + 60 * options.minutes
    counts = {name: Count() for name in KINDS}
    say(f"seed {options.seed}: {share:,} accepted inputs of each of {len(KINDS)} kinds")
    batch = 0
    while time.monotonic() < end and (
        missing := [name for name in KINDS if len(counts[name].accepted) < share]
    ):
        for name in missing:
            if time.monotonic() > end:
                break
            try_inputs(KINDS[name], counts[name], 1_000 * options.seed + batch)
        batch += 1
        say(", ".join(f"{name} {len(counts[name].accepted):,}" for name in missing))
    for name, count in counts.items():
        say(f"{name:10} {len(count.accepted):>9,} accepted of {count.tried:>9,}")
    say(f"{'all':10} {sum(len(count.accepted) for count in counts.values()):>9,} accepted")


if __name__ == "__main__":
    main()
