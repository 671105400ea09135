"""The rule missing-purpose (SP106)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without a purpose."""
    for key, service in context.current_services.items():
        if not service.purpose:
            message = f"{service.name}: its purpose is not stated"
            yield RawFinding(("services", key), message, "add purpose", key)


RULE = Rule(
    ErrorCode("SP106", "missing-purpose", Severity.WARNING),
    summary="The list does not state the purpose of a service.",
    why=(
        "The contract with customers must set out the nature and purpose of the processing (Art. 28(3) "
        "GDPR), and Annex III of the standard contractual clauses (Implementing Decision (EU) 2021/914) "
        "asks for a description of what each subprocessor does."
    ),
    bad="deepl: {name: DeepL}",
    good="deepl: {name: DeepL, purpose: machine translation of survey answers}",
    find=find,
)
