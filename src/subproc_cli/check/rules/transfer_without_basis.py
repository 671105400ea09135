"""A place lies outside the EEA and the adequate countries, and no transfer basis is stated.

A country that is adequate for some recipients only (the US under the Data Privacy Framework) needs the
statement that the service is one of them.

Why: Data may go to a third country only on a basis of Chapter V (Art. 44 to 49 GDPR).

Bad:
    chat: {name: Chat, processing: [US]}

Good:
    chat: {name: Chat, processing: [US], transfer: [dpf, scc]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.facts.places import processes
from subproc_cli.facts.stated import bases
from subproc_cli.problem import Fault
from subproc_cli.verdict import Verdict


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that data may not go to on what is stated."""
    for key, service in subject.personal.items():
        if bases(service, subject.day):
            continue
        for position, place in subject.abroad(service):
            alone = service.model_copy(update={"processing": (place,)})
            found = processes(key, alone, subject.atlas, subject.not_adequate)
            if found.verdict is not Verdict.NO:
                where = " or ".join(place.place)
                message = f"{service.name} processes in {where}, and no transfer basis is stated"
                route = ("services", key, "processing", position)
                yield Finding(route, message, "add transfer: scc, dpf, adequacy, bcr or derogation", key)


RULE = Rule(Fault("SP203", "transfer-without-basis", Severity.ERROR), __doc__ or "", find)
