"""A change that demands a notice takes effect sooner than the period of notice after the date of the list.

Needs --against. Judged by the since of a service that is new, or that starts earlier; one that states
none counts as in use at once. The longer period of the two revisions counts, and runs as in subproc notice:
to the end of a business day, without public holidays. In a first revision nothing is new to anybody.

Why: Customers must be told in time to object (Art. 28(2) GDPR). The GDPR sets no period; the contract
does, and the list says which one was promised.

Bad:
    date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-03-01

Good:
    date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-04-01
"""

from collections.abc import Iterator

from subproc_cli.deadlines.periods import Period, calculate_first_day_after
from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import Change
from subproc_cli.diff.kinds import START_KINDS
from subproc_cli.enums import Level, Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that starts before a notice would have run, or that says nothing of when."""
    against = context.baseline
    registry = context.registry.model
    days = max(registry.notice.days or 0, against.base.model.notice.days or 0) if against else 0
    if not against or against.is_first or not days:
        return
    notice = f"{days} days of notice after {registry.date}"
    for key in dict.fromkeys(change.service for change in against.changes if _is_start(change)):
        service = registry.services[key]
        if service.since is None:
            message = f"{service.name} does not state when it starts, and counts as in use at once"
            yield RawFinding(("services", key), message, f"add a since that leaves the {notice}", key)
        elif service.since < calculate_first_day_after(registry.date, Period(days)):
            message = f"{service.name} starts on {service.since}, within the {notice}"
            yield RawFinding(("services", key, "since"), message, "start it later, or publish earlier", key)


def _is_start(change: Change) -> bool:
    return change.level is Level.NOTICE and change.kind in START_KINDS


RULE = Rule(ErrorCode("SP304", "short-notice", Severity.ERROR), __doc__ or "", find, needs_baseline=True)
