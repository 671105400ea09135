"""Fingerprints of findings, each of them once: code scanning keeps two findings apart by them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def numbered(problems: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the problems of `subproc/problems/1`, each with its fingerprint, numbered among equal ones."""
    seen: Counter[str] = Counter()
    for each in problems:
        seen[each["fingerprint"]] += 1
        yield each, f"{each['fingerprint']}:{seen[each['fingerprint']]}"
