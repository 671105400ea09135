"""A stated basis cannot carry the transfer.

dpf without a place in the US or a legal entity there, adequacy for a country that has no decision, or a
place that none of the stated bases carries: because it is another country, because one of the regimes of
the list has no decision on it on the day or asks for more than the basis says, or because the basis has
ended. A derogation that is the only basis of a service in use is a warning.

Why: The Data Privacy Framework (Implementing Decision (EU) 2023/1795) covers organisations in the US;
an adequacy decision covers the country that it names (Art. 45 GDPR), and binds under its own regime only.
dpf is the framework between the EU and the US: the UK Extension and the Swiss-US framework are
participations of their own. scc are the Commission's clauses: the UK GDPR asks for the UK Addendum beside
them, or for the IDTA. A derogation (Art. 49 GDPR) is the last resort (EDPB Guidelines 2/2018).

Bad:
    host: {name: Host, processing: [IN], transfer: [adequacy]}

Good:
    host: {name: Host, processing: [IN], transfer: [scc]}
"""

from collections.abc import Container, Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Basis, Severity
from subproc_cli.evaluation.attributes import bases
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import Leg, advice, uncarried
from subproc_cli.text import listed

_IDLE = {
    Basis.DPF: "rests on the Data Privacy Framework, but no place lies in the US",
    Basis.ADEQUACY: "rests on adequacy, but none of its countries is held adequate",
}


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every basis that fits none of the places, and every place that no basis carries."""
    for key, service in subject.personal.items():
        idle = {basis for basis in _IDLE if _is_idle(subject, service, basis)}
        for position, transfer in enumerate(service.transfer):
            if transfer.basis in idle:
                message = f"{service.name} {_IDLE[transfer.basis]}"
                hint = advice(subject, service, _unhelped(subject, service, frozenset(Basis)))
                yield Finding(("services", key, "transfer", position), message, hint, key)
        if any(transfer.basis not in idle for transfer in service.transfer):
            yield from _uncarried(subject, key, service)
            yield from _last_resort(subject, key, service)


def _uncarried(subject: Subject, key: str, service: Service) -> Iterator[Finding]:
    by_place: dict[int, list[Leg]] = {}
    for leg in uncarried(subject, service):
        by_place.setdefault(leg.position, []).append(leg)
    for position, legs in by_place.items():
        where = " or ".join(service.processing[position].place)
        regimes = listed(dict.fromkeys(leg.regime for leg in legs))
        message = f"{service.name}: no stated basis carries the transfer to {where} under {regimes}"
        route = ("services", key, "processing", position)
        yield Finding(route, message, advice(subject, service, legs), key)


def _last_resort(subject: Subject, key: str, service: Service) -> Iterator[Finding]:
    """Yield a derogation that alone carries a transfer: it is not for what goes on (Art. 49 GDPR)."""
    if Basis.DEROGATION not in bases(service, subject.day):
        return
    legs = _unhelped(subject, service, (Basis.DEROGATION,))
    if legs:
        position = [transfer.basis for transfer in service.transfer].index(Basis.DEROGATION)
        where = listed(dict.fromkeys(leg.country for leg in legs))
        message = f"{service.name}: the transfer to {where} rests on a derogation alone, the last resort"
        route = ("services", key, "transfer", position)
        yield Finding(route, message, advice(subject, service, legs), key, Severity.WARNING)


def _unhelped(subject: Subject, service: Service, without: Container[Basis]) -> tuple[Leg, ...]:
    """Return what nothing carries if some bases were not stated."""
    left = tuple(transfer for transfer in service.transfer if transfer.basis not in without)
    return tuple(uncarried(subject, service.model_copy(update={"transfer": left})))


def _is_idle(subject: Subject, service: Service, basis: Basis) -> bool:
    """Tell whether a basis has nothing to carry; who states no place leaves that open."""
    countries = subject.atlas.covered(place for each in service.processing for place in each.place)
    if basis is Basis.DPF:
        seat = service.entity.country if service.entity else None
        return bool(countries) and "US" not in countries and seat != "US"
    abroad = countries - subject.home
    return bool(abroad) and not any(_may_decide(subject, country) for country in abroad)


def _may_decide(subject: Subject, country: str) -> bool:
    day = subject.day
    return any(day < law.known_since or law.covering(country, day) for law in subject.laws)


RULE = Rule(Fault("SP204", "basis-mismatch", Severity.ERROR), __doc__ or "", find)
