"""The rule basis-mismatch (SP204)."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Basis, Severity
from subproc_cli.evaluation.transfer_outcomes import BasisOutcome, Need
from subproc_cli.evaluation.transfer_texts import list_problems
from subproc_cli.reference.law_facts import Decision
from subproc_cli.reference.laws import Law, list_laws, load_law
from subproc_cli.registry.models import Service, Transfer
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import (
    TransferLeg,
    add_horizon,
    find_uncovered_legs,
    group_by_law,
    iter_legs,
    suggest_bases,
)
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every basis that fits none of the places, and every place that no basis carries."""
    laws = _load_all_laws()
    for key, service in context.personal_data_services.items():
        unused = [each for each in service.transfer if _is_unused(context, service, each, laws)]
        for position, transfer in enumerate(service.transfer):
            if transfer in unused:
                yield _build_unused_finding(context, key, service, position)
        if len(unused) < len(service.transfer):
            yield from _find_uncovered_places(context, key, service)
            yield from _find_lone_last_resorts(context, key, service)


# Bases without a place


def _build_unused_finding(context: RuleContext, key: str, service: Service, position: int) -> RawFinding:
    basis = service.transfer[position].basis
    if _is_general(basis):
        laws = join_words((f"the {law.short}" for law in context.laws), "or")
        places = join_words(_find_places_abroad(context, service, service.transfer[position]), "or")
        reason = f"there is no decision on {places} under {laws}"
    else:
        reason = f"no place or legal entity in {_list_decided_places(basis)}"
    hints = (
        add_horizon(suggest_bases(context, service, law, legs), law, legs)
        for law, legs in group_by_law(find_uncovered_legs(context, service))
    )
    message = f"{service.name}: the basis {basis} is stated, but {reason}"
    return RawFinding(("services", key, "transfer", position), message, "; ".join(dict.fromkeys(hints)), key)


def _is_unused(context: RuleContext, service: Service, transfer: Transfer, laws: Sequence[Law]) -> bool:
    """Return whether no decision was ever about one of the places; a service without places leaves it open.

    A law that asks for another word in place of this one is a matter of the places that nothing carries.
    """
    words = _find_related_words(transfer.basis, laws)
    places = transfer.places or [place for each in service.processing for place in each.place]
    countries = context.place_resolver.resolve_places(places)
    if not words or not countries:
        return False
    if not _is_general(transfer.basis):
        seat = service.entity.country if service.entity else None
        return not any(
            _is_decided(law, country, words)
            for law in _load_all_laws()
            for country in (*countries, *([seat] if seat else ()))
        )
    abroad = {country for country in countries if _is_abroad(context, country)}
    return bool(abroad) and not any(
        context.as_of < law.known_since or _is_decided(law, country, words)
        for law in context.laws
        for country in abroad
    )


def _find_places_abroad(context: RuleContext, service: Service, transfer: Transfer) -> list[str]:
    """Return the places that a basis is for, except those that are at home under every law of the list."""
    places = transfer.places or [place for each in service.processing for place in each.place]
    return [
        place
        for place in dict.fromkeys(places)
        if any(_is_abroad(context, country) for country in context.place_resolver.resolve_place(place))
    ]


def _is_abroad(context: RuleContext, country: str) -> bool:
    """Return whether a country is abroad under one of the laws of the list."""
    return not all(law.is_home(country, context.as_of) for law in context.laws)


def _find_related_words(basis: str, laws: Sequence[Law]) -> frozenset[str]:
    """Return a word that states decisions, with those that laws ask for as well or instead.

    Nothing is returned for a word by which no decision is stated.
    """
    rules = [rule for law in laws for rule in law.bases.get(basis, ())]
    if not any(_is_stated_by(law, basis) for law in laws):
        return frozenset()
    return frozenset(
        (basis, *(word for rule in rules for word in (*rule.needed_words, *rule.replacing_words)))
    )


def _is_stated_by(law: Law, word: str) -> bool:
    return any(word in decision.stated_as for decision in law.decisions)


def _is_decided(law: Law, country: str, words: frozenset[str]) -> bool:
    """Return whether a decision of any day is about a country, and is stated by one of some words."""
    stated = (each for each in law.decisions if not words.isdisjoint(each.stated_as))
    return any(_is_about(decision, law, country) for decision in stated)


def _is_about(decision: Decision, law: Law, country: str) -> bool:
    first_day = decision.date_range.since or law.known_since
    return any(
        decision.covers_place(each, first_day) for each in (country, law.find_state(country, first_day))
    )


def _list_decided_places(word: str) -> str:
    places = (
        place
        for law in _load_all_laws()
        for decision in law.decisions
        if word in decision.stated_as
        for place in decision.places
    )
    return join_words(dict.fromkeys(places), "or")


def _is_general(basis: str) -> bool:
    """Return whether a word may be about any place, and not about the decision of its own name."""
    return basis == Basis.ADEQUACY


def _load_all_laws() -> tuple[Law, ...]:
    return tuple(map(load_law, list_laws()))


# Places without a basis


def _find_uncovered_places(context: RuleContext, key: str, service: Service) -> Iterator[RawFinding]:
    for law, uncovered in group_by_law(find_uncovered_legs(context, service)):
        for position, group in groupby(uncovered, key=attrgetter("place_index")):
            legs = list(group)
            problems = dict.fromkeys(
                problem for leg in legs for each in leg.outcome.bases for problem in list_problems(law, each)
            )
            places = " or ".join(service.processing[position].place)
            message = (
                f"{service.name}: no stated basis covers the transfer to {places} under the {law.short} "
                f"({law.key}): "
                f"{join_words(problems)}"
            )
            yield RawFinding(
                ("services", key, "processing", position),
                message,
                add_horizon(suggest_bases(context, service, law, legs), law, legs),
                key,
                Severity.WARNING if _is_understated(context, law, legs) else None,
            )


def _is_understated(context: RuleContext, law: Law, legs: list[TransferLeg]) -> bool:
    """Return whether the list may say too little, and need not be wrong.

    Clauses can be adapted without a word on it, and an old list that states clauses of its day, which have
    ended since, may be used with the new ones.
    """
    list_date = context.registry.model.date
    former = {law.find_former_word(word, list_date) for word in law.bases}
    return all(any(_may_be_right(each, former) for each in leg.outcome.bases) for leg in legs)


def _may_be_right(outcome: BasisOutcome, former: set[str]) -> bool:
    needs = {each.need for each in outcome.missing}
    return needs == {Need.ADAPTED} or (needs == {Need.ENDED} and outcome.stated.word in former)


# Exceptions


def _find_lone_last_resorts(context: RuleContext, key: str, service: Service) -> Iterator[RawFinding]:
    """Yield an exception that alone carries a transfer under a law: it is not for what goes on."""
    for law, group in group_by_law(iter_legs(context, service)):
        legs = [leg for leg in group if leg.outcome.is_last_resort_alone]
        for rule in dict.fromkeys(
            each.rule for leg in legs for each in leg.outcome.accepted_bases if each.rule
        ):
            position = [str(each.basis) for each in service.transfer].index(rule.word)
            countries = join_words(dict.fromkeys(leg.country for leg in legs))
            sources = "; ".join(dict.fromkeys(filter(None, (rule.article, rule.guidance))))
            message = (
                f"{service.name}: the transfer to {countries} relies on a {rule.word} alone, "
                f"a last resort ({sources})"
            )
            yield RawFinding(
                ("services", key, "transfer", position),
                message,
                add_horizon(suggest_bases(context, service, law, legs), law, legs),
                key,
                Severity.WARNING,
            )


RULE = Rule(
    ErrorCode("SP204", "basis-mismatch", Severity.ERROR),
    summary="A stated basis does not cover the transfer.",
    details=(
        "The rule applies each law of the list. It reports a framework such as `dpf` without a place or a "
        "legal entity in its country, `adequacy` for countries without a decision, and each place that none "
        "of the stated bases covers. The message names what the law asks for: another word as well (`dpf` "
        "needs `dpf-uk` under UK law), another one instead (`dpf-ch` under Swiss law), or clauses that are "
        "adapted to the law. The finding is a warning if the list may only leave something out: that the "
        "clauses are adapted, or that clauses concluded before 2021-06-27, which a list of that time states "
        "as `scc`, were replaced. A derogation as the only basis of a transfer is a warning as well."
    ),
    why=(
        "Each law accepts bases of its own, and a decision covers the country that it names. `dpf` is the "
        "framework between the EU and the US (Implementing Decision (EU) 2023/1795); the UK Extension and "
        "the Swiss-US framework need a separate participation. `scc` are the clauses of the Commission; the "
        "UK GDPR asks for the UK Addendum to them, or for the IDTA, and Swiss law for adaptations. A "
        "derogation (Art. 49 GDPR, Art. 49 UK GDPR, Art. 17 FADP) is the last resort (EDPB Guidelines "
        "2/2018)."
    ),
    bad="host: {name: Host, processing: [IN], transfer: [adequacy]}",
    good="host: {name: Host, processing: [IN], transfer: [scc]}",
    find=find,
)
