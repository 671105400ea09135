"""The rule adequacy-lapsed (SP402)."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import TransferLeg, find_uncovered_legs, suggest_safeguards


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every place that was held adequate once, and is not any more."""
    for key, service in context.personal_data_services.items():
        reported = set[int]()
        for leg in find_uncovered_legs(context, service):
            last = _find_last_day(context, service, leg)
            if last and leg.place_index not in reported:
                reported.add(leg.place_index)
                message = f"{service.name}: the decision on {leg.country} ended on {last}"
                path = ("services", key, "processing", leg.place_index)
                yield RawFinding(path, message, suggest_safeguards(context, service, [leg.regime]), key)


def _find_last_day(context: RuleContext, service: Service, leg: TransferLeg) -> date | None:
    """Return the last day of the latest decision that covered the service; None if there was none."""
    stated = find_valid_bases(service, context.as_of)
    past = [
        decision.date_range.until
        for decision in leg.jurisdiction.decisions
        if leg.country in decision.countries and decision.date_range.until and decision.covers(stated)
    ]
    return max((last for last in past if last < context.as_of), default=None)


RULE = Rule(
    ErrorCode("SP402", "adequacy-lapsed", Severity.ERROR),
    summary="An adequacy decision that a service relied on has ended, and no other basis is stated.",
    details="A decision that covers some recipients only counts for the services that state it.",
    why="Without a decision, the transfer has no basis (Art. 44 GDPR).",
    bad="host: {name: Host, processing: [US], transfer: [adequacy]}    # read in 2022",
    good="host: {name: Host, processing: [US], transfer: [adequacy, scc]}",
    find=find,
    is_time_dependent=True,
)
