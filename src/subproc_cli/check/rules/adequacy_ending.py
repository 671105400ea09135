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

from subproc_cli.check.reliance import relied_on
from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.law.jurisdictions import jurisdiction
from subproc_cli.problem import Fault

DAYS = 180


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place whose decision ends soon, unless another one follows."""
    for key, service in subject.personal.items():
        for route, country, decision in relied_on(subject, key, service):
            last = decision.span.until
            if last and 0 <= (last - subject.day).days <= DAYS and not _followed(subject, country, last):
                message = f"{service.name}: the decision on {country} ends on {last} ({decision.source})"
                yield Finding(route, message, "agree on standard contractual clauses in time", key)


def _followed(subject: Subject, country: str, last: date) -> bool:
    after = last + timedelta(days=1)
    return any(jurisdiction(regime).decision(country, after) for regime in subject.index.registry.law)


RULE = Rule(Fault("SP401", "adequacy-ending", Severity.WARNING), __doc__ or "", find, clock=True)
