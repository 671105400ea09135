"""A service is gone from the list without ever having had an until.

Needs --against. A service that another one replaces is to be kept as well.

Why: Who asks who saw data on a day in the past finds nothing. Set until first, and keep the entry.

Bad:
    services: {}    # deepl was here before

Good:
    services: {deepl: {name: DeepL, until: 2024-02-18}}
"""

from collections.abc import Iterator, Mapping

from subproc_cli.diagnostics import Fault
from subproc_cli.diff.change import Change
from subproc_cli.enums import Severity
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that went without a last day."""
    if not subject.against:
        return
    old = subject.against.base.registry.services
    for change in subject.against.changes:
        key = _gone(change, subject.index.registry.services)
        service = old.get(key)
        if service and service.until is None:
            message = f"{service.name} is gone without ever having had an until"
            hint = f"subproc retire {key} --until DATE keeps it for the record"
            yield Finding(("services",), message, hint, key)


def _gone(change: Change, now: Mapping[str, Service]) -> str:
    """Return the id that a change took off the list; empty if it took none."""
    if change.kind == "service-removed":
        return change.service
    replaced = now[change.service].replaces if change.kind == "service-replaced" else None
    return replaced if replaced and replaced not in now else ""


RULE = Rule(Fault("SP305", "removed-without-retiring", Severity.WARNING), __doc__ or "", find, against=True)
