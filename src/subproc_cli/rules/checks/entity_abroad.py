"""The rule entity-abroad (SP212)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.transfer_outcomes import RemarkKind, TransferStatus
from subproc_cli.evaluation.transfer_texts import format_source
from subproc_cli.reference.laws import Law
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

_TEXTS = {
    RemarkKind.IMPORTER_ABROAD: (
        "its entity is established in {country}, which may make this a transfer",
        "state the basis that covers access from there, or suppress this with the reason",
        ("entity", "country"),
    ),
    RemarkKind.PARENT_ABROAD: (
        "the owner of its entity is established in {country}, which is a risk, but not a transfer by itself",
        "check how access from there is ruled out, and suppress this with the reason",
        ("entity", "parent"),
    ),
}


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every entity or owner in a third country whose service processes at home only."""
    for key, service in context.personal_data_services.items():
        for law in context.laws:
            yield from _find_under_law(context, key, service, law)


def _find_under_law(context: RuleContext, key: str, service: Service, law: Law) -> Iterator[RawFinding]:
    countries = context.place_resolver.resolve_places(
        place for processing in service.processing for place in processing.place
    )
    outcomes = [context.assess(service, law, country) for country in sorted(countries)]
    if any(each.status is not TransferStatus.NOT_TRANSFERRED for each in outcomes):
        return
    for remark in dict.fromkeys(remark for each in outcomes for remark in each.remarks):
        if remark.kind in _TEXTS and not context.assess(service, law, remark.value).is_carried:
            text, hint, field = _TEXTS[remark.kind]
            provision = law.find_article("importer", context.as_of)
            source = provision.article if provision else format_source(law, context.as_of)
            message = (
                f"{service.name}: every place is at home under the {law.short}, but "
                f"{text.format(country=remark.value)} ({source})"
            )
            yield RawFinding(("services", key, *field), message, hint, key)
            return


RULE = Rule(
    ErrorCode("SP212", "entity-abroad", Severity.INFO),
    summary="Every place is at home, but the legal entity or its owner is established in a third country.",
    details=(
        "The rule applies each law of the list, and does not decide whether there is a transfer. It does not "
        "report an entity in an adequate country, or one for which a stated basis covers the transfer to its "
        "country. If the entity and its owner are both abroad, it reports the entity."
    ),
    why=(
        "A recipient that is itself in a third country is one condition of a transfer, wherever its servers "
        "are. An owner in a third country is a risk that the controller has to consider (EDPB Guidelines "
        "05/2021, sections 2 and 4)."
    ),
    bad="host: {name: Host, processing: [DE], entity: {name: Host Inc, country: US}}",
    good="host: {name: Host, processing: [DE], entity: {name: Host GmbH, country: DE}}",
    find=find,
)
