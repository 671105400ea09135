"""No place of processing is stated.

Why: A processor transfers data to a third country on documented instructions only (Art. 28(3)(a) GDPR),
and its own record names the country (Art. 30(2)(c)). Without a place nobody can tell whether a transfer
happens.

Bad:
    stripe: {name: Stripe}

Good:
    stripe: {name: Stripe, processing: [IE]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that lacks it."""
    for key, service in context.personal_data_services.items():
        if not service.processing:
            message = f"{service.name}: no place of processing is stated"
            yield RawFinding(
                ("services", key),
                message,
                "add processing, or suppress this with a reason if the vendor publishes none",
                key,
            )


RULE = Rule(ErrorCode("SP101", "missing-location", Severity.WARNING), __doc__ or "", find)
