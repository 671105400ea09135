"""The rule duplicate-entity (SP208)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import fold


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that resembles an earlier one."""
    first_keys: dict[tuple[str, str], str] = {}
    for key, service in context.current_services.items():
        if not (service.entity and service.entity.name and service.purpose):
            continue
        first = first_keys.setdefault((fold(service.entity.name), fold(service.purpose)), key)
        if first != key:
            other = context.current_services[first].name
            message = f"{service.name} has the same legal entity and the same purpose as {other}"
            yield RawFinding(("services", key), message, "", key)


RULE = Rule(
    ErrorCode("SP208", "duplicate-entity", Severity.INFO),
    summary="Two services have the same legal entity and the same purpose.",
    why=(
        "A service that is listed twice is counted twice, and a notice of a change to one entry covers "
        "only half of the service."
    ),
    bad=(
        "mail: {name: Mail, purpose: e-mail, entity: {name: Example Inc}}\n"
        "mail-2: {name: Mail EU, purpose: e-mail, entity: {name: Example Inc}}"
    ),
    good="mail: {name: Mail, purpose: e-mail, entity: {name: Example Inc}}",
    find=find,
)
