"""The rule suppression-without-reason (SP902)."""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(
    ErrorCode("SP902", "suppression-without-reason", Severity.WARNING),
    summary="A suppression gives no reason.",
    why="Auditors and colleagues will ask why the finding was accepted.",
    bad="stripe: {name: Stripe}    # subproc: ignore[missing-location]",
    good="stripe: {name: Stripe}    # subproc: ignore[missing-location] the vendor publishes none",
)
