"""The last day of a suppression has passed; what it suppressed is found again.

Depends on the day.

Why: Someone wanted to be reminded.

Bad:
    ignore: [{rule: missing-location, service: stripe, until: 2024-01-31, reason: asked the vendor}]

Good:
    ignore: [{rule: missing-location, service: stripe, until: 2025-01-31, reason: asked the vendor again}]
"""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(ErrorCode("SP904", "expired-suppression", Severity.ERROR), __doc__ or "")
