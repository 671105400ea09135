"""What a question means: its parts, who is asked, and the normal form in which two readings are compared.

Each part prints as it was understood, in a notation that can be typed as a question again.
"""

import re
from collections.abc import Iterator
from inspect import get_annotations
from typing import Any, ClassVar, Self, TypeAlias, dataclass_transform

from subproc_cli.reference.geography import load_country_codes

PROCESSING, SEAT, TRANSFER, REMOTE, OWNER = "processing", "seat", "transfer", "remote", "owner"
"""What can be in a place: processing, the legal entity, data sent there, people with access, the owner."""
AREAS = {
    (PROCESSING, False): "in",
    (PROCESSING, True): "outside",
    (SEAT, False): "based-in",
    (SEAT, True): "based-outside",
    (TRANSFER, False): "transfers-in",
    (TRANSFER, True): "transfers-outside",
    (REMOTE, False): "remote-in",
    (REMOTE, True): "remote-outside",
    (OWNER, False): "owned-in",
    (OWNER, True): "owned-outside",
}
"""The names of clauses about places, by what is there and by whether the outside is meant."""
QUOTED = frozenset(("product", "named", "certified", "owned-by", "passes-to", "subject", "group", "used-for"))
"""The names of clauses whose argument is a text of the list or of the question."""
TIME = frozenset(("announced", "retired", "added", "ended", "will-end", "in-use", "began-before"))
"""The names of clauses that look at all entries, not only at the services in use."""
FUNCTIONS = (
    frozenset(AREAS.values())
    | QUOTED
    | TIME
    | frozenset(
        [
            "since",
            "sees",
            "sees-all",
            "only-sees",
            "has",
            "lacks",
            "role",
            "activation",
            "relies",
            "relies-only",
            "product-only",
            "trains",
            "kept-longer",
            "kept-shorter",
            "any",
        ]
    )
)
_PLAIN = re.compile(r"[\w.-]*[\w-]")


@dataclass_transform(frozen_default=True)
class Value:
    """What never changes, and equals another of its class whose fields are equal.

    A class names its fields as a dataclass does, and type checkers read it as one. The methods of a dataclass
    are compiled for each class when it is imported; these are written once.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Read the fields of a class, after those of the class that it extends."""
        cls._names = (*cls._names, *get_annotations(cls))
        type.__setattr__(cls, "__match_args__", cls._names)  # a type checker knows it
        cls._defaults = {name: getattr(cls, name) for name in cls._names if hasattr(cls, name)}

    def __init__(self, *values: Any, **named: Any) -> None:
        given = dict(zip(self._names, values, strict=False))
        self.__dict__.update(self._defaults, **given, **named)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(frozenset(self.__dict__.values()))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
        )

    def _replace(self, **changes: Any) -> Self:
        """Return the same with other values of some fields."""
        return type(self)(**{**self.__dict__, **changes})


class Clause(Value):
    """One thing to ask of a service.

    Attributes:
        name: what is asked, one of `FUNCTIONS`.
        arguments: categories, places, fields and so on in their canonical form; places count as one area.
    """

    name: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(self._format_argument, self.arguments))})"

    def _format_argument(self, argument: str) -> str:
        is_place = self.name in AREAS.values()
        needs_quotes = not _is_bare_place(argument) if is_place else self.name in QUOTED
        return f'"{argument}"' if needs_quotes else argument


def _is_bare_place(argument: str) -> bool:
    """Return whether a place needs no quotes; a publisher may give a region any name."""
    return argument in load_country_codes() or bool(_PLAIN.fullmatch(argument))


class Not(Value):
    """The negation of a part."""

    part: "Question"

    def __str__(self) -> str:
        text = str(self.part)
        return f"not ({text})" if isinstance(self.part, And | Or) else f"not {text}"


class And(Value):
    """All of several parts."""

    parts: tuple["Question", ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


class Or(Value):
    """At least one of several parts."""

    parts: tuple["Question", ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, And) else str(part) for part in self.parts)


Question: TypeAlias = Clause | Not | And | Or


def join_parts(kind: type[And] | type[Or], parts: list[Question]) -> Question:
    """Return parts joined by `and` or `or`, flat and each once; a single part is returned as it is."""
    flat: dict[Question, None] = {}
    for part in parts:
        flat |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def iter_clauses(question: Question) -> Iterator[Clause]:
    """Yield the clauses of a question from left to right."""
    match question:
        case Clause():
            yield question
        case Not(part):
            yield from iter_clauses(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from iter_clauses(part)


_ONE_VALUED = frozenset(("based-in", "owned-in", "role", "activation"))
"""Clauses about a fact with one value: `or` between two of them is one set."""


_SETS = frozenset((*AREAS.values(), *_ONE_VALUED, "named", "only-sees", "relies-only", "product-only"))
"""Clauses whose arguments are one set, so that their order does not matter."""


def normalize(question: Question) -> Question:
    """Return a question in the form in which questions that mean the same are equal.

    Negations go inward, parts are flat, sorted and without doubles; *based outside* is *not based in*.
    """
    return _normalize(question, is_negated=False)


def _normalize(question: Question, *, is_negated: bool) -> Question:
    match question:
        case Not(part):
            return _normalize(part, is_negated=not is_negated)
        case And(parts) | Or(parts):
            kind = And if isinstance(question, And) is not is_negated else Or
            found = [_normalize(part, is_negated=is_negated) for part in parts]
            joined = join_parts(kind, found)
            if isinstance(joined, kind):
                return join_parts(kind, sorted(_merge(kind, joined.parts), key=str))
            return joined
        case Clause(name, arguments):
            if name in ("based-outside", "owned-outside"):
                return _normalize(Clause(f"{name.split('-')[0]}-in", arguments), is_negated=not is_negated)
            clause = Clause(name, _sort_arguments(name, arguments))
            return Not(clause) if is_negated else clause


def _sort_arguments(name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Return arguments that are one set in order; those of `sees-all` are a category and its exceptions."""
    if name in _SETS:
        return tuple(sorted(set(arguments)))
    return (*arguments[:1], *sorted(set(arguments[1:]))) if name == "sees-all" else arguments


def _merge(kind: type[And] | type[Or], parts: tuple[Question, ...]) -> Iterator[Question]:
    """Yield parts with those about one fact as one set: `in A or in B` for a fact with one value."""
    merged: dict[tuple[str, bool], list[str]] = {}
    for part in parts:
        inner, negated = (part.part, True) if isinstance(part, Not) else (part, False)
        if isinstance(inner, Clause) and inner.name in _ONE_VALUED and negated is (kind is And):
            merged.setdefault((inner.name, negated), []).extend(inner.arguments)
        else:
            yield part
    for (name, negated), arguments in merged.items():
        clause = Clause(name, tuple(sorted(set(arguments))))
        yield Not(clause) if negated else clause


class Who(Value):
    """Who is asked.

    Attributes:
        role: the role that the noun names; empty for services of any role.
        filter: what else they must be known to meet; None for nothing.
        noun: the noun as it is printed, in the plural.
    """

    role: str = ""
    filter: Question | None = None
    noun: str = "services"


EVERYONE = Who()


class Query(Value):
    """A whole question.

    Attributes:
        kind: `list`, `count`, `all` or `none` (claims), `verdict` (one service) or `facts`.
        who: who is asked.
        predicate: what is asked of each; None where only the services are listed.
        service: the id of the one service that is asked about.
        fact: the part of a service that is shown.
    """

    kind: str
    who: Who = EVERYONE
    predicate: Question | None = None
    service: str = ""
    fact: str = ""

    def __str__(self) -> str:
        return str(self.predicate) if self.predicate else self.kind

    @property
    def asked(self) -> Question:
        """What is asked of each service: *no vendor sees X* claims of each that it does not see X."""
        if self.predicate is None:
            return Clause("any")
        return normalize(Not(self.predicate)) if self.kind == "none" else self.predicate


def normalize_query(query: Query) -> Query:
    """Return a query with its parts in normal form; a restriction of who is asked counts as a part."""
    who = query.who
    parts = [part for part in (who.filter, query.predicate) if part is not None]
    if query.kind == "list" and not parts and who.role:
        return Query("list", predicate=Clause("role", (who.role,)))
    if query.kind in ("list", "count") and parts:
        predicate = normalize(join_parts(And, parts))
        return query._replace(who=Who(who.role), predicate=predicate)
    wanted = normalize(who.filter) if who.filter is not None else None
    normalized = normalize(query.predicate) if query.predicate is not None else None
    return query._replace(who=Who(who.role, wanted), predicate=normalized)
