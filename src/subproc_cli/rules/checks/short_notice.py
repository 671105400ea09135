"""A change that demands a notice takes effect sooner than the period of notice after the date of the list.

Needs --against. Judged by the since of a service that is new, or that starts earlier; one that states
none counts as in use at once. The longer period of the two revisions counts. In a first revision nothing
is new to anybody.

Why: Customers must be told in time to object (Art. 28(2) GDPR). The GDPR sets no period; the contract
does, and the list says which one was promised.

Bad:
    date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-03-01

Good:
    date: 2024-02-18    # notice: {days: 30}, and a new service since 2024-04-01
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.diff.change import Change
from subproc_cli.diff.kinds import STARTS
from subproc_cli.enums import Level, Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that starts before a notice would have run, or that says nothing of when."""
    against = subject.against
    registry = subject.index.registry
    days = max(registry.notice.days or 0, against.base.registry.notice.days or 0) if against else 0
    if not against or against.first or not days:
        return
    notice = f"{days} days of notice after {registry.date}"
    for key in dict.fromkeys(each.service for each in against.changes if _starts(each)):
        service = registry.services[key]
        if service.since is None:
            message = f"{service.name} does not state when it starts, and counts as in use at once"
            yield Finding(("services", key), message, f"add a since that leaves the {notice}", key)
        elif (service.since - registry.date).days <= days:
            message = f"{service.name} starts on {service.since}, within the {notice}"
            yield Finding(("services", key, "since"), message, "start it later, or publish earlier", key)


def _starts(change: Change) -> bool:
    return change.level is Level.NOTICE and change.kind in STARTS


RULE = Rule(Fault("SP304", "short-notice", Severity.ERROR), __doc__ or "", find, against=True)
