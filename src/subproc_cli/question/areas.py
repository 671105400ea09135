"""Places inside a clause: `in Germany or France`, `only in the EU`, `outside adequate countries`."""

from functools import partial

from subproc_cli.errors import QuestionFault
from subproc_cli.law.places import WORLDWIDE, Gazetteer, bare
from subproc_cli.question import lexicon, unclear
from subproc_cli.question.clauses import ADEQUATE, AREAS, And, Clause, Not, Or, Question, joined
from subproc_cli.question.days import Days
from subproc_cli.question.lists import ListReader
from subproc_cli.words import fold, stem

_PREPOSITIONS = lexicon.IN | lexicon.TOWARDS | lexicon.OUTSIDE
_OPPOSITE = {name: AREAS[based, not outside] for (based, outside), name in AREAS.items()}


class Areas:
    """Reads places, which together are one area."""

    def __init__(self, reader: ListReader, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._days = Days(reader)
        self._gazetteer = gazetteer

    def ahead(self) -> bool:
        """Tell whether a place begins here."""
        return self._reader.word in _PREPOSITIONS | lexicon.ONLY

    def known(self, phrase: str) -> bool:
        """Tell whether a phrase names a place."""
        return self._gazetteer.find(phrase) is not None

    def worldwide(self, phrase: str) -> bool:
        """Tell whether a phrase means the whole world."""
        return self._gazetteer.find(phrase) == WORLDWIDE

    def denied(self) -> bool:
        """Take a negation if a place is what it denies: `not in the EU`."""
        if self._reader.word in lexicon.NEGATIONS and self._reader.peek(1) in _PREPOSITIONS | lexicon.ONLY:
            self._reader.advance()
            return True
        return False

    def somewhere(self, *, based: bool, only: bool) -> Question:
        """Read `in` or `outside` and the places behind it."""
        reader = self._reader
        only = reader.take(lexicon.ONLY) or only
        outside = reader.word in lexicon.OUTSIDE
        told = self._days.told()
        if not reader.take(_PREPOSITIONS):
            raise reader.fault("expected 'in' or 'outside'")
        if told and not self.known(reader.shown):
            raise told
        reader.skip(frozenset(("of",)))
        return self.area(based=based, outside=outside, only=only)

    def area(self, *, based: bool, outside: bool, only: bool) -> Question:
        """Read the places of an area, of which a service lies in or outside, perhaps with nothing else."""
        read = partial(self._place, based=based, outside=outside, denials=self._reader.denials)
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

    def _place(self, *, based: bool, outside: bool, denials: int) -> Question:
        reader, name = self._reader, AREAS[based, outside]
        again = reader.word in _PREPOSITIONS and not self._is_code(reader.shown)
        if outside and reader.denials > denials:
            raise self._without(again=again, based=based)
        if again and outside and reader.word in lexicon.OUTSIDE:
            raise self._outside_again(based=based)
        if again and (outside or reader.word in lexicon.OUTSIDE):
            verb = "are based" if based else "process"
            raise reader.fault(
                "the other side of a border needs a clause of its own", f"say '{verb} {reader.ahead()}'"
            )
        if again:
            reader.advance()
        found = self._reader.found(partial(self._area, name))
        if found is None:
            raise reader.unknown("a place", self._nearest, unclear.UNKNOWN_PLACE)
        return found

    def _outside_again(self, *, based: bool) -> QuestionFault:
        """Return the fault of `outside the EU and outside the UK`."""
        clause = f"{'are based' if based else 'process'} {self._reader.ahead()}"
        place = self._reader.ahead().partition(" ")[2]
        hint = f"say '… or {place}' for one area, or '{clause}' for another place"
        return self._reader.fault("a second 'outside' leaves open whether one place is meant", hint)

    def _without(self, *, again: bool, based: bool) -> QuestionFault:
        """Return the fault of `outside the EU but not in Switzerland`."""
        if again:
            self._reader.advance()
        place, verb = self._reader.ahead(), "are not based" if based else "do not process"
        hint = f"say '… and {verb} in {place}', or '… or {place}' for one area"
        return self._reader.fault("'not' leaves open which places are meant", hint)

    def _area(self, name: str, phrase: str) -> Clause | None:
        """Return the clause of a phrase: third countries and `non-EU countries` lie on the other side."""
        words = stem(phrase)
        if words in lexicon.THIRD_COUNTRIES:
            return Clause(_OPPOSITE[name], ("EEA",))
        if words in lexicon.ADEQUATE:
            return Clause(name, (ADEQUATE,))
        return self._either_side(name, phrase)

    def _either_side(self, name: str, phrase: str) -> Clause | None:
        place = self._gazetteer.find(phrase)
        if place:
            return Clause(name, (place,))
        words = fold(phrase)
        other = words.startswith("non ") and self._gazetteer.find(stem(words[4:]).removesuffix(" country"))
        return Clause(_OPPOSITE[name], (other,)) if other else None

    def _nearest(self, phrase: str) -> str:
        return unclear.PLACES.get(bare(phrase)) or self._gazetteer.proposal(phrase)

    def of_companies(self, phrase: str) -> Clause | None:
        """Return the clause of `US companies`, `German companies`, `non-EU companies` and `EU-based`."""
        place, _, kind = fold(phrase).rpartition(" ")
        if stem(kind) not in lexicon.COMPANIES:
            return None
        return self._either_side("based-in", lexicon.PEOPLES.get(place, place))

    def unsaid(self) -> QuestionFault:
        """Return the fault of a place of which it is not said what lies there: `are in the EU`."""
        reader = self._reader
        place = reader.ahead()
        preposition, _, name = place.partition(" ")
        if bare(name) in unclear.PLACES and not self.known(name):
            place = f"{preposition} the EEA"
        hint = f"say 'process {place}' or 'are based {place}'"
        return reader.fault("this does not say whether the processing or the company is meant", hint)


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
