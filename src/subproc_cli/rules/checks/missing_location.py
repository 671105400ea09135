"""The rule missing-location (SP101)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without a place of processing."""
    for key, service in context.personal_data_services.items():
        if not service.processing:
            message = f"{service.name}: no place of processing is stated"
            yield RawFinding(
                ("services", key),
                message,
                "add processing, or suppress this with a reason if the vendor publishes none",
                key,
            )


RULE = Rule(
    ErrorCode("SP101", "missing-location", Severity.WARNING),
    summary="The list does not state where a service processes data.",
    why=(
        "A processor may transfer data to a third country only on documented instructions (Art. 28(3)(a) "
        "GDPR), and its own record must name the country (Art. 30(2)(c)). Without a place, nobody knows "
        "whether data is transferred."
    ),
    bad="stripe: {name: Stripe}",
    good="stripe: {name: Stripe, processing: [IE]}",
    find=find,
)
