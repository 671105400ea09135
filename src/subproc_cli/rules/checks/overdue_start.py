"""The rule overdue-start (SP403)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that was announced and has started."""
    published = context.registry.model.date
    for key, service in context.current_services.items():
        if service.since and published < service.since <= context.as_of:
            message = f"{service.name} was announced for {service.since}, which has passed"
            hint = "publish the list again, with that day or a later one as its date"
            yield RawFinding(("services", key, "since"), message, hint, key)


RULE = Rule(
    ErrorCode("SP403", "overdue-start", Severity.WARNING),
    summary="A service was announced for a day that has passed, and the list has not been published since.",
    why="The list still announces the service; customers who read it believe that it is not in use yet.",
    bad="date: 2024-02-18    # and a service since 2024-04-01, read in May 2024",
    good="date: 2024-04-01    # and a service since 2024-04-01",
    find=find,
    is_time_dependent=True,
)
