"""What a question is made of. Each part prints as it was understood, and that print can be read again."""

from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.enums import Activation, Basis, Role

ADEQUATE = "adequate"
"""Stands for the EEA and the countries that the list's regimes hold adequate, where a place is expected."""


class Sees(NamedTuple):
    """Sees a category, given by key, or `personal` data."""

    category: str

    def __str__(self) -> str:
        return f"sees({self.category})"


class Lies(NamedTuple):
    """Processes, or is based, in or outside the area that some places cover together."""

    based: bool
    outside: bool
    places: tuple[str, ...]

    def __str__(self) -> str:
        side = "outside" if self.outside else "in"
        return f"{'based-' if self.based else ''}{side}({', '.join(self.places)})"


class Lacks(NamedTuple):
    """Does not state a fact."""

    field: str

    def __str__(self) -> str:
        return f"lacks({self.field})"


class HasRole(NamedTuple):
    """Has a role in the terms of the GDPR."""

    role: Role

    def __str__(self) -> str:
        return f"role({self.role})"


class HasActivation(NamedTuple):
    """Is used always, after an opt-in, or until an opt-out."""

    activation: Activation

    def __str__(self) -> str:
        return f"activation({self.activation})"


class Serves(NamedTuple):
    """Serves a product of the publisher."""

    product: str

    def __str__(self) -> str:
        return f'product("{self.product}")'


class Named(NamedTuple):
    """Has words in its name."""

    words: str

    def __str__(self) -> str:
        return f'named("{self.words}")'


class Since(NamedTuple):
    """Is in use since that day or a later one."""

    day: date

    def __str__(self) -> str:
        return f"since({self.day.isoformat()})"


class Relies(NamedTuple):
    """Rests its transfers on a basis, or on nothing else."""

    basis: Basis
    only: bool

    def __str__(self) -> str:
        return f"relies{'-only' if self.only else ''}({self.basis})"


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
        return " and ".join(f"({p})" if isinstance(p, Or) else str(p) for p in self.parts)


class Or(NamedTuple):
    """At least one of several parts."""

    parts: tuple["Question", ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Question: TypeAlias = (
    Sees
    | Lies
    | Lacks
    | HasRole
    | HasActivation
    | Serves
    | Named
    | Since
    | Relies
    | Not
    | And
    | Or
)


def joined(kind: type[And] | type[Or], parts: list[Question]) -> Question:
    """Return parts joined by `and` or `or`, flat; a single part stands for itself."""
    flat: list[Question] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
