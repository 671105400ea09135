"""The rule adequacy-lapsed (SP402)."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.transfer_bases import find_valid_bases
from subproc_cli.reference.law_facts import Decision
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import TransferLeg, find_uncovered_legs, suggest_safeguards


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every place that is no longer covered by an adequacy decision."""
    for key, service in context.personal_data_services.items():
        reported = set[tuple[str, int]]()
        for leg in find_uncovered_legs(context, service):
            last = _find_last_day(context, service, leg)
            if last and (leg.law.key, leg.place_index) not in reported:
                reported.add((leg.law.key, leg.place_index))
                message = (
                    f"{service.name}: the decision on {leg.country} under the {leg.law.short} ended on {last}"
                )
                path = ("services", key, "processing", leg.place_index)
                yield RawFinding(path, message, suggest_safeguards(context, service, leg.law), key)


def _find_last_day(context: RuleContext, service: Service, leg: TransferLeg) -> date | None:
    """Return the last day of the latest decision that covered the service; None if there was none."""
    stated = find_valid_bases(service, context.as_of)
    past = (
        last
        for decision in leg.law.decisions
        if (last := decision.date_range.until)
        and last < context.as_of
        and _is_about(decision, leg, last)
        and (not decision.is_limited or not stated.isdisjoint(decision.stated_as))
    )
    return max(past, default=None)


def _is_about(decision: Decision, leg: TransferLeg, day: date) -> bool:
    places = (leg.country, leg.law.find_state(leg.country, day))
    return decision.is_transfer and any(decision.covers_place(place, day) for place in places)


RULE = Rule(
    ErrorCode("SP402", "adequacy-lapsed", Severity.ERROR),
    summary="An adequacy decision that a service relied on has ended, and no other basis is stated.",
    details="A decision that covers some recipients only counts for the services that state it.",
    why="Without a decision and without another basis, the transfer is not allowed (Art. 44 GDPR).",
    bad="host: {name: Host, processing: [US], transfer: [adequacy]}    # read in 2022",
    good="host: {name: Host, processing: [US], transfer: [adequacy, scc]}",
    find=find,
    is_time_dependent=True,
)
