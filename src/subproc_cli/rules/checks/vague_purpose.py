"""The rule vague-purpose (SP109)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import fold

_VAGUE = frozenset(("various", "misc", "miscellaneous", "tbd", "tbc", "todo", "etc"))


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every purpose that is too vague."""
    for key, service in context.current_services.items():
        words = fold(service.purpose or "").split()
        if len(words) == 1 or _VAGUE & {word.strip(".,;:()") for word in words}:
            message = f"{service.name}: the purpose is vague: {service.purpose}"
            yield RawFinding(("services", key, "purpose"), message, "describe what the service does", key)


RULE = Rule(
    ErrorCode("SP109", "vague-purpose", Severity.INFO),
    summary="A purpose is a single word, or contains a filler such as `various` or `misc`.",
    why=(
        "A purpose must be specified (Art. 5(1)(b) GDPR), and customers must be able to see what a service "
        "does with data."
    ),
    bad="deepl: {name: DeepL, purpose: various}",
    good="deepl: {name: DeepL, purpose: machine translation of survey answers}",
    find=find,
)
