"""The rule impossible-dates (SP207)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service whose until comes before its since."""
    for key, service in context.registry.model.services.items():
        if service.since and service.until and service.until < service.since:
            message = f"{service.name} ends on {service.until}, before it starts on {service.since}"
            yield RawFinding(("services", key, "until"), message, "", key)


RULE = Rule(
    ErrorCode("SP207", "impossible-dates", Severity.ERROR),
    summary="A service ends before it starts.",
    why="A question about any day would be answered as if the service was never in use.",
    bad="host: {name: Host, since: 2025-01-01, until: 2024-01-01}",
    good="host: {name: Host, since: 2024-01-01, until: 2025-01-01}",
    find=find,
)
