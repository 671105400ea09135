"""The judgement on transfers for a service: what its list states, in the shape that `transfers` takes."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from subproc_cli.evaluation.transfer_outcomes import Importer, Outcome, StatedBasis
from subproc_cli.evaluation.transfers import assess_place
from subproc_cli.reference.laws import Law, list_laws, load_law
from subproc_cli.registry.models import Service, Transfer
from subproc_cli.text import fold

PlaceLookup: TypeAlias = Callable[[Iterable[str]], frozenset[str]]
"""Returns the countries that places mean on a day."""
MODULE_NAMES = ("one", "two", "three", "four")
"""The names of the modules of clauses in law files, by number."""


def list_stated_bases(
    service: Service, law: Law, find_countries: PlaceLookup, *, read_on: date
) -> tuple[StatedBasis, ...]:
    """Return the transfer bases that a service states, in the order of the list.

    Args:
        service: the service.
        law: the law that they are judged by.
        find_countries: returns the countries of the places that a basis names.
        read_on: the day of the list, or the day that is asked about if that is earlier: the word of clauses
            that did not exist yet means the clauses of that day.
    """
    return tuple(
        _build_stated_basis(service, each, law, find_countries, read_on) for each in service.transfer
    )


def _build_stated_basis(
    service: Service, transfer: Transfer, law: Law, find_countries: PlaceLookup, read_on: date
) -> StatedBasis:
    word = law.find_former_word(transfer.basis, read_on) or str(transfer.basis)
    return StatedBasis(
        word=word,
        until=transfer.until,
        places=tuple(sorted(find_countries(transfer.places))) if transfer.places else (),
        modules=tuple(MODULE_NAMES[number - 1] for number in transfer.modules),
        adapted=tuple(map(str, transfer.adapted)),
        covers=tuple(map(str, transfer.covers)),
        signed=_find_contract_day(service, law, word),
    )


def _find_contract_day(service: Service, law: Law, word: str) -> date | None:
    """Return the day of the contract with a service if it shows when clauses were concluded.

    Clauses of today can be added to an older contract, so an early day says nothing about them. Clauses that
    can no longer be concluded are at most as young as the contract.
    """
    is_closed = any(rule.last_contract_day for rule in law.bases.get(word, ()))
    return service.dpa.signed if service.dpa and is_closed else None


def build_importer(service: Service) -> Importer:
    """Return what a list states of the recipient."""
    entity = service.entity
    if entity is None:
        return Importer()
    organisation = _load_organisations().get(fold(entity.name or ""), "")
    return Importer(entity.country, entity.parent_country, organisation)


@lru_cache
def _load_organisations() -> dict[str, str]:
    """Return the keys of international organisations with a decision, by name."""
    decisions = (each for key in list_laws() for each in load_law(key).decisions if each.organisation)
    return {fold(each.scope): each.organisation for each in decisions}


# Rules and questions ask the same of many services that state the same
@lru_cache(maxsize=1 << 14)
def assess_cached(
    law: Law, country: str, bases: tuple[StatedBasis, ...], day: date, importer: Importer
) -> Outcome:
    """Return how a law assesses data that goes to a place on a day."""
    return assess_place(law, country, bases, day, importer)
