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

from subproc_cli.check.reliance import uncarried
from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault
from subproc_cli.words import listed


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that sends data where it may not go on what is stated."""
    for key, service in subject.personal.items():
        positions = {} if service.transfer else {leg.position: "" for leg in uncarried(subject, service)}
        if positions:
            places = dict.fromkeys(" or ".join(service.processing[each].place) for each in positions)
            message = f"{service.name} processes in {listed(places)}, and no transfer basis is stated"
            route = ("services", key, "processing", next(iter(positions)))
            yield Finding(route, message, "add transfer: scc, dpf, adequacy, bcr or derogation", key)


RULE = Rule(Fault("SP203", "transfer-without-basis", Severity.ERROR), __doc__ or "", find)
