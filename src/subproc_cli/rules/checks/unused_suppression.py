"""A suppression suppresses nothing.

Why: The finding that it was for is gone; what stays would hide the next one.

Bad:
    stripe: {name: Stripe, processing: [IE]}    # subproc: ignore[missing-location] the vendor publishes none

Good:
    stripe: {name: Stripe, processing: [IE]}
"""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(ErrorCode("SP901", "unused-suppression", Severity.WARNING), __doc__ or "")
