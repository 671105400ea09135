"""What a text turned out to say: facts for fields, and what of it was not understood."""

from typing import Any, NamedTuple


class Fact(NamedTuple):
    """A value for a field of a service.

    Attributes:
        path: the field, `entity.country`; of a list field, the fact is one item.
        value: the value in the form of the file.
        guessed: whether a person has to look at it.
    """

    path: str
    value: Any
    guessed: bool = False


class Reading(NamedTuple):
    """What one text says.

    Attributes:
        facts: what was understood.
        rest: what of it was not; the whole text goes into the notes then.
    """

    facts: tuple[Fact, ...] = ()
    rest: str = ""

    @property
    def guessed(self) -> bool:
        """Whether any of it is a guess."""
        return any(fact.guessed for fact in self.facts)


def kept(text: str) -> Reading:
    """Return that nothing of a text was understood."""
    return Reading((), text)
