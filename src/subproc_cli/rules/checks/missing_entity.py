"""The name of the legal entity behind a service is not stated.

Why: Controllers should have the name of every subprocessor readily available (EDPB Opinion 22/2024), and
where they authorise each one, Annex III of the standard contractual clauses (Implementing Decision (EU)
2021/914) asks for it. A product's name is not that of a party to a contract.

Bad:
    datadog: {name: Datadog}

Good:
    datadog: {name: Datadog, entity: {name: Example Inc}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that lacks it."""
    for key, service in context.personal_data_services.items():
        if not (service.entity and service.entity.name):
            message = f"{service.name}: the name of its legal entity is not stated"
            yield RawFinding(("services", key), message, "add entity.name", key)


RULE = Rule(ErrorCode("SP102", "missing-entity", Severity.WARNING), __doc__ or "", find)
