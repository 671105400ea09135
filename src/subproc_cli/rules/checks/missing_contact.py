"""The rule missing-contact (SP104)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without a contact."""
    for key, service in context.personal_data_services.items():
        if not service.contact:
            message = f"{service.name}: no contact for data protection is stated"
            yield RawFinding(("services", key), message, "add contact", key)


RULE = Rule(
    ErrorCode("SP104", "missing-contact", Severity.INFO),
    summary="The list does not state a data protection contact of a service.",
    why=(
        "Controllers should have a contact person of every subprocessor readily available (EDPB Opinion "
        "22/2024). Where they authorise each subprocessor, Annex III of the standard contractual clauses "
        "(Implementing Decision (EU) 2021/914) asks for the name, position and contact details."
    ),
    bad="deepl: {name: DeepL}",
    good="deepl: {name: DeepL, contact: privacy@example.com}",
    find=find,
)
