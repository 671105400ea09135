"""What a service is for is not stated.

Why: The contract with customers sets out the nature and purpose of the processing (Art. 28(3) GDPR), and
Annex III of the standard contractual clauses (Implementing Decision (EU) 2021/914) asks for a description
of what each subprocessor does.

Bad:
    deepl: {name: DeepL}

Good:
    deepl: {name: DeepL, purpose: machine translation of survey answers}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that lacks it."""
    for key, service in subject.services.items():
        if not service.purpose:
            message = f"{service.name}: its purpose is not stated"
            yield Finding(("services", key), message, "add purpose", key)


RULE = Rule(Fault("SP106", "missing-purpose", Severity.WARNING), __doc__ or "", find)
