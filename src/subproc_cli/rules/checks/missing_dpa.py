"""No link to the data processing agreement with a service is stated.

Why: The same obligations must be passed on by contract (Art. 28(4) GDPR); a link shows that there is
one.

Bad:
    deepl: {name: DeepL}

Good:
    deepl: {name: DeepL, links: {dpa: "https://example.com/dpa"}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that lacks it."""
    for key, service in context.personal_data_services.items():
        if not (service.links and service.links.dpa):
            message = f"{service.name}: no link to its data processing agreement is stated"
            yield RawFinding(("services", key), message, "add links.dpa", key)


RULE = Rule(ErrorCode("SP107", "missing-dpa", Severity.INFO), __doc__ or "", find)
