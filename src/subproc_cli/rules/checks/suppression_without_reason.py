"""A suppression gives no reason.

Why: An auditor will ask; so will whoever meets it in a year.

Bad:
    stripe: {name: Stripe}    # subproc: ignore[missing-location]

Good:
    stripe: {name: Stripe}    # subproc: ignore[missing-location] the vendor publishes none
"""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(ErrorCode("SP902", "suppression-without-reason", Severity.WARNING), __doc__ or "")
