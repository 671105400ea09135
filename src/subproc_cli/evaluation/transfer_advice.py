"""What to add to a list so that a transfer is carried under some laws."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from subproc_cli.enums import Basis
from subproc_cli.evaluation.transfer_outcomes import Proposal
from subproc_cli.evaluation.transfers import propose_bases
from subproc_cli.reference.law_facts import BasisKind
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.text import join_words

LawKey = TypeVar("LawKey", bound=str)
_ORDER = {str(basis): position for position, basis in enumerate(Basis)}


def suggest_bases(
    countries_by_law: Mapping[LawKey, Collection[str]],
    laws: Collection[str],
    stated: Collection[str],
    as_of: date,
) -> str:
    """Return what to add so that transfers to some countries are carried; an exception is never proposed.

    Args:
        countries_by_law: the countries to which nothing carries a transfer, by the key of the law.
        laws: all laws that count, so that advice that holds for each of them names none.
        stated: the valid bases of the service, which the example builds on.
        as_of: decides what the laws accept.
    """
    proposals = {
        str(law): _find_common_proposals(load_law(str(law)), countries, as_of)
        for law, countries in countries_by_law.items()
    }
    return _format_advice(proposals, laws, stated, as_of, "add transfer")


def suggest_safeguards(
    affected: Iterable[str], laws: Collection[str], stated: Collection[str], as_of: date
) -> str:
    """Return which safeguards would still carry a transfer under some laws if their decision fell."""
    proposals = {
        key: [each for each in _find_proposals(law, "", as_of) if not _is_decision(law, each, as_of)]
        for key in dict.fromkeys(map(str, affected))
        for law in (load_law(key),)
    }
    return _format_advice(proposals, laws, stated, as_of, "add a safeguard")


def _find_common_proposals(law: Law, countries: Iterable[str], as_of: date) -> list[Proposal]:
    """Return the proposals of which each carries all of the countries."""
    first, *others = (_find_proposals(law, country, as_of) for country in countries)
    return [each for each in first if all(each in other for other in others)]


def _find_proposals(law: Law, country: str, as_of: date) -> list[Proposal]:
    """Return what a law accepts for a country, in the order of the words of the format.

    A word that says less than the law asks for (a code of conduct must be approved for transfers) is left out
    if there is another one.
    """
    found = sorted(
        propose_bases(law, country, as_of), key=lambda each: _ORDER.get(each.words[0], len(_ORDER))
    )
    return [each for each in found if not _says_too_little(law, each, as_of)] or found


def _says_too_little(law: Law, proposal: Proposal, as_of: date) -> bool:
    if proposal.adapted or len(proposal.words) > 1:
        return False
    rule = law.find_basis(proposal.words[0], as_of)
    return rule is not None and bool(rule.requirement)


def _is_decision(law: Law, proposal: Proposal, as_of: date) -> bool:
    rules = (law.find_basis(word, as_of) for word in proposal.words)
    return any(rule is not None and rule.kind is BasisKind.DECISION for rule in rules)


def _format_advice(
    proposals_by_law: Mapping[str, list[Proposal]],
    laws: Collection[str],
    stated: Collection[str],
    as_of: date,
    verb: str,
) -> str:
    """Return one advice for all laws if they accept the same words, else one for each of them."""
    are_equal = len({tuple(each) for each in proposals_by_law.values()}) == 1
    is_same = are_equal and len(proposals_by_law) == len(laws)
    advice = []
    for key, proposals in proposals_by_law.items():
        law = load_law(key)
        if not proposals:
            advice.append(f"the data on the {law.short} has no basis to propose for that day")
            continue
        words = join_words(map(_format_words, proposals), "or")
        under = "" if is_same else f" under the {law.short}"
        example = _format_example(proposals, _find_related_words(law, stated, as_of))
        advice.append(f"{verb}: {words}{under}{example}")
    return "; ".join(dict.fromkeys(advice))


def _format_words(proposal: Proposal) -> str:
    words = " with ".join(proposal.words)
    return f"{words} (adapted to {proposal.adapted})" if proposal.adapted else words


def _find_related_words(law: Law, stated: Collection[str], as_of: date) -> frozenset[str]:
    """Return the stated words, and those that the law asks for in their place."""
    rules = (law.find_basis(str(word), as_of) for word in stated)
    replacing = (word for rule in rules if rule for word in rule.replacing_words)
    return frozenset((*map(str, stated), *replacing))


def _format_example(proposals: list[Proposal], related: frozenset[str]) -> str:
    """Return a line to write, if one more word is not enough, or builds on what is stated."""
    building = [each for each in proposals if not related.isdisjoint(each.words)]
    chosen = (building or proposals)[0]
    if not building and len(chosen.words) == 1 and not chosen.adapted:
        return ""
    items = (
        f"{{basis: {word}, adapted: {chosen.adapted}}}" if chosen.adapted else word for word in chosen.words
    )
    return f", for example transfer: [{', '.join(items)}]"
