"""The rule version-not-raised (SP301)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import bump, compute_next_version
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a version that is unchanged although the content changed."""
    against = context.baseline
    if against and against.published_changes and context.registry.model.version == against.base.model.version:
        needed = compute_next_version(against.base.model.version, bump(against.published_changes))
        message = f"the list changed, but its version is still {against.base.model.version}"
        yield RawFinding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(
    ErrorCode("SP301", "version-not-raised", Severity.ERROR),
    summary="The contents of the list changed, but its version did not.",
    why="Anyone who refers to a version must find the same contents under it.",
    bad="version: 4.0.0    # as before, with one more service",
    good="version: 5.0.0",
    find=find,
    needs_baseline=True,
)
