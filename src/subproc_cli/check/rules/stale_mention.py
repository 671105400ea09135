"""An active service still names a retired one, as what it replaces or whom it passes data to.

Why: A replacement that is long done needs no mention, and data is not passed to who is gone.

Bad:
    services: {old: {name: Old, until: 2024-01-01}, new: {name: New, onward: [Old]}}

Good:
    services: {old: {name: Old, until: 2024-01-01}, new: {name: New}}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault
from subproc_cli.words import fold


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every mention of a retired service."""
    everything = subject.index.registry.services
    retired = {key: service for key, service in everything.items() if key not in subject.services}
    names = {fold(word) for key, service in retired.items() for word in (key, service.name)}
    for key, service in subject.services.items():
        if service.replaces in retired:
            message = f"{service.name} still replaces {service.replaces}, which is retired"
            yield Finding(("services", key, "replaces"), message, "", key)
        for position, name in enumerate(service.onward):
            if fold(name) in names:
                message = f"{service.name} passes data on to {name}, which is retired"
                yield Finding(("services", key, "onward", position), message, "", key)


RULE = Rule(Fault("SP211", "stale-mention", Severity.INFO), __doc__ or "", find)
