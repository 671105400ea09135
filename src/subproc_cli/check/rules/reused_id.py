"""An id that stood for one company's service stands for another company's.

Needs --against.

Why: An id is the identity of a service for ever; under a reused one, a new subprocessor looks like an
edit.

Bad:
    chat: {name: Other Chat, entity: {name: Other Ltd}}    # chat was Chat of Example Inc

Good:
    other-chat: {name: Other Chat, entity: {name: Other Ltd}, replaces: chat}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault
from subproc_cli.registry.service import Service
from subproc_cli.words import fold


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every id whose name and entity are others now, or that comes back as another's."""
    if not subject.against:
        return
    old, day = subject.against.base.registry.services, subject.index.registry.date
    for key, service in subject.services.items():
        before = old.get(key)
        if before and _another(before, service, back=bool(before.until and before.until <= day)):
            message = f"the id {key} was that of {before.name}, and now is that of {service.name}"
            yield Finding(("services", key), message, "give the new service an id of its own", key)


def _another(before: Service, now: Service, *, back: bool) -> bool:
    entities = [fold(each.entity.name or "") if each.entity else "" for each in (before, now)]
    parties_differ = all(entities) and entities[0] != entities[1]
    renamed = fold(before.name) != fold(now.name)
    return parties_differ and (renamed or back)


RULE = Rule(Fault("SP306", "reused-id", Severity.ERROR), __doc__ or "", find, against=True)
