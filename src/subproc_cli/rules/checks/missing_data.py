"""Neither what a service sees nor what it never sees is stated.

Why: Silence leaves every question about its data open, and the contract with customers sets out the type
of personal data (Art. 28(3) GDPR).

Bad:
    deepl: {name: DeepL}

Good:
    deepl: {name: DeepL, sees: [content.text], never_sees: [everything]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that lacks it."""
    for key, service in context.personal_data_services.items():
        if not service.sees and not service.never_sees:
            message = f"{service.name}: what it sees is not stated"
            yield RawFinding(("services", key), message, "add sees or never_sees", key)


RULE = Rule(ErrorCode("SP105", "missing-data", Severity.WARNING), __doc__ or "", find)
