"""An adequacy decision that a service relied on has ended, and it states nothing else.

Depends on the day. A decision that covered some recipients only was relied on by those that state it.

Why: Without a decision the transfer has no basis (Art. 44 GDPR).

Bad:
    host: {name: Host, processing: [US], transfer: [adequacy]}    # read in 2022

Good:
    host: {name: Host, processing: [US], transfer: [adequacy, scc]}
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.evaluation.attributes import bases
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import Leg, fallback, uncarried


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that was held adequate once, and is not any more."""
    for key, service in subject.personal.items():
        told = set[int]()
        for leg in uncarried(subject, service):
            last = _ended(subject, service, leg)
            if last and leg.position not in told:
                told.add(leg.position)
                message = f"{service.name}: the decision on {leg.country} ended on {last}"
                route = ("services", key, "processing", leg.position)
                yield Finding(route, message, fallback(subject, service, [leg.regime]), key)


def _ended(subject: Subject, service: Service, leg: Leg) -> date | None:
    """Return the last day of the latest decision that covered the service; None if there was none."""
    stated = bases(service, subject.day)
    past = [
        decision.span.until
        for decision in leg.law.decisions
        if leg.country in decision.countries and decision.span.until and decision.covers(stated)
    ]
    return max((last for last in past if last < subject.day), default=None)


RULE = Rule(Fault("SP402", "adequacy-lapsed", Severity.ERROR), __doc__ or "", find, clock=True)
