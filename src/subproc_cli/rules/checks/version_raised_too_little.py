"""The rule version-raised-too-little (SP302)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import bump, compute_next_version, parse_version
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a version that is lower than the changes require."""
    against = context.baseline
    if not against:
        return
    old_version, new_version = against.base.model.version, context.registry.model.version
    needed = compute_next_version(old_version, bump(against.published_changes))
    if new_version != old_version and parse_version(new_version) < parse_version(needed):
        message = f"the version went from {old_version} to {new_version}, but the changes need {needed}"
        yield RawFinding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(
    ErrorCode("SP302", "version-raised-too-little", Severity.ERROR),
    summary="The version was raised by less than the changes require, or was lowered.",
    details=(
        "A change of the level `notice` requires a major version, a change of the level `inform` a minor "
        "version, and an editorial change a patch version."
    ),
    why="The version shows customers what a change means for them.",
    bad="version: 4.0.1    # after 4.0.0, with one more service",
    good="version: 5.0.0",
    find=find,
    needs_baseline=True,
)
