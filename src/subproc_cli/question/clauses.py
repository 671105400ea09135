"""The actions of the grammar for single clauses: data, places, time."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

from subproc_cli.question.connectives import both, either, fold_chain, list_conns, settle_list
from subproc_cli.question.query import And, Clause, Not, Question
from subproc_cli.question.values import (
    NARROWER,
    Chain,
    Listed,
    Loose,
    Names,
    Proposal,
    close,
    iter_meanings,
    make_loose,
    make_several,
    map_clauses,
    strip_marks,
)

# Clauses


def clause(name: str, *arguments: Any) -> Any:
    """Return a clause; of listed names, a list of them; one wider than what was asked is only proposed."""
    match arguments:
        case (Names(kind, names),) if any(map(_is_narrower, names)):
            return Proposal(clause(name, Names(kind, tuple(each.removeprefix(NARROWER) for each in names))))
        case (str(found),) if _is_narrower(found):
            return Proposal(Clause(name, (found.removeprefix(NARROWER),)))
        case (Names(kind, names),):
            clauses = tuple(Clause(name, (each,)) for each in names)
            return clauses[0] if len(clauses) == 1 else Listed(kind, clauses)
        case _:
            return Clause(name, tuple(arguments))


def _is_narrower(name: Any) -> bool:
    return isinstance(name, str) and name.startswith(NARROWER)


def clause_of_all(name: str, names: Names | str) -> Any:
    """Return one clause about all listed names together: *only* these."""
    return Clause(name, names.names if isinstance(names, Names) else (names,))


def only(meaning: Any) -> Any:
    """Return *sees only*: all of these, and nothing else."""
    match meaning:
        case Clause("sees", arguments):
            return Clause("only-sees", arguments)
        case Listed("and", parts) | And(parts) if all(
            isinstance(each, Clause) and each.name == "sees" for each in parts
        ):
            return Clause("only-sees", tuple(each.arguments[0] for each in parts if isinstance(each, Clause)))
        case Listed("or", parts):
            return make_several(*map(Proposal, filter(None, (only(Listed("and", parts)), _only_one(parts)))))
        case _:
            return None


def _only_one(parts: Chain) -> Any:
    """Return *only this or only that*; None if one of them cannot be all that is seen."""
    found = tuple(map(only, parts))
    return None if None in found else fold_chain(either, found)


def all_of(meaning: Any) -> Any:
    """Return *sees all of it* for what is seen."""
    match meaning:
        case Clause("sees", arguments):
            return Clause("sees-all", arguments)
        case _:
            return None


def all_but(whole: Any, excepted: Chain) -> Any:
    """Return *sees all of it except this*."""
    items = [strip_marks(each) for each in excepted[::2]]
    match whole:
        case Clause("sees", (category,)) if all(
            isinstance(each, Clause) and each.name == "sees" for each in items
        ):
            names = {each.arguments[0] for each in items}
            if "everything" in names or category in names:
                return None
            found = Clause("sees-all", (category, *sorted(names)))
            mark = next((type(each) for each in excepted if isinstance(each, Loose | Proposal)), None)
            return mark(found) if mark else found
        case _:
            return None


def content_of(meaning: Any) -> Any:
    """Return what is seen with *the contents of* it: of messages and of content."""
    match meaning:
        case Clause("sees", (key,)) if key.split(".")[0] in ("communications", "content"):
            return meaning
        case _:
            return None


def special_only(meaning: Any) -> Any:
    """Return what is seen with a reference to Art. 9, if it is of the special categories."""
    match meaning:
        case Clause("sees", (key,)) if key.split(".")[0] == "special":
            return meaning
        case _:
            return None


def partly(meaning: Any) -> Any:
    """Return what is seen unless it is *all* of something, of which a place is said otherwise."""
    match strip_marks(meaning):
        case Clause("sees-all"):
            return None
        case Listed(_, parts) if any(isinstance(each, Clause) and each.name == "sees-all" for each in parts):
            return None
        case _:
            return meaning


def seen_there(seen: Any, where: Any) -> Any:
    """Return data that is seen in a place; of *no data in a place*, both or only the data may be denied.

    `All personal data in the EU` is nowhere else, or all kinds of it are seen.
    """
    if isinstance(seen, Loose | Proposal):
        return _mark_each(seen, seen_there(seen.part, where))
    if isinstance(where, Loose | Proposal):
        return _mark_each(where, seen_there(seen, where.part))
    denied = close(seen)
    if isinstance(denied, Clause) and denied.name == "sees-all" and (only_there := stay(where)) is not None:
        some = both(Clause("sees", denied.arguments[:1]), only_there)
        return make_several(some, make_loose(both(denied, where)))
    parts = denied.parts if isinstance(denied, And) else (denied,)
    if not all(isinstance(each, Not) for each in parts):
        return both(seen, where)
    there = [Not(both(each.part, where)) for each in parts if isinstance(each, Not)]
    return make_several(fold_chain(both, tuple(there)), make_loose(both(seen, where)))


def _mark_each(mark: Loose | Proposal, meaning: Any) -> Any:
    """Return the meanings of an action with a mark that one of its parts has."""
    return make_several(*(mark._replace(part=each) for each in iter_meanings(meaning)))


def beyond(meaning: Any) -> Any:
    """Return *sees something other than this*: some data, and not only this."""
    only_this = only(meaning)
    return None if only_this is None else And((Clause("sees", ("everything",)), Not(only_this)))


_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3}


def all_listed(chain: Chain) -> Any:
    """Return *all of these*: each of them is seen; a comma is an *and*."""
    return None if "or" in chain[1::2] else fold_chain(both, chain[::2])


def at_least(number: str, chain: Chain) -> Any:
    """Return *at least two of*: one of the ways to take two holds."""
    items, size = chain[::2], _COUNTS[number.rpartition(" ")[2]]
    if len(items) < size or any(isinstance(strip_marks(each), Not) for each in items):
        return None
    chosen = [fold_chain(both, each) for each in combinations(items, size)]
    return fold_chain(either, tuple(chosen))


def stay_remote(where: Any) -> Any:
    """Return *no remote access from outside*."""
    match close(where):
        case Clause("in", names):
            return Not(Clause("remote-outside", names))
        case Clause("outside", names):
            return Not(Clause("remote-in", names))
        case _:
            return None


def stated_fact(meaning: Any) -> Any:
    """Return the clause of a phrase with *with*; *with our data* adds none."""
    found = close(meaning)
    return None if found == Clause("has", ("data",)) else found


def propose_each(name: str, values: Any) -> Any:
    """Propose a clause for each of some values; for a certification where none is named, any of them."""
    found = values.split() if isinstance(values, str) else values
    clauses = [Clause(name, (value,)) for value in found] or [Clause("has", ("certifications",))]
    return make_several(*map(Proposal, clauses))


# Places


def inside(places: Names) -> Any:
    """Return `in a and b`: both; `in a or b`: one area."""
    if places.kind == "and":
        return Listed("and", tuple(Clause("in", (name,)) for name in places.names))
    return Clause("in", places.names)


def inside_either(one: Names, other: Names) -> Question:
    """Return `in a or in b` as one area."""
    return Clause("in", (*one.names, *other.names))


def both_inside(one: Names, other: Names) -> Question:
    """Return *only in a or in b*: nowhere outside of both."""
    return Not(Clause("outside", (*one.names, *other.names)))


def outside(places: Names) -> Question:
    """Return `outside a and b`: outside the area that both are."""
    return Clause("outside", places.names)


def only_inside(places: Names) -> Question:
    """Return *nowhere outside*."""
    return Not(Clause("outside", places.names))


def settle_places(chain: Chain) -> Any:
    """Join places that have their prepositions; `in a or in b` is one area.

    None is returned for `in a but in b`: it needs a negation that is before both.
    """
    items, conns = chain[::2], list_conns(chain)
    is_plain = all(isinstance(item, Clause) for item in items) and len({item.name for item in items}) == 1
    if is_plain and "but" in conns:
        return None
    if is_plain and set(conns) == {"or"}:
        return Clause(items[0].name, tuple(name for item in items for name in item.arguments))
    return settle_list(chain)


def at(what: str, where: Any) -> Any:
    """Return a phrase about processing as one about a seat, an owner, remote access or a transfer."""
    return map_clauses(where, lambda found: Clause(f"{what}-{found.name}", found.arguments))


def stay(where: Any) -> Any:
    """Return *only there*: all data is in the places, so nothing is outside them."""
    if isinstance(where, Proposal):
        inner = stay(where.part)
        return None if inner is None else where._replace(part=inner)
    match close(where):
        case Clause("in", names):
            return Not(Clause("outside", names))
        case Clause("outside", names):
            return Not(Clause("in", names))
        case And(parts) if all(isinstance(each, Clause) and each.name == "in" for each in parts):
            names = tuple(name for each in parts if isinstance(each, Clause) for name in each.arguments)
            return Not(Clause("outside", names))
        case _:
            return None


def _is_inside(where: Any) -> bool:
    found = strip_marks(where)
    return isinstance(found, Clause) and found.name == "in"


def kept_in(where: Any) -> Any:
    """`keep data in the EU`: in at least one place there, or only there, are both meant."""
    if not _is_inside(where):
        return where
    return make_several(where, make_loose(stay(where)))


def data_kept_in(data: Any, where: Any) -> Any:
    """`keep email in the EU`, with the same two meanings."""
    if not _is_inside(where):
        return both(data, where)
    if isinstance(data, Clause) and data.name == "sees-all":
        return seen_there(data, where)
    return make_several(both(data, where), make_loose(both(data, stay(where))))


def propose_only_where(data: Any, where: Any) -> Any:
    """`see only email in the EU`: only the data, or only the place?"""
    only_data, only_there = only(data), stay(where)
    if only_data is None or only_there is None:
        return None
    return make_several(Proposal(both(only_data, where)), Proposal(both(data, only_there)))


def place_in_part(codes: str, place: str) -> str | None:
    """Return a country after one of its towns or parts: `Frankfurt, Germany`."""
    return place if place in codes.split() else None


def without_adequacy(word: str, no: Any) -> str | None:
    """`countries without an adequacy decision`, `with no adequacy decision`."""
    return "adequate" if word == "without" or no else None


def list_names(name: str, rest: Names | None = None) -> Names:
    """Return names that are all meant."""
    return Names("or", (name, *(rest.names if rest else ())))


CLAUSES: tuple[Callable[..., Any], ...] = (
    all_but,
    all_listed,
    all_of,
    at,
    at_least,
    beyond,
    both_inside,
    clause,
    clause_of_all,
    content_of,
    data_kept_in,
    inside,
    inside_either,
    kept_in,
    list_names,
    only,
    only_inside,
    outside,
    partly,
    place_in_part,
    propose_each,
    propose_only_where,
    seen_there,
    settle_places,
    special_only,
    stated_fact,
    stay,
    stay_remote,
    without_adequacy,
)
"""The actions of this module."""
