"""The rule transfer-without-basis (SP203)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import ProcessingMode, Severity
from subproc_cli.evaluation.transfer_texts import format_source
from subproc_cli.registry.models import Processing
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import add_horizon, find_uncovered_legs, group_by_law, suggest_bases
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that sends data to places for which a law requires a basis, and states none."""
    for key, service in context.personal_data_services.items():
        legs = () if service.transfer else find_uncovered_legs(context, service)
        for law, uncovered in group_by_law(legs):
            indices = dict.fromkeys(leg.place_index for leg in uncovered)
            activities = join_words(_describe_processing([service.processing[each] for each in indices]))
            source = format_source(law, context.as_of)
            message = f"{service.name} {activities}, and no transfer basis is stated ({source})"
            hint = add_horizon(suggest_bases(context, service, law, uncovered), law, uncovered)
            path = ("services", key, "processing", uncovered[0].place_index)
            yield RawFinding(path, message, hint, key)


def _describe_processing(places: list[Processing]) -> Iterator[str]:
    """Yield what a service does in some places: people who only access the data process nothing there."""
    for verb, how in (("processes in", None), ("accesses data from", ProcessingMode.REMOTE_ACCESS)):
        place_names = dict.fromkeys(" or ".join(place.place) for place in places if place.how is how)
        if place_names:
            yield f"{verb} {join_words(place_names)}"


RULE = Rule(
    ErrorCode("SP203", "transfer-without-basis", Severity.ERROR),
    summary="A law of the list asks for a transfer basis for a place, and none is stated.",
    details=(
        "The rule applies each law of the list, and reports all such places of a service in one finding for "
        "each law, at the first place. A country that is adequate for some recipients only (the US under the "
        "Data Privacy Framework) needs the statement that the service is one of them. A place of remote "
        "access is a transfer to the vendor, whose people access the data from there; access by the "
        "publisher's own staff is not a place of the vendor. If the data on a law ends before the day of the "
        "check, the finding adds that a later act may change the answer."
    ),
    why=(
        "Data may be transferred to a third country only on a basis of the law (Art. 44 to 49 GDPR, Art. "
        "44A to 49 UK GDPR, Art. 16 and 17 FADP)."
    ),
    bad="chat: {name: Chat, processing: [US]}",
    good="chat: {name: Chat, processing: [US], transfer: [dpf, scc]}",
    find=find,
)
