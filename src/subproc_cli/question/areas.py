"""Places inside a clause: `in Germany or France`, `only in the EU`, `outside adequate countries`."""

from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import ADEQUATE, AREAS, And, Clause, Not, Or, Question, joined
from subproc_cli.question.lists import ListReader
from subproc_cli.words import stem


class Areas:
    """Reads places, which together are one area."""

    def __init__(self, reader: ListReader, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._gazetteer = gazetteer

    def ahead(self) -> bool:
        """Tell whether a place begins here."""
        return self._reader.word in lexicon.IN | lexicon.OUTSIDE | lexicon.ONLY

    def known(self, phrase: str) -> bool:
        """Tell whether a phrase names a place."""
        return self._gazetteer.find(phrase) is not None

    def somewhere(self, *, based: bool, only: bool) -> Question:
        """Read `in` or `outside` and the places behind it."""
        reader = self._reader
        only = reader.take(lexicon.ONLY) or only
        outside = reader.word in lexicon.OUTSIDE
        if not reader.take(lexicon.IN | lexicon.OUTSIDE):
            raise reader.fault("expected 'in' or 'outside'")
        reader.skip(frozenset(("of",)))
        return self.area(based=based, outside=outside, only=only)

    def area(self, *, based: bool, outside: bool, only: bool) -> Question:
        """Read the places of an area, of which a service lies in or outside, perhaps with nothing else."""
        places = self._reader.listed(lambda: self._place(based=based, outside=outside))
        united = _united(places, every=outside or only)
        if not only:
            return united
        if not isinstance(united, Clause):
            raise self._reader.fault("'only' takes a plain list of places")
        return Not(Clause(AREAS[based, not outside], united.arguments))

    def _place(self, *, based: bool, outside: bool) -> Question:
        if self._reader.found(_third_countries):
            return Clause(AREAS[based, not outside], ("EEA",))
        found = self._reader.found(_adequate) or self._reader.found(self._gazetteer.find)
        if found is None:
            raise self._reader.unknown("a place", self._gazetteer.proposal)
        return Clause(AREAS[based, outside], (found,))


def _third_countries(phrase: str) -> bool | None:
    return stem(phrase) in lexicon.THIRD_COUNTRIES or None


def _adequate(phrase: str) -> str | None:
    return ADEQUATE if stem(phrase) in lexicon.ADEQUATE else None


def _united(places: Question, *, every: bool) -> Question:
    """Join places into one area: those of an `or`, or all of them where `and` means the same."""
    if not isinstance(places, And | Or):
        return places
    parts = [_united(part, every=every) for part in places.parts]
    clauses = [part for part in parts if isinstance(part, Clause)]
    names = {clause.name for clause in clauses}
    if len(clauses) < len(parts) or len(names) > 1 or not (every or isinstance(places, Or)):
        return joined(type(places), parts)
    together = dict.fromkeys(place for clause in clauses for place in clause.arguments)
    return Clause(names.pop(), tuple(together))
