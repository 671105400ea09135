"""What a question is made of. Each part prints as it was understood, and that print can be read again."""

import re
from typing import NamedTuple, TypeAlias

from subproc_cli.question import vocabulary
from subproc_cli.reference.geography import load_country_codes

PROCESSING, SEAT, TRANSFER = "processing", "seat", "transfer"
"""What may lie in a place: where data is processed, the legal entity, or where data goes, also by others."""
AREAS = {
    (PROCESSING, False): "in",
    (PROCESSING, True): "outside",
    (SEAT, False): "based-in",
    (SEAT, True): "based-outside",
    (TRANSFER, False): "transfers-in",
    (TRANSFER, True): "transfers-outside",
}
"""The names of clauses about places, by what lies there and by whether the outside is meant."""

QUOTED = frozenset(("product", "named", "certified"))
"""The names of clauses whose argument is the user's own text."""

_PLAIN = re.compile(r"[\w.-]*[\w-]")


class Clause(NamedTuple):
    """One thing to ask of a service.

    Attributes:
        name: what is asked: `sees`, `sees-all`, `in`, `outside`, `based-in`, `based-outside`,
            `transfers-in`, `transfers-outside`, `has`, `lacks`, `role`, `activation`, `product`, `named`,
            `since`, `relies`, `relies-only` or `certified`.
        arguments: canonical categories, places, fields and so on; places count as one area.
    """

    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(self._printed, self.arguments))})"

    def _printed(self, argument: str) -> str:
        place = self.name in AREAS.values()
        quoted = not _is_bare(argument) if place else self.name in QUOTED
        return f'"{argument}"' if quoted else argument


def _is_bare(argument: str) -> bool:
    """Return whether a place reads as one name without quotes; a publisher may call a region anything.

    The code of a country (`NO`, `BE`) is distinguished from a word of the language by its capitals.
    """
    if argument in load_country_codes():
        return True
    return bool(_PLAIN.fullmatch(argument)) and argument.casefold() not in vocabulary.RESERVED


class Not(NamedTuple):
    """The mirror image of a part."""

    part: "Question"

    def __str__(self) -> str:
        text = str(self.part)
        return f"not ({text})" if isinstance(self.part, And | Or) else f"not {text}"


class And(NamedTuple):
    """All of several parts."""

    parts: tuple["Question", ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


class Or(NamedTuple):
    """At least one of several parts."""

    parts: tuple["Question", ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Question: TypeAlias = Clause | Not | And | Or


def join_parts(kind: type[And] | type[Or], parts: list[Question]) -> Question:
    """Return parts joined by `and` or `or`, flat; a single part is returned as it is."""
    flat: list[Question] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
