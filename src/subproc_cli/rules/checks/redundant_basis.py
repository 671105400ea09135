"""The rule redundant-basis (SP205)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.places import AreaCondition, evaluate_entity_country, evaluate_processing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that states a basis although no place needs one."""
    domestic = context.place_resolver.build_domestic_area(context.registry.model.law)
    outside = AreaCondition(domestic, is_outside=True)
    laws = join_words((f"the {law.short}" for law in context.laws), "or")
    for key, service in context.personal_data_services.items():
        if service.transfer and _has_no_transfer(key, service, context, outside):
            message = (
                f"{service.name}: a transfer basis is stated, but processing in its places is not a transfer "
                f"under {laws}"
            )
            yield RawFinding(
                ("services", key, "transfer"), message, "add the missing place, or remove the basis", key
            )


def _has_no_transfer(key: str, service: Service, context: RuleContext, outside: AreaCondition) -> bool:
    places = evaluate_processing(key, service, context.place_resolver, outside).verdict
    return places is Verdict.NO and evaluate_entity_country(key, service, outside).verdict is not Verdict.YES


RULE = Rule(
    ErrorCode("SP205", "redundant-basis", Severity.INFO),
    summary="A transfer basis is stated for a service that transfers no data abroad.",
    details=(
        "Processing in every place is not a transfer under any law of the list: in the EEA under the GDPR, "
        "in the United Kingdom under the UK GDPR, in Switzerland under the FADP. Under the GDPR, data in the "
        "United Kingdom also counts as not transferred until 2021-06-27. The list does not state that the "
        "legal entity has its seat in another country, from which its staff could access the data."
    ),
    why="A basis suggests a transfer; either a place is missing, or the basis is not needed.",
    bad="host: {name: Host, processing: [DE], transfer: [scc]}",
    good="host: {name: Host, processing: [DE]}",
    find=find,
)
