"""The rule missing-dpa (SP107)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service without a link to its agreement."""
    for key, service in context.personal_data_services.items():
        if not (service.links and service.links.dpa):
            message = f"{service.name}: no link to its data processing agreement is stated"
            yield RawFinding(("services", key), message, "add links.dpa", key)


RULE = Rule(
    ErrorCode("SP107", "missing-dpa", Severity.INFO),
    summary="The list has no link to the data processing agreement with a service.",
    why=(
        "A processor must pass its own obligations on by contract (Art. 28(4) GDPR); a link leads readers to "
        "that contract."
    ),
    bad="deepl: {name: DeepL}",
    good='deepl: {name: DeepL, links: {dpa: "https://example.com/dpa"}}',
    find=find,
)
