"""An adequacy decision that a service relies on ends within 180 days.

Depends on the day.

Why: From the day after its last day, the transfer needs another basis (Art. 45(3) and 46 GDPR).

Bad:
    host: {name: Host, processing: [GB]}    # 100 days before the decision on the United Kingdom ends

Good:
    host: {name: Host, processing: [GB], transfer: [adequacy, scc]}    # and the decision renewed
"""

from collections.abc import Iterator
from datetime import date, timedelta

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.reference.adequacy import Decision
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import Leg, fallback, relied_on

DAYS = 180


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place whose decision ends soon, unless another of the same regime follows."""
    for key, service in subject.personal.items():
        told = set[tuple[int, Decision]]()
        for leg, decision in relied_on(subject, service):
            last = decision.span.until
            if last and (leg.position, decision) not in told and _ends(leg, last, subject.day):
                told.add((leg.position, decision))
                message = f"{service.name}: the decision on {leg.country} ends on {last} ({decision.source})"
                route = ("services", key, "processing", leg.position)
                yield Finding(route, message, fallback(subject, service, [leg.regime]), key)


def _ends(leg: Leg, last: date, day: date) -> bool:
    followed = leg.law.decision(leg.country, last + timedelta(days=1))
    return (last - day).days <= DAYS and followed is None


RULE = Rule(Fault("SP401", "adequacy-ending", Severity.WARNING), __doc__ or "", find, clock=True)
