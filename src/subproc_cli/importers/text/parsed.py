"""The result of reading a text: facts for fields, and the part that was not understood."""

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


class ParsedValue(NamedTuple):
    """What one text says.

    Attributes:
        facts: what was understood.
        rest: what of it was not; the whole text goes into the notes then.
        partly: whether it speaks of its field, but was not understood as a whole: a person has to read it.
    """

    facts: tuple[Fact, ...] = ()
    rest: str = ""
    partly: bool = False

    @property
    def guessed(self) -> bool:
        """Whether any of it is a guess."""
        return True in [fact.guessed for fact in self.facts]


def make_unparsed(text: str) -> ParsedValue:
    """Return a result without facts, because nothing was understood."""
    return ParsedValue((), text)


def make_partial(text: str, facts: tuple[Fact, ...] = ()) -> ParsedValue:
    """Return a result that was understood only in part."""
    return ParsedValue(facts, text, partly=True)
