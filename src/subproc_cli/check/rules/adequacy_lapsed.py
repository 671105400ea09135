"""An adequacy decision that a service relied on has ended, and it states nothing else.

Depends on the day.

Why: Without a decision the transfer has no basis (Art. 44 GDPR).

Bad:
    host: {name: Host, processing: [US], transfer: [adequacy]}    # read in 2022

Good:
    host: {name: Host, processing: [US], transfer: [adequacy, scc]}
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.check.reliance import ON_A_DECISION
from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.facts.stated import bases
from subproc_cli.law.jurisdictions import Jurisdiction, jurisdiction
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that was held adequate once, and is not any more."""
    for key, service in subject.personal.items():
        if bases(service, subject.day) - ON_A_DECISION:
            continue
        for position, place in subject.abroad(service):
            for regime in subject.index.registry.law:
                lapsed = _lapsed(subject, place.place, jurisdiction(regime))
                if lapsed:
                    message = f"{service.name}: the decision on {lapsed[0]} ended on {lapsed[1]}"
                    route = ("services", key, "processing", position)
                    yield Finding(route, message, "agree on standard contractual clauses", key)


def _lapsed(subject: Subject, places: tuple[str, ...], law: Jurisdiction) -> tuple[str, date] | None:
    for country in places:
        ended = [each.span.until for each in law.decisions if country in each.countries and each.span.until]
        past = [last for last in ended if last < subject.day]
        if past and not law.at_home(country, subject.day) and not law.decision(country, subject.day):
            return country, max(past)
    return None


RULE = Rule(Fault("SP402", "adequacy-lapsed", Severity.ERROR), __doc__ or "", find, clock=True)
