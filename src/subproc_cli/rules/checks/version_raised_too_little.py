"""The version went up by less than the changes need, or went down.

Needs --against. A change that demands a notice needs a major bump, one that informs a minor one, an
edit a patch.

Why: The version tells customers what a change means for them.

Bad:
    version: 4.0.1    # after 4.0.0, with one more service

Good:
    version: 5.0.0
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import bump, compute_next_version, parse_version
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a version below the one that the changes need."""
    against = context.baseline
    if not against:
        return
    old_version, new_version = against.base.model.version, context.registry.model.version
    needed = compute_next_version(old_version, bump(against.published_changes))
    if new_version != old_version and parse_version(new_version) < parse_version(needed):
        message = f"the version went from {old_version} to {new_version}, but the changes need {needed}"
        yield RawFinding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(
    ErrorCode("SP302", "version-raised-too-little", Severity.ERROR), __doc__ or "", find, needs_baseline=True
)
