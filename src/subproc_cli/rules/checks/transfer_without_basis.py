"""The rule transfer-without-basis (SP203)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import ProcessingMode, Severity
from subproc_cli.registry.models import Processing
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import find_uncovered_legs, suggest_bases
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that sends data where it may not go on what is stated."""
    for key, service in context.personal_data_services.items():
        legs = () if service.transfer else tuple(find_uncovered_legs(context, service))
        if legs:
            places = [service.processing[each] for each in dict.fromkeys(leg.place_index for leg in legs)]
            message = (
                f"{service.name} {join_words(_describe_processing(places))}, and no transfer basis is stated"
            )
            path = ("services", key, "processing", legs[0].place_index)
            yield RawFinding(path, message, suggest_bases(context, service, legs), key)


def _describe_processing(places: list[Processing]) -> Iterator[str]:
    """Yield what is done in some places: people who look in from one process nothing there."""
    for verb, how in (("processes in", None), ("can be accessed from", ProcessingMode.REMOTE_ACCESS)):
        place_names = dict.fromkeys(" or ".join(place.place) for place in places if place.how is how)
        if place_names:
            yield f"{verb} {join_words(place_names)}"


RULE = Rule(
    ErrorCode("SP203", "transfer-without-basis", Severity.ERROR),
    summary="A place lies outside the EEA and the adequate countries, and no transfer basis is stated.",
    details=(
        "The rule applies each regime of the list; the countries of a regime are not third countries to "
        "it. A country that is adequate for some recipients only (the US under the Data Privacy Framework) "
        "needs the statement that the service is one of them. The rule reports all such places of a "
        "service in one finding, at the first place."
    ),
    why="Data may be transferred to a third country only on a basis of Chapter V (Art. 44 to 49 GDPR).",
    bad="chat: {name: Chat, processing: [US]}",
    good="chat: {name: Chat, processing: [US], transfer: [dpf, scc]}",
    find=find,
)
