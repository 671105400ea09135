"""The actions of the grammar: each makes the meaning of a phrase from the meanings of its parts.

An action returns None where its parts do not go together, and `Several` where several meanings are left open.
"""

from collections.abc import Callable
from typing import Any

from subproc_cli.question.clauses import CLAUSES
from subproc_cli.question.connectives import CONNECTIVES, both
from subproc_cli.question.query import EVERYONE, Clause, Not, Query, Who
from subproc_cli.question.time_clauses import TIME_CLAUSES
from subproc_cli.question.values import Absent, Fragment, Instead, Loose, Names, Proposal, close

# Who is asked, and whole questions


def noun(word: str) -> Who:
    """Return who is meant by a noun: `role:how it is printed`."""
    role, _, shown = word.partition(":")
    return Who(role, None, shown)


def noun_with(meaning: Any, word: str) -> Who:
    """Return who is meant by a noun with an adjective."""
    found = noun(word)
    return found if meaning == "anything" else found._replace(filter=meaning)


def restrict(who: Who, meaning: Any) -> Who:
    """Return who is meant by a noun with what follows it: `vendors that see email`; all are *in the list*."""
    if meaning == Clause("any"):
        return who
    return who._replace(filter=close(meaning) if who.filter is None else both(who.filter, meaning))


def query(kind: str, who: Who | None, meaning: Any) -> Any:
    """Return a whole question; in a list or a count, a restriction is one more condition."""
    if isinstance(meaning, Loose | Proposal):
        return type(meaning)(query(kind, who, meaning.part))
    who = who or EVERYONE
    restriction: Any = who.filter
    if isinstance(restriction, Loose | Proposal):
        return type(restriction)(query(kind, who._replace(filter=restriction.part), meaning))
    if restriction is not None and kind in {"list", "count"}:
        joined = close(restriction) if meaning is None else both(restriction, meaning)
        return query(kind, who._replace(filter=None), joined)
    return Query(kind, who, close(meaning) if meaning is not None else None)


def overview() -> Query:
    """Return the question that the table of all services answers."""
    return Query("facts", fact="list")


def named_only(names: Names) -> Who:
    """Return who is meant by the names of some services."""
    return EVERYONE._replace(filter=Clause("named", names.names))


def named_only_not(key: str) -> Who:
    """Return everyone but one service."""
    return EVERYONE._replace(filter=Not(Clause("named", (key,))))


def as_predicate(who: Who) -> Any:
    """Return the condition for a service to be one that a noun means."""
    parts = [Clause("role", (who.role,))] if who.role else []
    if who.filter is None:
        return parts[0] if parts else None
    return both(parts[0], who.filter) if parts else close(who.filter)


def listing(kind: str, who: Who) -> Any:
    """Return the question which services a noun with its restriction means."""
    return query(kind, who, None)


def one(key: str, meaning: Any) -> Any:
    """Return a question about one service."""
    if isinstance(meaning, Loose | Proposal):
        return type(meaning)(one(key, meaning.part))
    return Query("verdict", EVERYONE, close(meaning), service=key)


def fact(part: str, key: str) -> Query:
    """Return the question for a part of one service."""
    return Query("facts", service=key, fact=part)


QUESTIONS: tuple[Callable[..., Any], ...] = (
    noun,
    noun_with,
    restrict,
    query,
    as_predicate,
    listing,
    overview,
    named_only,
    named_only_not,
    one,
    fact,
)
"""The actions for whole questions."""

ACTIONS: dict[str, Callable[..., Any]] = {
    "first": lambda item: (item,),
    "cons": lambda item, conn, rest: (item, conn, *rest),
    "word": lambda text: text,
    "propose": Proposal,
    "fragment": Fragment,
    "instead": Instead,
    "absent": lambda name, part: Absent(part, name),
    "loose": Loose,
    **{
        action.__name__.removeprefix("make_"): action
        for action in (*CONNECTIVES, *CLAUSES, *TIME_CLAUSES, *QUESTIONS)
    },
}
"""The actions by the names that the grammar has for them; `each` takes the meanings of all its parts."""
