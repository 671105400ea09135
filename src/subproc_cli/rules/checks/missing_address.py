"""The rule missing-address (SP103)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service whose legal entity has no address."""
    for key, service in context.personal_data_services.items():
        if service.entity and service.entity.name and not service.entity.address:
            message = f"{service.name}: the address of its legal entity is not stated"
            yield RawFinding(("services", key), message, "add entity.address", key)


RULE = Rule(
    ErrorCode("SP103", "missing-address", Severity.WARNING),
    summary="The list does not state the address of a legal entity.",
    details="The rule skips a service whose legal entity itself is missing (SP102).",
    why=(
        "Controllers should have the address of every subprocessor readily available (EDPB Opinion "
        "22/2024). Where they authorise each subprocessor, Annex III of the standard contractual clauses "
        "(Implementing Decision (EU) 2021/914) asks for the address."
    ),
    bad="deepl: {name: DeepL, entity: {name: DeepL SE}}",
    good="deepl: {name: DeepL, entity: {name: DeepL SE, address: Example Street 1, 10115 Berlin}}",
    find=find,
)
