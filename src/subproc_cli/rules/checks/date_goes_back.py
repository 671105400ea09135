"""The rule date-goes-back (SP307)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a date that is earlier than in the base revision, or the same although the content differs."""
    against = context.baseline
    if not against or against.is_first:
        return
    old_date, new_date = against.base.model.date, context.registry.model.date
    today = context.as_of if context.uses_clock else None
    if new_date < old_date:
        message = f"the date {new_date} is before the date of the earlier revision, {old_date}"
        yield RawFinding(("date",), message, "subproc bump --write sets version and date")
    elif new_date == old_date != today and against.published_changes:
        message = f"the list changed, but its date is still {old_date}"
        yield RawFinding(("date",), message, "set it to the day on which the change is published")


RULE = Rule(
    ErrorCode("SP307", "date-goes-back", Severity.ERROR),
    summary=(
        "The date of the list is earlier than the date of the earlier revision, or unchanged although "
        "contents changed."
    ),
    details=(
        "A list may be published twice on the day of the check. With `--no-clock` that day is not known, so "
        "a second revision on the same day needs a suppression."
    ),
    why=(
        "Revisions are found by their date; two revisions in the wrong order answer for the wrong days. A "
        "period of notice is counted from the date, so with an old date a new service seems to have been "
        "announced in time."
    ),
    bad="date: 2023-01-01    # the earlier revision is of 2023-05-24",
    good="date: 2024-02-18",
    find=find,
    needs_baseline=True,
)
