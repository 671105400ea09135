"""A suppression names no rule, or one that there is not.

Why: It suppresses nothing, and whoever wrote it believes otherwise.

Bad:
    stripe: {name: Stripe}    # subproc: ignore[missing-place] the vendor publishes none

Good:
    stripe: {name: Stripe}    # subproc: ignore[missing-location] the vendor publishes none
"""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(ErrorCode("SP903", "unknown-suppression", Severity.ERROR), __doc__ or "")
