"""Reads one clause: a verb and what stands behind it."""

from collections.abc import Callable

from subproc_cli.errors import QuestionFault
from subproc_cli.law.categories import ROOT, Tree
from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon
from subproc_cli.question.areas import Areas
from subproc_cli.question.bases import Bases
from subproc_cli.question.clauses import (
    PERSONAL,
    And,
    Clause,
    Not,
    Or,
    Question,
    joined,
)
from subproc_cli.question.lists import ListReader
from subproc_cli.words import calendar_day, did_you_mean, stem

_FIRST_DAY = {len("2024"): "-01-01", len("2024-05"): "-01"}


class Predicates:
    """Reads clauses with the words that a list may use."""

    def __init__(self, reader: ListReader, tree: Tree, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._tree = tree
        self._areas = Areas(reader, gazetteer)
        self._bases = Bases(reader)

    def clause(self) -> Question:
        """Read the clause that begins here."""
        reader = self._reader
        only = reader.take(lexicon.ONLY)
        verb = reader.word
        if reader.peek(1) == "(" and verb in lexicon.FUNCTIONS:
            reader.advance()
            return self._function(verb)
        if verb not in lexicon.VERBS:
            raise self._no_verb()
        reader.advance()
        if verb in lexicon.PROCESS:
            return self._process(only=only)
        return next(read for words, read in self._readers if verb in words)()

    @property
    def _readers(self) -> tuple[tuple[frozenset[str], Callable[[], Question]], ...]:
        return (
            (lexicon.SEE, self._see),
            (lexicon.NEGATED_ARE, lambda: Not(self._are())),
            (lexicon.ARE, self._are),
            (lexicon.HAVE, self._have),
            (lexicon.LACK, self._lack),
            (lexicon.STATE, lambda: Not(self._lack())),
            (lexicon.SERVE, self._serve),
            (lexicon.RELY, self._bases.relied_on),
            (lexicon.NAMED, self._named),
            (frozenset(("since",)), self._since),
        )

    def _function(self, name: str) -> Question:
        """Read a clause as it prints: `outside(EU)`."""
        if name in ("in", "outside", "based-in", "based-outside"):
            based, outside = name.startswith("based"), name.endswith("outside")
            return self._areas.area(based=based, outside=outside, only=False)
        if name in ("role", "activation"):
            return self._reader.listed(self._kind)
        if name in ("sees", "lacks"):
            return self._data() if name == "sees" else self._lack()
        reads: dict[str, Callable[[], Question]] = {
            "product": self._serve,
            "named": self._named,
            "since": self._since,
            "relies": self._bases.basis,
            "relies-only": lambda: self._bases.basis(only=True),
        }
        self._reader.advance()
        question = reads[name]()
        self._reader.close()
        return question

    def _no_verb(self) -> QuestionFault:
        shown, ahead = self._reader.shown, self._reader.ahead()
        if self._category_key(ahead):
            hint = f"did you mean: see {ahead}?"
        elif self._areas.known(ahead):
            hint = f"did you mean: process in {ahead}?"
        else:
            hint = did_you_mean(shown, lexicon.VERBS) if shown else ""
        example = f"for example: {lexicon.EXAMPLES[0]}; {lexicon.EXAMPLES[1]}"
        message = "expected a verb such as see, process, are, lack or rely"
        return self._reader.fault(message, hint or example)

    # Data

    def _see(self) -> Question:
        data = self._data()
        if not self._areas.ahead():
            return data
        return joined(And, [data, self._areas.somewhere(based=False, only=False)])

    def _data(self) -> Question:
        if self._reader.word in lexicon.ONLY:
            raise self._reader.fault("'only' is understood of places and transfer bases")
        return self._reader.listed(self._category)

    def _category(self) -> Question:
        found = self._reader.found(self._category_key)
        if found is None:
            raise self._reader.unknown("a data category", self._nearest_category)
        return Clause("sees", (found,))

    def _category_key(self, phrase: str) -> str | None:
        words = stem(phrase)
        found = PERSONAL if words in lexicon.PERSONAL else self._tree.find(phrase)
        if not found and words in lexicon.UNCLEAR:
            raise self._reader.fault(f"{phrase!r} may mean one of several things", lexicon.UNCLEAR[words])
        return found

    def _nearest_category(self, phrase: str) -> str:
        if self._areas.known(phrase):
            return "for a place, say 'process in …' or 'process outside …'"
        return self._tree.proposal(phrase)

    def _have(self) -> Question:
        reader = self._reader
        if reader.word == "access":
            reader.advance()
            reader.skip(frozenset(("to",)))
            return self._see()
        if reader.take(lexicon.NEGATIONS):
            return Not(self._have()) if reader.word == "access" else self._lack()
        if reader.found(lambda phrase: stem(phrase) in lexicon.SEATS or None):
            seated = self._areas.ahead()
            return (
                self._areas.somewhere(based=True, only=False)
                if seated
                else Not(Clause("lacks", ("country",)))
            )
        return Not(self._lack())

    # Places

    def _process(self, *, only: bool) -> Question:
        if self._areas.ahead():
            return self._areas.somewhere(based=False, only=only)
        data = self._reader.listed(self._category)
        if not self._areas.ahead():
            return data
        places = self._areas.somewhere(based=False, only=only)
        if data == Clause("sees", (ROOT,)):
            return places
        return joined(And, [data, places])

    # What a service is

    def _are(self) -> Question:
        reader = self._reader
        if reader.take(lexicon.NEGATIONS):
            with reader.nested():
                return Not(self._are())
        if reader.word in lexicon.EXISTENTIAL:
            reader.skip(lexicon.OPENERS)
            if reader.word in lexicon.VERBS - lexicon.LOCATED - lexicon.NAMED:
                return self.clause()
        only = reader.take(lexicon.ONLY)
        if reader.word in lexicon.BASED | lexicon.LOCATED:
            based = reader.word in lexicon.BASED
            reader.advance()
            return self._areas.somewhere(based=based, only=only)
        if reader.word in lexicon.IN | lexicon.OUTSIDE and reader.peek(1) != "use":
            place = reader.ahead()
            hint = f"say 'process {place}' or 'are based {place}'"
            raise reader.fault("this does not say whether the processing or the company is meant", hint)
        if reader.take(lexicon.NAMED):
            return self._named()
        if reader.word == "certified" and reader.peek(1) in lexicon.CERTIFIED:
            reader.advance(2)
            return reader.listed(self._bases.basis)
        home = reader.found(self._areas.of_companies)
        return Clause("based-in", (home,)) if home else self._kind_since()

    def _kind_since(self) -> Question:
        reader = self._reader
        if reader.word == "new" or (reader.word == "in" and reader.peek(1) == "use"):
            reader.advance(1 if reader.word == "new" else 2)
            return self._since_day()
        kind = self._reader.listed(self._kind)
        return joined(And, [kind, self._since_day()]) if reader.word == "since" else kind

    def _since_day(self) -> Question:
        if not self._reader.take(frozenset(("since",))):
            raise self._reader.fault("expected 'since' and a date")
        return self._since()

    def _kind(self) -> Question:
        found = self._reader.found(lambda phrase: lexicon.KINDS.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a role or a way of use", _nearest_kind)
        return joined(Or, [Clause(name, (argument,)) for name, argument in found])

    def _since(self) -> Question:
        shown = self._reader.shown
        day = calendar_day(shown + _FIRST_DAY.get(len(shown), ""))
        if day is None:
            raise self._reader.fault("expected a date as YYYY-MM-DD, or a year")
        self._reader.advance()
        return Clause("since", (day.isoformat(),))

    # Facts that are stated or not, products, names

    def _lack(self) -> Question:
        return self._reader.listed(self._field)

    def _field(self) -> Question:
        found = self._reader.found(lambda phrase: lexicon.FIELDS.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a fact", lambda word: did_you_mean(word, lexicon.FIELDS))
        return Clause("lacks", (found,))

    def _serve(self) -> Question:
        self._reader.skip(lexicon.BEFORE_PRODUCT)
        return Clause("product", (self._words("a product"),))

    def _named(self) -> Question:
        return Clause("named", (self._words("a name"),))

    def _words(self, what: str) -> str:
        words = self._reader.rest()
        if not words.strip():
            raise self._reader.fault(f"expected {what}")
        return words


def _nearest_kind(word: str) -> str:
    if word in lexicon.STATES:
        return "announced and retired services: subproc list --all, and --at DATE for another day"
    return did_you_mean(word, [*lexicon.KINDS, "based", "named"])
