"""A place is written out where its code is meant.

Why: One way to write a place makes two revisions easy to compare by eye. subproc fmt mends it.

Bad:
    deepl: {name: DeepL, processing: [Finland]}

Good:
    deepl: {name: DeepL, processing: [FI]}
"""

from collections.abc import Iterator
from typing import Any

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import Fault, Route
from subproc_cli.enums import Severity
from subproc_cli.registry import formatter
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that is not written as its code."""
    index = subject.index
    for route, written in _texts((), index.written(())):
        code = formatter.place(written, index.gazetteer) if formatter.is_place(route) else written
        if written != code:
            service = str(route[1]) if route[0] == "services" else ""
            yield Finding(
                route, f"{in_quotes(written)} is written for {code}", f"write {code}", service, fix=code
            )


def _texts(route: Route, value: Any) -> Iterator[tuple[Route, str]]:
    """Yield every text of plain data with its route."""
    if isinstance(value, str):
        yield route, value
    elif isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts((*route, step), child)


RULE = Rule(Fault("SP010", "non-canonical-value", Severity.INFO), __doc__ or "", find, fixable=True)
