"""What to add to a list so that a transfer is carried under some laws."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from subproc_cli.enums import Basis, Regime
from subproc_cli.reference.adequacy import Jurisdiction, get_jurisdiction
from subproc_cli.text import join_words


def suggest_bases(
    countries_by_law: Mapping[Regime, Collection[str]],
    laws: Collection[Regime],
    stated: Collection[Basis],
    as_of: date,
) -> str:
    """Return what to add so that transfers to some countries are carried; an exception is never proposed.

    Where no word of the format is enough for a law, the advice names what the law asks for.

    Args:
        countries_by_law: the countries to which nothing carries a transfer, by law.
        laws: all laws that count, so that advice that holds for each of them names none.
        stated: the valid bases of the service.
        as_of: decides what the laws hold of the countries.
    """
    bases_by_law = {
        law: _find_accepted_bases(get_jurisdiction(law), countries, as_of)
        for law, countries in countries_by_law.items()
    }
    requirements = {
        law: _describe_requirement(get_jurisdiction(law), countries, stated)
        for law, countries in countries_by_law.items()
    }
    return _format_advice(bases_by_law, requirements, laws, "add transfer")


def suggest_safeguards(
    affected: Iterable[Regime], laws: Collection[Regime], stated: Collection[Basis], as_of: date
) -> str:
    """Return which safeguards would still carry a transfer under some laws if their decision fell."""
    bases_by_law = {
        law: _sort_bases(get_jurisdiction(law).find_safeguards(frozenset(Basis), as_of))
        for law in dict.fromkeys(affected)
    }
    requirements = {law: _describe_requirement(get_jurisdiction(law), (), stated) for law in bases_by_law}
    return _format_advice(bases_by_law, requirements, laws, "add a safeguard")


def _format_advice(
    bases_by_law: Mapping[Regime, list[Basis]],
    requirements: Mapping[Regime, str],
    laws: Collection[Regime],
    verb: str,
) -> str:
    """Return one advice for all laws if they accept the same words, else one for each of them."""
    same = len({tuple(each) for each in bases_by_law.values()}) == 1 and len(bases_by_law) == len(laws)
    advice = []
    for law, accepted in bases_by_law.items():
        if accepted:
            advice.append(f"{verb}: {join_words(accepted, 'or')}{'' if same else f' for {law}'}")
        else:
            advice.append(requirements[law])
    return "; ".join(dict.fromkeys(advice))


def _find_accepted_bases(law: Jurisdiction, countries: Iterable[str], as_of: date) -> list[Basis]:
    """Return the bases of which each carries all of the countries: the safeguards first, no exception."""
    accepted = frozenset.intersection(*(law.find_accepted_bases(country, as_of) for country in countries))
    if Basis.DPF in accepted:
        accepted -= {Basis.ADEQUACY}  # the framework is the decision, and says which one
    return _sort_bases(accepted)


def _sort_bases(accepted: Collection[Basis]) -> list[Basis]:
    return [basis for basis in Basis if basis in accepted and basis is not Basis.DEROGATION]


def _describe_requirement(law: Jurisdiction, countries: Collection[str], stated: Collection[Basis]) -> str:
    """Return what a law asks for that no word of the format states yet.

    A framework with the US covers no transfer to another country, so it is never advised there.
    """
    is_framework_useful = set(countries) == {"US"}
    needs = {
        basis: each.requirement
        for basis, each in law.bases.items()
        if each.requirement and (basis is not Basis.DPF or is_framework_useful)
    }
    chosen = [needs[basis] for basis in needs if basis in stated] or list(needs.values())[:1]
    if not chosen:
        return f"{law.regime} accepts no word of transfer on that day"
    requirements = " or ".join(chosen)
    return f"{law.regime} asks for {requirements}; no word of transfer says that yet, so say it in a note"
