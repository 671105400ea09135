"""The rule unknown-suppression (SP903)."""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(
    ErrorCode("SP903", "unknown-suppression", Severity.ERROR),
    summary="A suppression names no rule, or a rule that does not exist.",
    why="It suppresses nothing, although its author believes that it does.",
    bad="stripe: {name: Stripe}    # subproc: ignore[missing-place] the vendor publishes none",
    good="stripe: {name: Stripe}    # subproc: ignore[missing-location] the vendor publishes none",
)
