"""Reads one clause: a verb and what stands behind it."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from subproc_cli.errors import QuestionFault
from subproc_cli.law.categories import ROOT, Tree
from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import (
    ADEQUATE,
    AREAS,
    PERSONAL,
    And,
    Clause,
    Not,
    Or,
    Question,
    joined,
)
from subproc_cli.question.reader import Reader
from subproc_cli.words import did_you_mean, stem

Found = TypeVar("Found")

_ONLY = frozenset(("only", "solely", "exclusively"))


class Predicates:
    """Reads clauses with the words that a list may use."""

    def __init__(self, reader: Reader, tree: Tree, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._tree = tree
        self._gazetteer = gazetteer

    def clause(self) -> Question:
        """Read the clause that begins here."""
        reader = self._reader
        only = reader.take(_ONLY)
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
            (lexicon.RELY, self._rely),
            (lexicon.NAMED, self._named),
            (frozenset(("since",)), self._since),
        )

    def _function(self, name: str) -> Question:
        """Read a clause as it prints: `outside(EU)`."""
        if name in ("in", "outside", "based-in", "based-outside"):
            based, outside = name.startswith("based"), name.endswith("outside")
            return self._area(based=based, outside=outside, only=False)
        if name in ("role", "activation"):
            return self._list(self._kind)
        if name in ("sees", "lacks"):
            return self._see() if name == "sees" else self._lack()
        reads: dict[str, Callable[[], Question]] = {
            "product": self._serve,
            "named": self._named,
            "since": self._since,
            "relies": self._basis,
            "relies-only": lambda: self._basis(only=True),
        }
        self._reader.advance()
        question = reads[name]()
        self._reader.close()
        return question

    def _no_verb(self) -> QuestionFault:
        shown = self._reader.shown
        hint = did_you_mean(shown, lexicon.VERBS) if shown else ""
        example = f"for example: {lexicon.EXAMPLES[0]}; {lexicon.EXAMPLES[1]}"
        message = "expected a verb such as see, process, are, lack or rely"
        return self._reader.fault(message, hint or example)

    # Lists: `email or name`, `(email and name) but not content`

    def _list(self, item: Callable[[], Question]) -> Question:
        return self._series(lexicon.OR, Or, lambda: self._all_of(item))

    def _all_of(self, item: Callable[[], Question]) -> Question:
        return self._series(lexicon.AND, And, lambda: self._one(item))

    def _series(
        self, connectives: frozenset[str], kind: type[And] | type[Or], part: Callable[[], Question]
    ) -> Question:
        parts = [part()]
        while self._reader.word in connectives and not self._reader.clause_ahead(1):
            self._reader.advance()
            parts.append(part())
        return joined(kind, parts)

    def _one(self, item: Callable[[], Question]) -> Question:
        reader = self._reader
        if reader.take(lexicon.NEGATIONS):
            with reader.nested():
                return Not(self._one(item))
        if reader.word != "(":
            return item()
        reader.advance()
        with reader.nested():
            inside = self._list(item)
            reader.close()
        return inside

    def _found(self, find: Callable[[str], Found | None]) -> Found | None:
        """Take the longest known phrase here, or behind articles and the like."""
        found = self._reader.phrase(find)
        if found is None:
            self._reader.skip(lexicon.NOISE)
            found = self._reader.phrase(find)
        return found

    def _unknown(self, what: str, proposal: Callable[[str], str]) -> QuestionFault:
        reader = self._reader
        if reader.done():
            return reader.fault(f"expected {what}")
        hint = proposal(reader.ahead()) or proposal(reader.shown)
        return reader.fault(f"{reader.shown!r} is not {what} that is known", hint)

    # Data

    def _see(self) -> Question:
        if self._reader.word in _ONLY:
            raise self._reader.fault("'only' is understood of places and transfer bases")
        return self._list(self._category)

    def _category(self) -> Question:
        found = self._found(self._category_key)
        if found is None:
            raise self._unknown("a data category", self._tree.proposal)
        return Clause("sees", (found,))

    def _category_key(self, phrase: str) -> str | None:
        return PERSONAL if stem(phrase) in lexicon.PERSONAL else self._tree.find(phrase)

    def _have(self) -> Question:
        reader = self._reader
        if reader.word == "access":
            reader.advance()
            reader.skip(frozenset(("to",)))
            return self._see()
        if reader.take(lexicon.NEGATIONS):
            return Not(self._have()) if reader.word == "access" else self._lack()
        return Not(self._lack())

    # Places

    def _process(self, *, only: bool) -> Question:
        reader = self._reader
        if reader.word in lexicon.IN | lexicon.OUTSIDE | _ONLY:
            return self._somewhere(based=False, only=only)
        data = self._list(self._category)
        if reader.word not in lexicon.IN | lexicon.OUTSIDE | _ONLY:
            return data
        places = self._somewhere(based=False, only=only)
        if data == Clause("sees", (ROOT,)):
            return places
        return joined(And, [data, places])

    def _somewhere(self, *, based: bool, only: bool) -> Question:
        reader = self._reader
        only = reader.take(_ONLY) or only
        outside = reader.word in lexicon.OUTSIDE
        if not reader.take(lexicon.IN | lexicon.OUTSIDE):
            raise reader.fault("expected 'in' or 'outside'")
        reader.skip(frozenset(("of",)))
        return self._area(based=based, outside=outside, only=only)

    def _area(self, *, based: bool, outside: bool, only: bool) -> Question:
        places = self._list(lambda: self._place(based=based, outside=outside))
        united = _united(places, every=outside or only)
        if not only:
            return united
        if not isinstance(united, Clause):
            raise self._reader.fault("'only' takes a plain list of places")
        return Not(Clause(AREAS[based, not outside], united.arguments))

    def _place(self, *, based: bool, outside: bool) -> Question:
        if self._found(_third_countries):
            return Clause(AREAS[based, not outside], ("EEA",))
        found = self._found(_adequate) or self._short_place() or self._found(self._place_code)
        if found is None:
            raise self._unknown("a place", self._gazetteer.proposal)
        return Clause(AREAS[based, outside], (found,))

    def _short_place(self) -> str | None:
        """Take a code or a short name if nothing behind it can belong to a longer name."""
        self._reader.skip(lexicon.NOISE)
        return self._reader.lone(self._gazetteer.code)

    def _place_code(self, phrase: str) -> str | None:
        return self._gazetteer.find(phrase)

    # What a service is

    def _are(self) -> Question:
        reader = self._reader
        if reader.take(lexicon.NEGATIONS):
            with reader.nested():
                return Not(self._are())
        only = reader.take(_ONLY)
        if reader.word in lexicon.BASED | lexicon.LOCATED:
            based = reader.word in lexicon.BASED
            reader.advance()
            return self._somewhere(based=based, only=only)
        if reader.word in lexicon.IN | lexicon.OUTSIDE and reader.peek(1) != "use":
            hint = "say 'process outside …' or 'are based outside …'"
            raise reader.fault("this does not say whether the processing or the company is meant", hint)
        if reader.take(lexicon.NAMED):
            return self._named()
        return self._kind_since()

    def _kind_since(self) -> Question:
        reader = self._reader
        if reader.word == "new" or (reader.word == "in" and reader.peek(1) == "use"):
            reader.advance(1 if reader.word == "new" else 2)
            return self._since_day()
        kind = self._list(self._kind)
        return joined(And, [kind, self._since_day()]) if reader.word == "since" else kind

    def _since_day(self) -> Question:
        if not self._reader.take(frozenset(("since",))):
            raise self._reader.fault("expected 'since' and a date")
        return self._since()

    def _kind(self) -> Question:
        found = self._found(lambda phrase: lexicon.KINDS.get(stem(phrase)))
        if found is None:
            words = [*lexicon.KINDS, "based", "named"]
            raise self._unknown("a role or a way of use", lambda word: did_you_mean(word, words))
        return joined(Or, [Clause(name, (argument,)) for name, argument in found])

    def _since(self) -> Question:
        try:
            day = date.fromisoformat(self._reader.shown)
        except ValueError:
            raise self._reader.fault("expected a date as YYYY-MM-DD") from None
        self._reader.advance()
        return Clause("since", (day.isoformat(),))

    # Facts that are stated or not, products, names, transfer bases

    def _lack(self) -> Question:
        return self._list(self._field)

    def _field(self) -> Question:
        found = self._found(lambda phrase: lexicon.FIELDS.get(stem(phrase)))
        if found is None:
            raise self._unknown("a fact", lambda word: did_you_mean(word, lexicon.FIELDS))
        return Clause("lacks", (found,))

    def _serve(self) -> Question:
        self._reader.skip(lexicon.NOISE | {"product", "products"})
        return Clause("product", (self._words("a product"),))

    def _named(self) -> Question:
        return Clause("named", (self._words("a name"),))

    def _words(self, what: str) -> str:
        words = self._reader.rest()
        if not words.strip():
            raise self._reader.fault(f"expected {what}")
        return words

    def _rely(self) -> Question:
        reader = self._reader
        only = reader.take(_ONLY)
        reader.skip(frozenset(("on", "upon")))
        only = reader.take(_ONLY) or only
        return self._basis(only=True) if only else self._list(self._basis)

    def _basis(self, *, only: bool = False) -> Question:
        found = self._found(lambda phrase: lexicon.BASES.get(stem(phrase)))
        if found is None:
            raise self._unknown("a transfer basis", lambda word: did_you_mean(word, lexicon.BASES))
        return Clause("relies-only" if only else "relies", (found,))


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
