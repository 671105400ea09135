"""What a service has, and what the list leaves out: `have a DPA`, `lack a purpose`, `certified`."""

from collections.abc import Mapping

from subproc_cli.enums import Basis
from subproc_cli.law.categories import Tree
from subproc_cli.question import lexicon, unclear
from subproc_cli.question.areas import Areas
from subproc_cli.question.clauses import Clause, Not, Question
from subproc_cli.question.lists import ListReader
from subproc_cli.words import SURE, did_you_mean, stem


class Having:
    """Reads facts. What is *had* may be had without being stated; what is *lacked* is lacked by the list."""

    def __init__(self, reader: ListReader, tree: Tree, areas: Areas) -> None:
        self._reader = reader
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
        """Read what stands behind `certified`."""
        reader = self._reader
        if not reader.take(lexicon.CERTIFIED):
            return Clause("has", ("certifications",))
        return self.certificate()

    def certificate(self) -> Question:
        """Read the name of a certification or of a framework."""
        reader = self._reader
        reader.skip(lexicon.THE)
        name = reader.ahead()
        if not name:
            raise reader.fault("expected a certification or the DPF")
        if lexicon.BASES.get(stem(name), Basis.DPF) is not Basis.DPF:
            raise reader.fault(f"{name!r} is no certification", f"say 'rely on {name}'")
        return Clause("certified", (reader.rest(),))

    def _held(self) -> Question:
        held = self._fact()
        if self._reader.word == "in" and self._reader.peek(1) == "place":
            self._reader.advance(2)
        return held

    def _fact(self) -> Question:
        reader = self._reader
        if reader.found(lambda phrase: stem(phrase) in lexicon.SEATS or None):
            seated = self._areas.ahead()
            return self._areas.somewhere(based=True, only=False) if seated else Clause("has", ("country",))
        if reader.found(lambda phrase: lexicon.BASES.get(stem(phrase)) is Basis.SCC or None):
            return Clause("relies", (Basis.SCC,))
        return Clause("has", (self._field(lexicon.HELD),))

    def _lacking(self) -> Question:
        return Clause("lacks", (self._field(lexicon.FIELDS),))

    def _stating(self) -> Question:
        return Not(self._lacking())

    def _field(self, known: Mapping[str, str]) -> str:
        found = self._reader.found(lambda phrase: known.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a fact", self._nearest)
        return found

    def _nearest(self, phrase: str) -> str:
        if self._tree.find(phrase):
            return f"for data, say 'see {phrase}'"
        return unclear.fact(phrase) or did_you_mean(phrase, lexicon.FIELD_WORDS, SURE)
