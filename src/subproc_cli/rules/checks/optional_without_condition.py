"""A service is opt-in or opt-out, and it is not stated when it is used.

Why: Customers can only use or refuse what they can find.

Bad:
    deepl: {name: DeepL, activation: opt-in}

Good:
    deepl: {name: DeepL, activation: opt-in, condition: translations are switched on}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Activation, Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every optional service without a condition."""
    for key, service in context.current_services.items():
        if service.activation is not Activation.ALWAYS and not service.condition:
            message = f"{service.name} is {service.activation}, but it is not stated when it is used"
            yield RawFinding(("services", key, "activation"), message, "add condition", key)


RULE = Rule(ErrorCode("SP209", "optional-without-condition", Severity.WARNING), __doc__ or "", find)
