"""The date of the list comes after the day of the check.

Depends on the day.

Why: A list is dated on the day on which it is published. In one that is dated ahead, services count as
begun or ended that are not, and a period of notice seems to run that has not begun.

Bad:
    date: 2099-01-01    # read in February 2024

Good:
    date: 2024-02-18
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a date that is still to come."""
    published = context.registry.model.date
    if published > context.as_of:
        message = f"the list is of {published}, which is still to come"
        yield RawFinding(("date",), message, "date it on the day of publication: subproc bump --write")


RULE = Rule(ErrorCode("SP407", "date-in-future", Severity.ERROR), __doc__ or "", find, is_time_dependent=True)
