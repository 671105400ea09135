"""The contents of the list changed, and its version did not.

Needs --against.

Why: Who refers to a version must find the same contents under it.

Bad:
    version: 4.0.0    # as before, with one more service

Good:
    version: 5.0.0
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import bump, compute_next_version
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a version that stands for two contents."""
    against = context.baseline
    if against and against.published_changes and context.registry.model.version == against.base.model.version:
        needed = compute_next_version(against.base.model.version, bump(against.published_changes))
        message = f"the list changed, but its version is still {against.base.model.version}"
        yield RawFinding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(
    ErrorCode("SP301", "version-not-raised", Severity.ERROR), __doc__ or "", find, needs_baseline=True
)
