"""The rule missing-data (SP105)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without a statement on data."""
    for key, service in context.personal_data_services.items():
        if not service.sees and not service.never_sees:
            message = f"{service.name}: what it sees is not stated"
            yield RawFinding(("services", key), message, "add sees or never_sees", key)


RULE = Rule(
    ErrorCode("SP105", "missing-data", Severity.WARNING),
    summary="The list states neither what a service sees nor what it never sees.",
    why=(
        "Without either field, every question about the data of the service remains open, and the contract "
        "with customers must set out the type of personal data (Art. 28(3) GDPR)."
    ),
    bad="deepl: {name: DeepL}",
    good="deepl: {name: DeepL, sees: [content.text], never_sees: [everything]}",
    find=find,
)
