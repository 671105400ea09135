"""The rule no-fallback (SP406)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import DECISION_BASES, find_relied_decisions, suggest_safeguards


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that depends on a decision."""
    for key, service in context.personal_data_services.items():
        if find_valid_bases(service, context.as_of) - DECISION_BASES:
            continue
        legs = [leg for leg, _ in find_relied_decisions(context, service)]
        if legs:
            countries = " and ".join(dict.fromkeys(leg.country for leg in legs))
            message = f"{service.name}: the transfer to {countries} relies on an adequacy decision alone"
            path = ("services", key, "transfer") if service.transfer else ("services", key, "processing")
            yield RawFinding(
                path, message, suggest_safeguards(context, service, [leg.regime for leg in legs]), key
            )


RULE = Rule(
    ErrorCode("SP406", "no-fallback", Severity.INFO),
    summary=(
        "A transfer outside the EEA relies on an adequacy decision alone, without a safeguard as a fallback."
    ),
    why=(
        "Two decisions on the United States were declared invalid (Safe Harbour in C-362/14, the Privacy "
        "Shield in C-311/18); with clauses in place, a transfer would not have to stop overnight."
    ),
    bad="chat: {name: Chat, processing: [US], transfer: [dpf]}",
    good="chat: {name: Chat, processing: [US], transfer: [dpf, scc]}",
    find=find,
)
