"""The rule possible-rename (SP308)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.renames import find_possible_renames
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every new service that resembles one that was removed or ends, and does not name it."""
    if not context.baseline:
        return
    old, new = context.baseline.base, context.registry
    for key, former in find_possible_renames(old, new, context.current_services):
        message = f"{new.model.services[key].name} may be {old.model.services[former].name} under another id"
        hint = f"if it is the same service, write formerly: [{former}]; if it takes over, replaces: {former}"
        yield RawFinding(("services", key), message, hint, key)


RULE = Rule(
    ErrorCode("SP308", "possible-rename", Severity.WARNING),
    summary="A new service resembles one that was removed, and nothing says whether it is the same service.",
    details=(
        "Two services resemble each other if they share the first word of their names, and their legal "
        "entity or their places. The rule does not decide which case it is."
    ),
    why=(
        "Without `formerly`, customers are notified of a new subprocessor that they know already; without "
        "`replaces`, nothing informs them of what it takes over (Art. 28(2) GDPR)."
    ),
    bad="example-mail-inc: {name: Example Mail Inc, processing: [US]}    # was example-mail before",
    good="example-mail-inc: {name: Example Mail Inc, processing: [US], formerly: [example-mail]}",
    find=find,
    needs_baseline=True,
)
