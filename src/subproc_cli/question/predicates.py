"""Reads one clause: a verb and what stands behind it."""

from collections.abc import Callable, Mapping

from subproc_cli.errors import QuestionFault
from subproc_cli.law.categories import ROOT, Tree
from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon, unclear
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
from subproc_cli.question.days import Days
from subproc_cli.question.having import Having
from subproc_cli.question.lists import ListReader
from subproc_cli.question.names import Names
from subproc_cli.registry.service import Service
from subproc_cli.words import SURE, did_you_mean, stem


class Predicates:
    """Reads clauses with the words that a list may use."""

    def __init__(
        self, reader: ListReader, tree: Tree, gazetteer: Gazetteer, services: Mapping[str, Service]
    ) -> None:
        self._reader = reader
        self._tree = tree
        self._areas = Areas(reader, gazetteer)
        self._bases = Bases(reader)
        self._days = Days(reader)
        self._names = Names(reader, services)
        self._having = Having(reader, tree, self._areas)

    def clause(self) -> Question:
        """Read the clause that begins here, and what stands behind `with` and `without`."""
        parts = [self._clause()]
        while self._reader.word in lexicon.WITH | lexicon.WITHOUT:
            parts.append(self._clause())
        return joined(And, parts)

    def _clause(self) -> Question:
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
            (lexicon.NEGATED_ARE, self._are_not),
            (lexicon.ARE, self._are),
            (lexicon.HAVE, self._have),
            (lexicon.WITHOUT, self._have_not),
            (lexicon.LACK, self._having.lacked),
            (lexicon.STATE, self._having.stated),
            (lexicon.SERVE, self._names.product),
            (lexicon.RELY, self._bases.relied_on),
            (lexicon.NAMED, self._names.named),
            (lexicon.SINCE, self._days.since),
        )

    def _function(self, name: str) -> Question:
        """Read a clause as it prints: `outside(EU)`."""
        if name in ("in", "outside", "based-in", "based-outside"):
            based, outside = name.startswith("based"), name.endswith("outside")
            return self._areas.area(based=based, outside=outside, only=False)
        listed: dict[str, Callable[[], Question]] = {
            "sees": self._data,
            "has": self._having.had,
            "lacks": self._having.lacked,
            "role": lambda: self._reader.listed(self._kind),
            "activation": lambda: self._reader.listed(self._kind),
        }
        if name in listed:
            return listed[name]()
        reads: dict[str, Callable[[], Question]] = {
            "product": self._names.product,
            "named": self._names.named,
            "certified": self._having.certificate,
            "since": self._days.since,
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
            hint = did_you_mean(shown, lexicon.VERBS, SURE) if shown else ""
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
        instead = "" if found else unclear.data(words)
        if instead:
            raise self._reader.fault(f"{phrase!r} may mean one of several things", instead)
        return found

    def _nearest_category(self, phrase: str) -> str:
        if self._areas.worldwide(phrase):
            return "name the area that matters: 'process outside the EEA'"
        if self._areas.known(phrase):
            return "for a place, say 'process in …' or 'process outside …'"
        return unclear.belongs(phrase) or self._tree.proposal(phrase)

    def _have(self) -> Question:
        reader = self._reader
        if reader.word == "access":
            reader.advance()
            reader.skip(frozenset(("to",)))
            return self._see()
        if reader.word in lexicon.NEGATIONS and reader.peek(1) == "access":
            reader.advance()
            return self._have_not()
        if reader.word in lexicon.PERFECT:
            raise self._days.past()
        return self._having.had()

    def _have_not(self) -> Question:
        with self._reader.nested(denied=True):
            return Not(self._have())

    # Places

    def _process(self, *, only: bool) -> Question:
        if self._areas.denied():
            with self._reader.nested(denied=True):
                return Not(self._areas.somewhere(based=False, only=only))
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
            return self._are_not()
        if reader.word in lexicon.EXISTENTIAL:
            reader.skip(lexicon.OPENERS)
        if reader.take(lexicon.MISSING):
            return self._having.lacked()
        only = reader.take(lexicon.ONLY)
        if reader.word in lexicon.BASED | lexicon.LOCATED:
            based = reader.word in lexicon.BASED
            reader.advance()
            return self._areas.somewhere(based=based, only=only)
        if reader.word in lexicon.IN | lexicon.OUTSIDE and reader.peek(1) != "use":
            raise self._areas.unsaid()
        if reader.take(lexicon.NAMED):
            return self._names.named()
        if reader.take(frozenset(("certified",))):
            return self._having.certified()
        return reader.found(self._areas.of_companies) or self._kind_since()

    def _are_not(self) -> Question:
        if self._reader.word in lexicon.EXISTENTIAL:
            raise self._reader.fault(*unclear.NONE_OR_SOME)
        with self._reader.nested(denied=True):
            return Not(self._are())

    def _kind_since(self) -> Question:
        if self._days.ahead():
            return self._days.in_use()
        kind = self._reader.listed(self._kind)
        return joined(And, [kind, self._days.since()]) if self._reader.take(lexicon.SINCE) else kind

    def _kind(self) -> Question:
        found = self._reader.found(lambda phrase: lexicon.KINDS.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a role or a way of use", _nearest_kind)
        return joined(Or, [Clause(name, (argument,)) for name, argument in found])


def _nearest_kind(phrase: str) -> str:
    return unclear.kind(phrase) or did_you_mean(phrase, lexicon.KIND_WORDS, SURE)
