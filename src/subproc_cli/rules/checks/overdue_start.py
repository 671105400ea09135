"""A service was announced for a day that has passed, and the list has not been published since.

Depends on the day.

Why: The list still says that it is coming; customers who read it believe that it is not in use.

Bad:
    date: 2024-02-18    # and a service since 2024-04-01, read in May 2024

Good:
    date: 2024-04-01    # and a service since 2024-04-01
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that was announced and has started."""
    published = subject.index.registry.date
    for key, service in subject.services.items():
        if service.since and published < service.since <= subject.day:
            message = f"{service.name} was announced for {service.since}, which has passed"
            hint = "publish the list anew, with a date from that day on"
            yield Finding(("services", key, "since"), message, hint, key)


RULE = Rule(Fault("SP403", "overdue-start", Severity.WARNING), __doc__ or "", find, clock=True)
