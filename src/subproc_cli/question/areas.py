"""Places inside a clause: `in Germany or France`, `only in the EU`, `outside adequate countries`."""

from functools import partial

from subproc_cli.enums import ADEQUATE, DEFAULT_LAW
from subproc_cli.locale.catalogue import ENGLISH, load_catalogue
from subproc_cli.question import suggestions, vocabulary
from subproc_cli.question.days import Days
from subproc_cli.question.lists import ListReader
from subproc_cli.question.query import AREAS, PROCESSING, SEAT, And, Clause, Not, Or, Question, join_parts
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.reference.geography import WORLDWIDE, Gazetteer, normalize_name
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import fold, stem

_PREPOSITIONS = vocabulary.IN | vocabulary.TOWARDS | vocabulary.OUTSIDE
_OPPOSITE = {name: AREAS[what, not outside] for (what, outside), name in AREAS.items()}
_OUTSIDE = frozenset(name for (_, outside), name in AREAS.items() if outside)
_VERBS = {PROCESSING: "process", SEAT: "are based"}
_THE_EEA = "the EEA"


class Areas:
    """Reads places, which together are one area."""

    def __init__(self, reader: ListReader, gazetteer: Gazetteer, law: tuple[str, ...]) -> None:
        self._reader = reader
        self._days = Days(reader)
        self._gazetteer = gazetteer
        self._law = law

    def ahead(self) -> bool:
        """Return whether a place begins here."""
        reader = self._reader
        return reader.word in _PREPOSITIONS or (
            reader.word in vocabulary.ONLY and reader.peek(1) in _PREPOSITIONS
        )

    def known(self, phrase: str) -> bool:
        """Return whether a phrase names a place."""
        return self._gazetteer.find(phrase) is not None

    def worldwide(self, phrase: str) -> bool:
        """Return whether a phrase means the whole world."""
        return self._gazetteer.find(phrase) == WORLDWIDE

    def is_denied(self) -> bool:
        """Return whether a negation of a place begins here: `not in the EU`."""
        reader = self._reader
        placed = _PREPOSITIONS | (vocabulary.ONLY if reader.peek(2) in _PREPOSITIONS else frozenset())
        return reader.word in vocabulary.NEGATIONS and reader.peek(1) in placed

    def denied(self) -> bool:
        """Take a negation if a place is what it denies."""
        if self.is_denied():
            self._reader.advance()
            return True
        return False

    def somewhere(self, what: str, *, only: bool) -> Question:
        """Read `in` or `outside` and the places behind it, or `not in` and the like."""
        reader = self._reader
        if not only and self.denied():
            with reader.nested(reader.at - 1):
                return Not(self.somewhere(what, only=False))
        only = reader.take(vocabulary.ONLY) or only
        outside = reader.word in vocabulary.OUTSIDE
        told = self._days.told()
        if not reader.take(_PREPOSITIONS):
            raise self._no_preposition()
        if told and not self.known(reader.shown):
            raise told
        reader.skip(frozenset(("of",)))
        return self.area(what, outside=outside, only=only)

    def _no_preposition(self) -> Refusal:
        reader = self._reader
        at = reader.at
        meant = suggest(reader.shown, _PREPOSITIONS, SURE)
        word = meant.removeprefix("did you mean ").removesuffix("?")
        lines = (Line(reader.instead((at, at + 1, word)), meant),) if meant else ()
        return reader.fault("expected 'in' or 'outside'", "", *lines)

    def area(self, what: str, *, outside: bool, only: bool) -> Question:
        """Read the places of an area, of which a service lies in or outside, perhaps with nothing else."""
        reader = self._reader
        read = partial(self._place, what=what, outside=outside, denials=reader.denials)

        def unite(places: Question) -> Question:
            return _united(places, every=outside or only or reader.word in vocabulary.ONLY)

        begun = reader.at
        united = reader.listed(read, self._is_code, unite)
        only = reader.take(vocabulary.ONLY) or only
        both = [at for at in range(begun, reader.at) if reader.word_at(at) == "both"]
        if both and (outside or only):
            raise reader.fault_at(
                both[0], "'both' is not understood of one area", "", *reader.without(both[0])
            )
        if not only:
            return united
        if not isinstance(united, Clause):
            raise reader.fault("'only' takes a plain list of places")
        return Not(Clause(_OPPOSITE[united.name], united.arguments))

    def _is_code(self, word: str) -> bool:
        """Return whether a word is the code of a country although it looks like another word: NO, BE, IS."""
        return word.isupper() and self._gazetteer.find_code(word) is not None

    def _place(self, *, what: str, outside: bool, denials: int) -> Question:
        reader, name = self._reader, AREAS[what, outside]
        again = reader.word in _PREPOSITIONS and not self._is_code(reader.shown)
        verb = _VERBS.get(what, "transfer data")
        if outside and reader.denials > denials:
            raise self._without(again=again, verb=verb)
        if again and outside and reader.word in vocabulary.OUTSIDE:
            raise self._outside_again(verb)
        if again and (outside or reader.word in vocabulary.OUTSIDE):
            line = reader.instead((reader.at, reader.at, verb))
            raise reader.fault("the other side of a border needs a clause of its own", "", line)
        if again:
            reader.advance()
        found = self._reader.found(partial(self._area, name))
        if found is None:
            raise self._unknown()
        return found

    def _unknown(self) -> Refusal:
        """Return the fault of a word that names no place, with the places that may be meant."""
        reader = self._reader
        words = reader.words_ahead()
        before = reader.word_at(reader.at - 1)
        if reader.word in vocabulary.ONLY and before in vocabulary.IN | vocabulary.TOWARDS:
            moved = reader.instead((reader.at - 1, reader.at + 1, f"only {before}"))
            return reader.fault(f"{reader.shown!r} is not understood here", "", moved)
        for count in range(len(words), 0, -1):
            hint, places = suggestions.place(" ".join(words[:count]))
            if hint:
                lines = (reader.instead((reader.at, reader.at + count, place)) for place in places)
                message = f"{reader.shown!r} is not a place that is known"
                return reader.fault(message, hint, *lines)
        return reader.unknown("a place", self._gazetteer.suggest, suggestions.UNKNOWN_PLACE)

    def _outside_again(self, verb: str) -> Refusal:
        """Return the fault of `outside the EU and outside the UK`."""
        reader, at = self._reader, self._reader.at
        one = Line(reader.instead((at - 1, at + 1, "or")), "", "for one area")
        another = Line(reader.instead((at, at, verb)), "", "for another place")
        return reader.fault("a second 'outside' leaves open whether one place is meant", "", one, another)

    def _without(self, *, again: bool, verb: str) -> Refusal:
        """Return the fault of `outside the EU but not in Switzerland`."""
        reader = self._reader
        denial = reader.denial if reader.denial is not None else reader.at - 1
        if again:
            reader.advance()
        denied = verb.replace("are", "are not") if verb.startswith("are") else f"do not {verb}"
        clause = reader.instead((denial - 1, reader.at, f"and {denied} in"))
        area = Line(reader.instead((denial - 1, reader.at, "or")), "", "for one area", reader.word_at(denial))
        return reader.fault("'not' leaves open which places are meant", "", clause, area)

    def _area(self, name: str, phrase: str) -> Clause | None:
        """Return the clause of a phrase: third countries and `non-EU countries` lie on the other side."""
        words = stem(phrase)
        if words in vocabulary.THIRD_COUNTRIES:
            if set(self._law) != {DEFAULT_LAW}:
                raise self._third_countries(phrase, outside=name in _OUTSIDE)
            return Clause(_OPPOSITE[name], ("EEA",))
        if words in vocabulary.ADEQUATE:
            return Clause(name, (ADEQUATE,))
        return self._either_side(name, phrase)

    def _third_countries(self, phrase: str, *, outside: bool) -> Refusal:
        """Return the fault of `third countries` where the law of the list has another home than the EEA."""
        reader, at = self._reader, self._reader.at
        end = at + reader.count(phrase)
        begun = at - 1
        while reader.word_at(begun) in vocabulary.NOISE:
            begun -= 1
        begun = begun if reader.word_at(begun) in _PREPOSITIONS else at
        homes = dict.fromkeys([*(_find_home(each) for each in self._law), _THE_EEA])
        side = "in" if outside else "outside"
        lines = (reader.instead((begun, end, f"{side} {home}")) for home in homes)
        return reader.fault("which countries are third countries depends on the law", "", *lines)

    def _either_side(self, name: str, phrase: str) -> Clause | None:
        place = self._gazetteer.find(phrase)
        if place:
            return Clause(name, (place,))
        words = fold(phrase)
        other = words.startswith("non ") and self._gazetteer.find(stem(words[4:]).removesuffix(" country"))
        return Clause(_OPPOSITE[name], (other,)) if other else None

    def of_companies(self, phrase: str) -> Clause | None:
        """Return the clause of `US companies`, `German companies`, `non-EU companies` and `EU-based`."""
        place, _, kind = fold(phrase).rpartition(" ")
        if stem(kind) not in vocabulary.COMPANIES:
            return None
        return self._either_side(AREAS[SEAT, False], vocabulary.PEOPLES.get(place, place))

    def unsaid(self, verb_at: int) -> Refusal:
        """Return the fault of a place of which it is not said what lies there: `are in the EU`, `located in`.

        Args:
            verb_at: where `are` is, before what is denied or asked about.
        """
        reader, at = self._reader, self._reader.at
        word = 1 if reader.word == vocabulary.LOCATED else 0
        name = " ".join(reader.words_ahead()[word + 1 :])
        unknown = (at + word + 1, at + len(reader.words_ahead()), _THE_EEA)
        place = [unknown] if normalize_name(name) in suggestions.PLACES and not self.known(name) else []
        verb = reader.word_at(verb_at)
        between = {reader.word_at(each) for each in range(verb_at + 1, at)}
        message = "this does not say whether the processing or the company is meant"
        if vocabulary.NEITHER in between:
            lines = (f"{each} {vocabulary.NEITHER}" for each in ("process", f"{verb} based"))
            return reader.fault(
                message, "", *(reader.instead((verb_at, at + word, each), *place) for each in lines)
            )
        if verb in vocabulary.NEGATED_ARE:
            process, done = "does not" if verb == "isn't" else "do not", "process"
        elif verb == "be" or between <= vocabulary.ONLY:
            process, done = "", "processes" if verb == "is" else "process"
        else:
            process, done = "does" if verb == "is" else "do", "process"
        return reader.fault(
            message,
            "",
            reader.instead((verb_at, verb_at + 1, process), (at, at + word, done), *place),
            reader.instead((at, at + word, "based"), *place),
        )

    def without_verb(self, before: str) -> tuple[str, ...]:
        """Return the questions that a place without a verb may mean: `vendors outside the EU`.

        Args:
            before: what comes before the verb.
        """
        reader, at = self._reader, self._reader.at
        said = reader.word == vocabulary.LOCATED or reader.word in vocabulary.BASED
        verbs = ("are based",) if reader.word in vocabulary.BASED else _VERBS.values()
        return tuple(reader.instead((at, at + said, f"{before}{verb}")) for verb in verbs)


def _united(places: Question, *, every: bool) -> Question:
    """Join places into one area: those of an `or`, or all of them where `and` means the same."""
    if not isinstance(places, And | Or):
        return Not(_united(places.part, every=every)) if isinstance(places, Not) else places
    parts = [_united(part, every=every) for part in places.parts]
    clauses = [part for part in parts if isinstance(part, Clause)]
    names = {clause.name for clause in clauses}
    if len(clauses) < len(parts) or len(names) > 1 or not (every or isinstance(places, Or)):
        return join_parts(type(places), parts)
    together = dict.fromkeys(place for clause in clauses for place in clause.arguments)
    return Clause(names.pop(), tuple(together))


def _find_home(law: str) -> str:
    """Return where a transfer under a law begins: what lies outside is a third country to it."""
    return load_catalogue(ENGLISH).text(f"laws.{law}.home")
