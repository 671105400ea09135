"""An id that stood for one company's service stands for another company's, or nothing tells that it does not.

Needs --against. The ids in formerly count as well. Under another name, only the same legal entity in both
revisions tells that it is the same service; where the id stays and no two entities differ, it is a warning.

Why: An id is the identity of a service for ever; under a reused one, a new subprocessor looks like an
edit.

Bad:
    chat: {name: Other Chat, entity: {name: Other Ltd}}    # chat was Chat of Example Inc

Good:
    other-chat: {name: Other Chat, entity: {name: Other Ltd}, replaces: chat}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.diff.compare import paired
from subproc_cli.enums import Severity
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.text import fold

_ITS_OWN = "give the new service an id of its own"


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every id whose name and entity are others now, or that comes back as another's."""
    if not subject.against:
        return
    old, day = subject.against.base.registry.services, subject.index.registry.date
    for key, former in paired(old, subject.index.registry.services).items():
        before, service = old[former], subject.services.get(key)
        if service is None:
            continue
        was, is_now = (fold(each.entity.name or "") if each.entity else "" for each in (before, service))
        renamed = fold(before.name) != fold(service.name)
        back = bool(before.until and before.until <= day)
        if was and is_now and was != is_now and (renamed or back):
            message = f"the id {former} was that of {before.name}, and now is that of {service.name}"
            yield Finding(("services", key), message, _ITS_OWN, key)
        elif renamed and not (was and is_now):
            yield _untold(key, before, service, None if key != former else Severity.WARNING)


def _untold(key: str, before: Service, service: Service, severity: Severity | None) -> Finding:
    message = f"nothing tells that {service.name} is the service that {before.name} was: no entity is in both"
    hint = f"{_ITS_OWN}, or state the entity before the name changes"
    return Finding(("services", key), message, hint, key, severity)


RULE = Rule(Fault("SP306", "reused-id", Severity.ERROR), __doc__ or "", find, against=True)
