"""The rule short-notice (SP304)."""

from collections.abc import Iterator

from subproc_cli.deadlines.periods import Period, calculate_first_day_after
from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import Change
from subproc_cli.enums import Level, Severity
from subproc_cli.registry.change_kinds import START_KINDS
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every new service that starts before the notice period ends, or states no start."""
    against = context.baseline
    registry = context.registry.model
    days = max(registry.notice.days or 0, against.base.model.notice.days or 0) if against else 0
    if not against or against.is_first or not days:
        return
    notice = f"{days} days of notice after {registry.date}"
    for key in dict.fromkeys(change.service for change in against.changes if _is_start(change)):
        service = registry.services[key]
        if service.since is None:
            message = f"{service.name} has no since, so it counts as in use at once"
            yield RawFinding(("services", key), message, f"add a since that leaves the {notice}", key)
        elif service.since < calculate_first_day_after(registry.date, Period(days)):
            message = f"{service.name} starts on {service.since}, within the {notice}"
            yield RawFinding(("services", key, "since"), message, "start it later, or publish earlier", key)


def _is_start(change: Change) -> bool:
    return change.level is Level.NOTICE and change.kind in START_KINDS


RULE = Rule(
    ErrorCode("SP304", "short-notice", Severity.ERROR),
    summary="A change of the level `notice` takes effect before the period of notice has passed.",
    details=(
        "The period starts with the date of the list and, as in `subproc notice`, ends at the end of a "
        "business day; public holidays do not count here. The longer period of the two revisions applies. "
        "The rule looks at the `since` of a service that is new or that starts earlier than before; a "
        "service without `since` counts as in use at once. In a first revision, no service counts as new."
    ),
    why=(
        "Customers must be informed in time to object (Art. 28(2) GDPR). The GDPR sets no period; the "
        "contract does, and the list states the promised period."
    ),
    bad="date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-03-01",
    good="date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-04-01",
    find=find,
    needs_baseline=True,
)
