"""Neither what a service sees nor what it never sees is stated.

Why: Silence leaves every question about its data open, and the contract with customers sets out the type
of personal data (Art. 28(3) GDPR).

Bad:
    deepl: {name: DeepL}

Good:
    deepl: {name: DeepL, sees: [content.text], never_sees: [everything]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that lacks it."""
    for key, service in subject.personal.items():
        if not service.sees and not service.never_sees:
            message = f"{service.name}: what it sees is not stated"
            yield Finding(("services", key), message, "add sees or never_sees", key)


RULE = Rule(Fault("SP105", "missing-data", Severity.WARNING), __doc__ or "", find)
