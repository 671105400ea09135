"""What a service has, and what the list leaves out: `have a DPA`, `lack a purpose`, `certified`."""

from collections.abc import Iterator, Mapping

from subproc_cli.enums import Basis
from subproc_cli.question import suggestions, vocabulary
from subproc_cli.question.areas import Areas
from subproc_cli.question.lists import ListReader
from subproc_cli.question.names import Names
from subproc_cli.question.query import SEAT, Clause, Not, Question
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import stem

_GOVERNING = vocabulary.HAVE | vocabulary.WITHOUT | vocabulary.LACK | vocabulary.STATE | vocabulary.ARE
"""Verbs before facts."""


class Having:
    """Reads facts. What is *had* may be had without being stated; what is *lacked* is lacked by the list."""

    def __init__(self, reader: ListReader, tree: CategoryTree, areas: Areas, names: Names) -> None:
        self._reader = reader
        self._names = names
        self._tree = tree
        self._areas = areas

    def had(self) -> Question:
        """Read facts of a service behind `have`, `with` or `without`."""
        return self._reader.listed(self._held)

    def lacked(self) -> Question:
        """Read facts behind `lack`, which the list does not state."""
        return self._reader.listed(self._lacking)

    def stated(self) -> Question:
        """Read facts behind `state`, which the list does state."""
        return self._reader.listed(self._stating)

    def certified(self) -> Question:
        """Read what follows `certified`."""
        reader = self._reader
        if not reader.take(vocabulary.CERTIFIED):
            return Clause("has", ("certifications",))
        return self.certificate()

    def certificate(self) -> Question:
        """Read the name of a certification or of a framework."""
        reader = self._reader
        reader.skip(vocabulary.THE)
        name = reader.ahead()
        if not name:
            raise reader.fault("expected a certification or the DPF")
        basis = vocabulary.BASES.get(stem(name))
        if basis is Basis.DPF:
            return Clause("certified", (reader.rest(),))
        if basis:
            line = reader.clause_instead(Line(f"rely on {name}"), vocabulary.ARE)
            raise reader.fault(f"{name!r} is not a certification", "", line)
        return self._names.certification()

    def _held(self) -> Question:
        held = self._fact()
        if self._reader.word == "in" and self._reader.peek(1) == "place":
            self._reader.advance(2)
        return held

    def _fact(self) -> Question:
        reader = self._reader
        if reader.found(lambda phrase: stem(phrase) in vocabulary.SEATS or None):
            seated = self._areas.ahead()
            return self._areas.somewhere(SEAT, only=False) if seated else Clause("has", ("country",))
        if reader.found(lambda phrase: vocabulary.BASES.get(stem(phrase)) is Basis.SCC or None):
            return Clause("relies", (Basis.SCC,))
        return Clause("has", (self._field(vocabulary.HELD),))

    def _lacking(self) -> Question:
        return Clause("lacks", (self._field(vocabulary.FIELDS),))

    def _stating(self) -> Question:
        return Not(self._lacking())

    def _field(self, known: Mapping[str, str]) -> str:
        found = self._reader.found(lambda phrase: known.get(stem(phrase)))
        if found is None:
            raise self._unknown()
        return found

    def _unknown(self) -> Refusal:
        """Return the fault of a word that is not a fact, with the clauses that may be meant."""
        reader, phrase = self._reader, self._reader.ahead()
        verb = reader.word_at(reader.governing(_GOVERNING))
        if self._tree.find(phrase) and verb in vocabulary.HAVE | vocabulary.WITHOUT:
            line = reader.clause_instead(Line(f"see {phrase}"), _GOVERNING)
            return reader.unknown("a fact", _nearest, "for data,", line)
        if vocabulary.BASES.get(stem(phrase)) is Basis.ADEQUACY and reader.denied:
            return reader.unknown("a fact", _nearest, "", *self._adequate())
        hint, clauses = suggestions.fact(phrase)
        lines = (reader.clause_instead(each, _GOVERNING) for each in clauses)
        return reader.unknown("a fact", _nearest, hint, *lines)

    def _adequate(self) -> Iterator[str]:
        """Yield what `in third countries without an adequacy decision` says of the countries."""
        reader = self._reader
        places = vocabulary.IN | vocabulary.TOWARDS | vocabulary.OUTSIDE
        begun = next((at for at in range(reader.at, 0, -1) if reader.word_at(at) in places), None)
        if begun is not None:
            yield reader.instead((begun, reader.at + len(reader.words_ahead()), "outside adequate countries"))


def _nearest(phrase: str) -> str:
    return suggest(phrase, vocabulary.FIELD_WORDS, SURE)
