"""The rule stale-list (SP404)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

YEAR = 365


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a date more than a year ago."""
    published = context.registry.model.date
    if (context.as_of - published).days > YEAR:
        message = f"the list is dated {published}, more than a year ago"
        yield RawFinding(("date",), message, "review it, and publish it with a new date")


RULE = Rule(
    ErrorCode("SP404", "stale-list", Severity.INFO),
    summary="The list is older than a year.",
    why=(
        "Controllers should have the identity of all processors readily available at all times (EDPB "
        "Opinion 22/2024); a list that nobody has reviewed for a year is probably out of date."
    ),
    bad="date: 2023-05-24    # read in June 2024",
    good="date: 2024-05-20",
    find=find,
    is_time_dependent=True,
)
