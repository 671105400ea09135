"""A service is gone from the list without ever having had an until.

Needs --against.

Why: Who asks who saw data on a day in the past finds nothing. Set until first, and keep the entry.

Bad:
    services: {}    # deepl was here before

Good:
    services: {deepl: {name: DeepL, until: 2024-02-18}}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that went without a last day."""
    if not subject.against:
        return
    old = subject.against.base.registry.services
    for change in subject.against.changes:
        service = old.get(change.service)
        if change.kind == "service-removed" and service and service.until is None:
            message = f"{service.name} is gone without ever having had an until"
            hint = f"subproc retire {change.service} --until DATE keeps it for the record"
            yield Finding(("services",), message, hint, change.service)


RULE = Rule(Fault("SP305", "removed-without-retiring", Severity.WARNING), __doc__ or "", find, against=True)
