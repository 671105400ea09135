"""The actions of the grammar for connectives and negation."""

from collections.abc import Callable
from typing import Any

from subproc_cli.question.query import And, Not, Or, join_parts
from subproc_cli.question.values import (
    Chain,
    Listed,
    Loose,
    Names,
    Proposal,
    close,
    iter_meanings,
    make_loose,
    make_several,
    map_inner,
    strip_marks,
)


def listed(chain: Chain) -> Names | None:
    """Return the names of a list with one connective."""
    conns = list_conns(chain)
    if len(set(conns)) > 1 or "," in conns:
        return None
    kind = conns[0] if conns else ""
    return Names("and" if kind == "but" else kind, chain[::2])


def joined(kind: str, chain: Chain) -> Names | None:
    """Return the names of a list with the connective that is meant, whatever word joins them."""
    return Names(kind, chain[::2]) if len(chain) > 1 else None


def list_conns(chain: Chain) -> list[str]:
    """Return the words between the items; a comma is read as the next word after it."""
    conns = list(chain[1::2])
    for index in range(len(conns) - 2, -1, -1):
        if conns[index] == ",":
            conns[index] = conns[index + 1]
    return ["and" if conn == "nor" else conn for conn in conns]


def _combine(kind: type[And] | type[Or], one: Any, other: Any) -> Any:
    if isinstance(one, Loose | Proposal):
        return type(one)(_combine(kind, one.part, other))
    if isinstance(other, Loose | Proposal):
        return type(other)(_combine(kind, one, other.part))
    return join_parts(kind, [one, other])


def both(one: Any, other: Any) -> Any:
    """Return `one and other`; a word without a meaning of its own (`external`) adds nothing."""
    if "anything" in (one, other):
        return one if other == "anything" else other
    return _combine(And, close(one), close(other))


def either(one: Any, other: Any) -> Any:
    """Return `one or other`."""
    return _combine(Or, close(one), close(other))


def pair(one: Any, conn: str, other: Any) -> Any:
    """Return two clauses with the word between them."""
    return both(one, other) if conn == "and" else either(one, other)


def any_of(chain: Chain) -> Any:
    """Return *at least one of* several, whatever word joins them."""
    return fold_chain(either, chain[::2]) if len(chain) > 1 else None


def neither(one: Any, rest: Chain) -> Any:
    """Return the clause that none of several holds."""
    return fold_chain(both, tuple(map_inner(close(each), Not) for each in (one, *rest[::2])))


def fold_chain(join: Callable[[Any, Any], Any], items: Chain) -> Any:
    """Join items from left to right."""
    found = items[0]
    for item in items[1:]:
        found = join(found, item)
    return found


def settle(chain: Chain) -> Any:
    """Join clauses: `but` closes what is before it, and `a and b or c` has two readings."""
    items, conns = chain[::2], list_conns(chain)
    if "," in conns:
        is_open = set(conns) == {","} and isinstance(items[-1], Not) and isinstance(items[-1].part, And | Or)
        return make_loose(fold_chain(both, items)) if is_open else None
    if "but" in conns:
        at = len(conns) - 1 - conns[::-1].index("but")
        before, after = settle(chain[: 2 * at + 1]), settle(chain[2 * at + 2 :])
        found = [both(one, other) for one in iter_meanings(before) for other in iter_meanings(after)]
        return make_several(*found) if found else None
    if not conns:
        return close(items[0])
    if len(set(conns)) == 1:
        return fold_chain(both if conns[0] == "and" else either, items)
    return make_several(_bind(items, conns, "and"), make_loose(_bind(items, conns, "or")))


def _bind(items: Chain, conns: list[str], closer: str) -> Any:
    """Join items by `and` and `or`, one of which binds closer."""
    groups: list[list[Any]] = [[items[0]]]
    for conn, item in zip(conns, items[1:], strict=True):
        if conn == closer:
            groups[-1].append(item)
        else:
            groups.append([item])
    inner, outer = (both, either) if closer == "and" else (either, both)
    return fold_chain(outer, tuple(fold_chain(inner, tuple(group)) for group in groups))


def settle_list(chain: Chain) -> Any:
    """Join the items of a list; a list with one connective stays open for a negation before it."""
    items, conns = chain[::2], list_conns(chain)
    if not conns:
        return items[0]
    marked = any(isinstance(item, Loose | Proposal) for item in items)
    if set(conns) in ({"and"}, {"or"}) and not marked:
        return Listed(conns[0], tuple(items))
    return settle(tuple(close(each) if index % 2 == 0 else each for index, each in enumerate(chain)))


def without(chain: Chain, denied: Any) -> Any:
    """Return `a but not b`; in `a, b but not c` the comma is an *and*."""
    if set(list_conns(chain)) == {","}:
        chain = tuple("and" if index % 2 else item for index, item in enumerate(chain))
    found = [both(each, denied) for each in iter_meanings(settle_list(chain))]
    return make_several(*found) if found else None


def negate(meaning: Any) -> Any:
    """Negate with `not`: before a list with `and`, some mean *neither* and some *not both*."""
    match meaning:
        case Listed(kind, (first, *others)) if others and all(isinstance(each, Not) for each in others):
            return close(Listed(kind, (Not(first), *others)))  # `not in A and not in B`: each has its own
        case _:
            pass
    whole = map_inner(meaning, lambda inner: Not(close(inner)))
    if not _has_open_and(meaning):
        return whole
    return make_several(whole, make_loose(deny(meaning)))


def deny(meaning: Any) -> Any:
    """Negate with `no`, which takes each item of the list to its right."""
    return map_inner(meaning, lambda inner: Not(close(_to_or(inner))))


def deny_list(chain: Chain) -> Any:
    """Negate a list with `no` or `without`."""
    found = [deny(each) for each in iter_meanings(settle_list(chain))]
    return make_several(*found) if found else None


def negate_after_but(meaning: Any) -> Any:
    """Negate after *but*: `but not A and B` is neither of them, or not both."""
    neither = deny(meaning)
    return make_several(neither, make_loose(negate_whole(meaning))) if _has_open_and(meaning) else neither


def positive(meaning: Any) -> Any:
    """Return a meaning that is not a negation: a negated part of a list has its own *not*."""
    return None if isinstance(strip_marks(meaning), Not) else meaning


def negate_each(meaning: Any) -> Any:
    """Negate each item of a list."""
    if isinstance(meaning, Listed):
        return Listed(meaning.kind, tuple(Not(part) for part in meaning.parts))
    return map_inner(meaning, Not)


def _has_open_and(meaning: Any) -> bool:
    match meaning:
        case Listed(kind, parts):
            return kind == "and" or any(map(_has_open_and, parts))
        case And(parts) | Or(parts):
            return any(map(_has_open_and, parts))
        case Not(part) | Loose(part) | Proposal(part):
            return _has_open_and(part)
        case _:
            return False


def _to_or(meaning: Any) -> Any:
    """Return a meaning with `or` in place of the `and` of its open lists."""
    match meaning:
        case Listed(_, parts):
            return Listed("or", tuple(map(_to_or, parts)))
        case And(parts):
            return And(tuple(map(_to_or, parts)))
        case Or(parts):
            return Or(tuple(map(_to_or, parts)))
        case _:
            return meaning


def negate_whole(meaning: Any) -> Any:
    """Negate a meaning as a whole."""
    return map_inner(meaning, lambda inner: Not(close(inner)))


CONNECTIVES: tuple[Callable[..., Any], ...] = (
    any_of,
    both,
    close,
    deny,
    deny_list,
    either,
    joined,
    listed,
    negate,
    negate_after_but,
    negate_each,
    negate_whole,
    neither,
    pair,
    positive,
    settle,
    settle_list,
    without,
)
"""The actions of this module."""
