"""The rule missing-entity (SP102)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without the name of its legal entity."""
    for key, service in context.personal_data_services.items():
        if not (service.entity and service.entity.name):
            message = f"{service.name}: the name of its legal entity is not stated"
            yield RawFinding(("services", key), message, "add entity.name", key)


RULE = Rule(
    ErrorCode("SP102", "missing-entity", Severity.WARNING),
    summary="The list does not name the legal entity of a service.",
    why=(
        "Controllers should have the name of every subprocessor readily available (EDPB Opinion 22/2024). "
        "Where they authorise each subprocessor, Annex III of the standard contractual clauses "
        "(Implementing Decision (EU) 2021/914) asks for the name. The name of a product is not the name of "
        "a party to a contract."
    ),
    bad="datadog: {name: Datadog}",
    good="datadog: {name: Datadog, entity: {name: Example Inc}}",
    find=find,
)
