"""The rule basis-mismatch (SP204)."""

from collections.abc import Container, Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Basis, Severity
from subproc_cli.evaluation.attributes import find_valid_bases
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import TransferLeg, find_uncovered_legs, suggest_bases
from subproc_cli.text import join_words

_UNUSED_MESSAGES = {
    Basis.DPF: "relies on the Data Privacy Framework, but has no place in the US",
    Basis.ADEQUACY: "relies on adequacy, but none of its countries is adequate",
}


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every basis that fits none of the places, and every place that no basis carries."""
    for key, service in context.personal_data_services.items():
        unused = {basis for basis in _UNUSED_MESSAGES if _is_unused(context, service, basis)}
        for position, transfer in enumerate(service.transfer):
            if transfer.basis in unused:
                message = f"{service.name} {_UNUSED_MESSAGES[transfer.basis]}"
                hint = suggest_bases(
                    context, service, _list_uncovered_legs(context, service, frozenset(Basis))
                )
                yield RawFinding(("services", key, "transfer", position), message, hint, key)
        if any(transfer.basis not in unused for transfer in service.transfer):
            yield from _find_uncovered_places(context, key, service)
            yield from _find_lone_derogation(context, key, service)


def _find_uncovered_places(context: RuleContext, key: str, service: Service) -> Iterator[RawFinding]:
    by_place: dict[int, list[TransferLeg]] = {}
    for leg in find_uncovered_legs(context, service):
        by_place.setdefault(leg.place_index, []).append(leg)
    for position, legs in by_place.items():
        places = " or ".join(service.processing[position].place)
        regimes = join_words(dict.fromkeys(leg.regime for leg in legs))
        message = f"{service.name}: no stated basis covers the transfer to {places} under {regimes}"
        path = ("services", key, "processing", position)
        yield RawFinding(path, message, suggest_bases(context, service, legs), key)


def _find_lone_derogation(context: RuleContext, key: str, service: Service) -> Iterator[RawFinding]:
    """Yield a derogation that alone carries a transfer: it is not for what goes on (Art. 49 GDPR)."""
    if Basis.DEROGATION not in find_valid_bases(service, context.as_of):
        return
    legs = _list_uncovered_legs(context, service, (Basis.DEROGATION,))
    if legs:
        position = [transfer.basis for transfer in service.transfer].index(Basis.DEROGATION)
        countries = join_words(dict.fromkeys(leg.country for leg in legs))
        message = f"{service.name}: the transfer to {countries} relies on a derogation alone, a last resort"
        path = ("services", key, "transfer", position)
        yield RawFinding(path, message, suggest_bases(context, service, legs), key, Severity.WARNING)


def _list_uncovered_legs(
    context: RuleContext, service: Service, ignored_bases: Container[Basis]
) -> tuple[TransferLeg, ...]:
    """Return what nothing carries if some bases were not stated."""
    remaining = tuple(transfer for transfer in service.transfer if transfer.basis not in ignored_bases)
    return tuple(find_uncovered_legs(context, service.model_copy(update={"transfer": remaining})))


def _is_unused(context: RuleContext, service: Service, basis: Basis) -> bool:
    """Return whether a basis has nothing to carry; who states no place leaves that open."""
    countries = context.place_resolver.resolve_places(
        place for processing in service.processing for place in processing.place
    )
    if basis is Basis.DPF:
        seat = service.entity.country if service.entity else None
        return bool(countries) and "US" not in countries and seat != "US"
    abroad = countries - context.domestic_countries
    return bool(abroad) and not any(_may_be_adequate(context, country) for country in abroad)


def _may_be_adequate(context: RuleContext, country: str) -> bool:
    as_of = context.as_of
    return any(
        as_of < law.known_since or law.find_covering_decision(country, as_of) for law in context.jurisdictions
    )


RULE = Rule(
    ErrorCode("SP204", "basis-mismatch", Severity.ERROR),
    summary="A stated basis does not cover the transfer.",
    details=(
        "The rule reports dpf without a place or a legal entity in the US, adequacy for a country without "
        "a decision, and a place that none of the stated bases covers. A basis does not cover a place if "
        "the basis concerns another country, if one of the regimes of the list has no decision on the "
        "country on that day or asks for more than the basis provides, or if the basis has ended. A "
        "derogation as the only basis of a service in use is a warning."
    ),
    why=(
        "The Data Privacy Framework (Implementing Decision (EU) 2023/1795) covers organisations in the US. "
        "An adequacy decision covers the country that it names (Art. 45 GDPR), and applies under its own "
        "regime only. dpf is the framework between the EU and the US; the UK Extension and the Swiss-US "
        "framework need a separate participation. scc are the clauses of the Commission; the UK GDPR asks "
        "for the UK Addendum to them, or for the IDTA. A derogation (Art. 49 GDPR) is the last resort "
        "(EDPB Guidelines 2/2018)."
    ),
    bad="host: {name: Host, processing: [IN], transfer: [adequacy]}",
    good="host: {name: Host, processing: [IN], transfer: [scc]}",
    find=find,
)
