"""Names and products in a question; one that the list does not have is refused."""

import re
from collections.abc import Iterable, Mapping

from subproc_cli.evaluation import attributes
from subproc_cli.question import vocabulary
from subproc_cli.question.lists import ListReader
from subproc_cli.question.query import Clause, Or, Question, join_parts
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.registry.models import Service
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import fold, join_words

_WORD = re.compile(r"\w+")
_PART = re.compile(r"[^\W\d_]+|\d+")
_UNSAID = frozenset(["iec", "type"])
"""What some write in the name of a certification, and others do not."""


class Names:
    """Reads the user's own text, and holds it against all services of the list, those of another day too."""

    def __init__(self, reader: ListReader, services: Mapping[str, Service]) -> None:
        self._reader = reader
        self._services = services

    def named(self) -> Question:
        """Read the name of a service, or some words of it."""
        services = self._services
        known = {word: None for key, service in services.items() for word in (service.name, key)}
        name = self._text("a name")
        if not any(attributes.matches_name(name, *each) for each in services.items()):
            self._refuse_quantity()
            if services:
                raise self._unknown(
                    f"no service of the list is named {name!r}", known, "see: subproc list --all"
                )
        return self._taken("named")

    def product(self) -> Question:
        """Read the name of a product; where the list names none, every service serves it."""
        self._reader.skip(vocabulary.BEFORE_PRODUCT)
        name = self._text("a product")
        known = sorted({product for each in self._services.values() for product in each.products})
        if fold(name) not in map(fold, known):
            self._refuse_quantity()
            if known:
                message = f"no service of the list names the product {name!r}"
                raise self._unknown(message, known, f"the list names {', '.join(known)}")
        return self._taken("product")

    def certification(self) -> Question:
        """Read the name of a certification; in another spelling it is that of the list: SOC2, SOC 2."""
        reader = self._reader
        name = self._text("a certification")
        known = sorted({each for service in self._services.values() for each in service.certifications})
        if any(_words(name) in _words(each) for each in known):
            return self._taken("certified")
        self._refuse_quantity()
        meant = [each for each in known if _normal(each)[: len(_normal(name))] == _normal(name) != []]
        if known and not meant:
            words = len(reader.words_ahead())
            lines = (
                Line(reader.instead((reader.at, reader.at + words, each)), instead_of=name) for each in known
            )
            raise reader.fault(
                f"no service of the list names the certification {name!r}",
                f"the list names {join_words(known)}",
                *lines,
            )
        if not known:
            return self._taken("certified")
        reader.rest()
        return join_parts(Or, [Clause("certified", (each,)) for each in meant])

    def _unknown(self, message: str, known: Iterable[str], otherwise: str) -> Refusal:
        reader = self._reader
        words = reader.words_ahead()
        hint = suggest(" ".join(words), known, SURE)
        name = hint.removeprefix("did you mean ").removesuffix("?")
        lines = (Line(reader.instead((reader.at, reader.at + len(words), name)), hint),) if hint else ()
        return reader.fault(message, otherwise, *lines)

    def _refuse_quantity(self) -> None:
        """Refuse `only`, `not` and the like in a name that is not known to hold them."""
        reader = self._reader
        for at in range(reader.at, reader.at + len(reader.words_ahead())):
            if reader.word_at(at) in vocabulary.NEGATIONS:
                raise reader.fault_at(at, f"{reader.text_at(at)!r} is not understood here")
            if reader.word_at(at) in vocabulary.QUANTITIES:
                message = f"{reader.text_at(at)!r} is not understood here"
                raise reader.fault_at(at, message, "", *reader.without(at))

    def _text(self, what: str) -> str:
        words = self._reader.ahead()
        if not words.strip():
            raise self._reader.fault(f"expected {what}")
        return words

    def _taken(self, clause: str) -> Question:
        return Clause(clause, (self._reader.rest(),))


def _words(name: str) -> str:
    """Return the words of a name between spaces: `ISO 27001:2022` holds `ISO 27001`."""
    return f" {' '.join(_WORD.findall(fold(name)))} "


def _normal(name: str) -> list[str]:
    """Return the parts by which certifications are the same: SOC 2 Type II is SOC2 type 2."""
    parts = _PART.findall(fold(name))
    return ["2" if part == "ii" else part for part in parts if part not in _UNSAID]
