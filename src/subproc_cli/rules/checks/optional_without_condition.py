"""The rule optional-without-condition (SP209)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Activation, Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every optional service without a condition."""
    for key, service in context.current_services.items():
        if service.activation is not Activation.ALWAYS and not service.condition:
            message = f"{service.name} is {service.activation}, but the list does not state when it is used"
            yield RawFinding(("services", key, "activation"), message, "add condition", key)


RULE = Rule(
    ErrorCode("SP209", "optional-without-condition", Severity.WARNING),
    summary="A service is opt-in or opt-out, but the list does not state when it is used.",
    why="Customers can use or refuse a service only if they know what switches it on.",
    bad="deepl: {name: DeepL, activation: opt-in}",
    good="deepl: {name: DeepL, activation: opt-in, condition: translations are switched on}",
    find=find,
)
