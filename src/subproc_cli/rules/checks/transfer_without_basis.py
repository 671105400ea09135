"""A place lies outside the EEA and the adequate countries, and no transfer basis is stated.

Each regime of the list is asked; its own countries are no third countries to it. A country that is
adequate for some recipients only (the US under the Data Privacy Framework) needs the statement that the
service is one of them. All such places of a service are one finding, at the first of them.

Why: Data may go to a third country only on a basis of Chapter V (Art. 44 to 49 GDPR).

Bad:
    chat: {name: Chat, processing: [US]}

Good:
    chat: {name: Chat, processing: [US], transfer: [dpf, scc]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import How, Severity
from subproc_cli.registry.models import Processing
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import advice, uncarried
from subproc_cli.text import listed


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that sends data where it may not go on what is stated."""
    for key, service in subject.personal.items():
        legs = () if service.transfer else tuple(uncarried(subject, service))
        if legs:
            places = [service.processing[each] for each in dict.fromkeys(leg.position for leg in legs)]
            message = f"{service.name} {listed(_verbs(places))}, and no transfer basis is stated"
            route = ("services", key, "processing", legs[0].position)
            yield Finding(route, message, advice(subject, service, legs), key)


def _verbs(places: list[Processing]) -> Iterator[str]:
    """Yield what is done in some places: people who look in from one process nothing there."""
    for verb, how in (("processes in", None), ("can be looked into from", How.REMOTE_ACCESS)):
        named = dict.fromkeys(" or ".join(place.place) for place in places if place.how is how)
        if named:
            yield f"{verb} {listed(named)}"


RULE = Rule(Fault("SP203", "transfer-without-basis", Severity.ERROR), __doc__ or "", find)
