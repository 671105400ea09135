"""The rule adequacy-ending (SP401)."""

from collections.abc import Iterator
from datetime import date, timedelta

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.reference.law_facts import Decision
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import TransferLeg, iter_relied_decisions, suggest_safeguards

DAYS = 180


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every place whose decision ends soon, unless another of the same law follows."""
    for key, service in context.personal_data_services.items():
        reported = set[tuple[int, Decision]]()
        for leg, decision in iter_relied_decisions(context, service):
            last = decision.date_range.until
            if last and (leg.place_index, decision) not in reported and _ends_soon(leg, last, context.as_of):
                reported.add((leg.place_index, decision))
                message = (
                    f"{service.name}: the decision on {leg.country} under the {leg.law.short} ends on {last} "
                    f"({decision.source})"
                )
                path = ("services", key, "processing", leg.place_index)
                yield RawFinding(path, message, suggest_safeguards(context, service, leg.law), key)


def _ends_soon(leg: TransferLeg, last: date, as_of: date) -> bool:
    has_next_decision = bool(leg.law.find_decisions(leg.country, last + timedelta(days=1)))
    return (last - as_of).days <= DAYS and not has_next_decision


RULE = Rule(
    ErrorCode("SP401", "adequacy-ending", Severity.WARNING),
    summary="An adequacy decision that a service relies on ends within 180 days.",
    details="A service that states another basis as well is reported too.",
    why="From the day after its last day, the transfer needs another basis (Art. 45(3) and 46 GDPR).",
    bad="host: {name: Host, processing: [GB]}    # 100 days before the decision on the United Kingdom ends",
    good="host: {name: Host, processing: [GB], transfer: [adequacy, scc]}    # and the decision renewed",
    find=find,
    is_time_dependent=True,
)
