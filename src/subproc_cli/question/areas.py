"""Places inside a clause: `in Germany or France`, `only in the EU`, `outside adequate countries`."""

from functools import partial

from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import ADEQUATE, AREAS, And, Clause, Not, Or, Question, joined
from subproc_cli.question.lists import ListReader
from subproc_cli.words import fold, stem

_OPPOSITE = {name: AREAS[based, not outside] for (based, outside), name in AREAS.items()}


class Areas:
    """Reads places, which together are one area."""

    def __init__(self, reader: ListReader, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._gazetteer = gazetteer

    def ahead(self) -> bool:
        """Tell whether a place begins here."""
        return self._reader.word in lexicon.IN | lexicon.TOWARDS | lexicon.OUTSIDE | lexicon.ONLY

    def known(self, phrase: str) -> bool:
        """Tell whether a phrase names a place."""
        return self._gazetteer.find(phrase) is not None

    def somewhere(self, *, based: bool, only: bool) -> Question:
        """Read `in` or `outside` and the places behind it."""
        reader = self._reader
        only = reader.take(lexicon.ONLY) or only
        outside = reader.word in lexicon.OUTSIDE
        if not reader.take(lexicon.IN | lexicon.TOWARDS | lexicon.OUTSIDE):
            raise reader.fault("expected 'in' or 'outside'")
        reader.skip(frozenset(("of",)))
        return self.area(based=based, outside=outside, only=only)

    def area(self, *, based: bool, outside: bool, only: bool) -> Question:
        """Read the places of an area, of which a service lies in or outside, perhaps with nothing else."""
        read = partial(self._place, based=based, outside=outside)
        places = self._reader.listed(read, self._is_code)
        only = self._reader.take(lexicon.ONLY) or only
        united = _united(places, every=outside or only)
        if not only:
            return united
        if not isinstance(united, Clause):
            raise self._reader.fault("'only' takes a plain list of places")
        return Not(Clause(_OPPOSITE[united.name], united.arguments))

    def _is_code(self, word: str) -> bool:
        """Tell whether a word is the code of a country although it looks like another word: NO, BE, IS."""
        return word.isupper() and self._gazetteer.code(word) is not None

    def _place(self, *, based: bool, outside: bool) -> Question:
        name = AREAS[based, outside]
        found = self._reader.found(partial(self._area, name))
        if found is None:
            raise self._reader.unknown("a place", self._nearest)
        return found

    def _area(self, name: str, phrase: str) -> Clause | None:
        """Return the clause of a phrase: third countries and `non-EU countries` lie on the other side."""
        words = stem(phrase)
        if words in lexicon.THIRD_COUNTRIES:
            return Clause(_OPPOSITE[name], ("EEA",))
        if words in lexicon.ADEQUATE:
            return Clause(name, (ADEQUATE,))
        place = self._gazetteer.find(phrase)
        if place:
            return Clause(name, (place,))
        other = words.startswith("non ") and self._gazetteer.find(words[4:].removesuffix(" country"))
        return Clause(_OPPOSITE[name], (other,)) if other else None

    def _nearest(self, phrase: str) -> str:
        return "say EU or EEA" if fold(phrase) in lexicon.VAGUE_PLACES else self._gazetteer.proposal(phrase)

    def of_companies(self, phrase: str) -> str | None:
        """Return the place of `US companies` and `EU-based`."""
        place, _, kind = stem(phrase).rpartition(" ")
        return self._gazetteer.find(place) if kind in lexicon.COMPANIES else None


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
