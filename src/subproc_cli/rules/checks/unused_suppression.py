"""The rule unused-suppression (SP901)."""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(
    ErrorCode("SP901", "unused-suppression", Severity.WARNING),
    summary="A suppression has no effect.",
    why="The finding that it suppressed no longer exists, and the suppression would hide the next one.",
    bad=(
        "stripe: {name: Stripe, processing: [IE]}    # subproc: ignore[missing-location] the vendor "
        "publishes none"
    ),
    good="stripe: {name: Stripe, processing: [IE]}",
)
