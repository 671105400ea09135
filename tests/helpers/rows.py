"""Tests a long table in one test, or in a few: each row that fails is named, and none takes the time of a test of its own.

A test of its own costs several milliseconds in `pytest`, more than most rows.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

from subproc_cli.errors import SubprocError

Test = Callable[..., None]
FAILURES = (
    AssertionError,
    pytest.fail.Exception,
    SubprocError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""What a row can fail with before the next one is tried; anything else ends the test with its traceback."""


def for_rows(names: str, rows: Iterable[Any], *, parts: int = 1) -> Callable[[Test], Test]:
    """Return a decorator that calls a test with each row of a table, and fails with every row that fails.

    It replaces `pytest.mark.parametrize` where a row changes nothing for the next one: all of them share their fixtures.

    Args:
        names: the parameters that a row gives, separated by commas.
        rows: a value each, or a tuple if there are several parameters.
        parts: into how many tests the table is divided; only the first of several is quick.
    """
    keys = [name.strip() for name in names.split(",")]
    table = [(row,) if len(keys) == 1 else tuple(row) for row in rows]
    assert len(table) >= parts, "a table without rows tests nothing"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def run(*, part: int, **fixtures: Any) -> None:
            failures = []
            for row in table[part::parts]:
                try:
                    test(**dict(zip(keys, row, strict=True)), **fixtures)
                except FAILURES as error:
                    failures.append(
                        f"{names} = {', '.join(map(repr, row)):.300}\n{type(error).__name__}: {error}"
                    )
            assert not failures, "\n\n".join(
                [f"{len(failures)} of {len(table[part::parts])} rows fail", *failures]
            )

        signature = inspect.signature(test)
        kept = [value for name, value in signature.parameters.items() if name not in keys]
        own = inspect.Parameter("part", inspect.Parameter.KEYWORD_ONLY)
        vars(run)["__signature__"] = signature.replace(parameters=[*kept, own])
        marked = [pytest.param(part, marks=pytest.mark.slow if part else ()) for part in range(parts)]
        each_part: Callable[[Test], Test] = pytest.mark.parametrize("part", marked)
        return each_part(run)

    return decorate
