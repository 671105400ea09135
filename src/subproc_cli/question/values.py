"""The meanings of phrases while a question is read, before they are parts of a whole question."""

from collections.abc import Callable
from typing import Any, TypeAlias

from subproc_cli.question.chart import Several
from subproc_cli.question.query import And, Clause, Not, Or, Question, Value, join_parts

NARROWER = "\0"
"""What a name begins with that is wider than the word of the question, so that it is only proposed."""
Chain: TypeAlias = tuple[Any, ...]
"""Items with the words between them: `(a, "and", b, "or", c)`."""


class Listed(Value):
    """Clauses of one list, `a and b`: a negation before it can cover each of them or the list as a whole."""

    kind: str
    parts: tuple[Question, ...]


class Names(Value):
    """Names in a list: places, fields, bases and so on."""

    kind: str
    names: tuple[str, ...]


class Loose(Value):
    """A reading that the documented one goes before in policies and other questions of a list."""

    part: Any


class Proposal(Value):
    """A reading that is only proposed, never answered."""

    part: Any


class Fragment(Proposal):
    """A reading of words that are not a whole question: `email`."""


class Instead(Proposal):
    """A question that a list can answer instead of one that it cannot: `encrypt data`."""


class Absent(Instead):
    """A question without the name in it, which no service of the list has: `does Example see email`."""

    name: str


def make_several(*meanings: Any) -> Any:
    """Return one meaning as it is, and several as readings that differ."""
    return meanings[0] if len(meanings) == 1 else Several(meanings)


def make_loose(meaning: Any) -> Any:
    """Return a reading that another goes before; what is only proposed stays so."""
    found = meaning.part if isinstance(meaning, Loose) else meaning
    return found if isinstance(found, Proposal) else Loose(found)


def map_inner(meaning: Any, make: Callable[[Any], Any]) -> Any:
    """Apply a function to what is inside the marks of a reading."""
    match meaning:
        case Loose(part) | Proposal(part):
            return meaning._replace(part=map_inner(part, make))
        case _:
            return make(meaning)


def strip_marks(meaning: Any) -> Any:
    """Return what is inside the marks of a reading."""
    return strip_marks(meaning.part) if isinstance(meaning, Loose | Proposal) else meaning


def map_clauses(meaning: Any, make: Callable[[Clause], Any]) -> Any:
    """Return a meaning with each of its clauses replaced.

    Raises:
        TypeError: the value is not a meaning.
    """
    match meaning:
        case Clause():
            return make(meaning)
        case Not(part):
            return Not(map_clauses(part, make))
        case Listed(kind, parts):
            return Listed(kind, tuple(map_clauses(part, make) for part in parts))
        case And(parts):
            return And(tuple(map_clauses(part, make) for part in parts))
        case Or(parts):
            return Or(tuple(map_clauses(part, make) for part in parts))
        case Loose() | Proposal():
            return map_inner(meaning, lambda inner: map_clauses(inner, make))
        case _:
            raise TypeError(meaning)


def close(meaning: Any) -> Any:
    """Return a meaning whose lists are closed by a verb or by brackets: `and` of them is an ordinary one."""
    match meaning:
        case Listed(kind, parts):
            return join_parts(And if kind == "and" else Or, [close(part) for part in parts])
        case Not(part):
            return Not(close(part))
        case And(parts):
            return join_parts(And, [close(part) for part in parts])
        case Or(parts):
            return join_parts(Or, [close(part) for part in parts])
        case Loose() | Proposal():
            return map_inner(meaning, close)
        case _:
            return meaning


def iter_meanings(meaning: Any) -> tuple[Any, ...]:
    """Return the meanings of an action, none if its parts do not go together."""
    if meaning is None:
        return ()
    return meaning.meanings if isinstance(meaning, Several) else (meaning,)
