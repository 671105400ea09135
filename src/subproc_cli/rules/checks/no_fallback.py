"""The rule no-fallback (SP406)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.transfer_outcomes import Outcome, TransferStatus
from subproc_cli.reference.law_facts import BasisKind
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import group_by_law, iter_legs, suggest_safeguards


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that depends on a decision."""
    for key, service in context.personal_data_services.items():
        for law, group in group_by_law(iter_legs(context, service)):
            legs = [leg for leg in group if _relies_on_decision_alone(leg.outcome)]
            if legs:
                countries = " and ".join(dict.fromkeys(leg.country for leg in legs))
                message = (
                    f"{service.name}: the transfer to {countries} relies on an adequacy decision alone "
                    f"under the {law.short}"
                )
                path = ("services", key, "transfer") if service.transfer else ("services", key, "processing")
                yield RawFinding(path, message, suggest_safeguards(context, service, law), key)


def _relies_on_decision_alone(outcome: Outcome) -> bool:
    return outcome.status is TransferStatus.ADEQUATE and not any(
        each.rule is not None and each.rule.kind is BasisKind.SAFEGUARD for each in outcome.accepted_bases
    )


RULE = Rule(
    ErrorCode("SP406", "no-fallback", Severity.INFO),
    summary=("A transfer relies on an adequacy decision alone, without a safeguard as a fallback."),
    details="The rule applies each law of the list: a safeguard counts only under a law that accepts it.",
    why=(
        "Two decisions on the United States were declared invalid (Safe Harbour in C-362/14, the Privacy "
        "Shield in C-311/18); with clauses in place, a transfer would not have to stop overnight."
    ),
    bad="chat: {name: Chat, processing: [US], transfer: [dpf]}",
    good="chat: {name: Chat, processing: [US], transfer: [dpf, scc]}",
    find=find,
)
