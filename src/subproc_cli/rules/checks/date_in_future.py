"""The rule date-in-future (SP407)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a date that is in the future."""
    published = context.registry.model.date
    if published > context.as_of:
        message = f"the list is dated {published}, which is in the future"
        yield RawFinding(("date",), message, "use the day of publication: subproc bump --write")


RULE = Rule(
    ErrorCode("SP407", "date-in-future", Severity.ERROR),
    summary="The date of the list is later than the day of the check.",
    why=(
        "A list carries the date of the day on which it is published. With a later date, services seem to "
        "have started or ended too early, and a period of notice seems to run although it has not started."
    ),
    bad="date: 2099-01-01    # read in February 2024",
    good="date: 2024-02-18",
    find=find,
    is_time_dependent=True,
)
