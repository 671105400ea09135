"""Reads one clause: a verb and what follows it."""

from collections.abc import Callable, Mapping
from functools import partial

from subproc_cli.question import suggestions, vocabulary
from subproc_cli.question.areas import Areas
from subproc_cli.question.bases import Bases
from subproc_cli.question.data import ANYTHING, EVERYTHING, NOTHING, Data
from subproc_cli.question.days import Days
from subproc_cli.question.having import Having
from subproc_cli.question.lists import ListReader
from subproc_cli.question.names import Names
from subproc_cli.question.query import (
    AREAS,
    PROCESSING,
    SEAT,
    TRANSFER,
    And,
    Clause,
    Not,
    Or,
    Question,
    join_parts,
)
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.question.subject import Subject
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry.models import Service
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import stem

_ONLY = "'only' is understood of places and transfer bases"

_FIRST = (vocabulary.VERBS | vocabulary.OPENERS) - vocabulary.NAMED - frozenset(["ones"])
"""What a misspelt first word may be."""


class Predicates:
    """Reads clauses with the words that a list may use."""

    def __init__(  # noqa: PLR0913, PLR0917  what a clause may speak of
        self,
        reader: ListReader,
        subject: Subject,
        tree: CategoryTree,
        gazetteer: Gazetteer,
        services: Mapping[str, Service],
        law: tuple[str, ...],
    ) -> None:
        self._reader = reader
        self._subject = subject
        self._areas = Areas(reader, gazetteer, law)
        self._data = Data(reader, tree, self._areas)
        self._bases = Bases(reader)
        self._days = Days(reader)
        self._names = Names(reader, services)
        self._having = Having(reader, tree, self._areas, self._names)

    def clause(self) -> Question:
        """Read the clause that begins here, and what follows `with` and `without`."""
        parts = [self._clause()]
        while self._reader.word in vocabulary.WITH | vocabulary.WITHOUT:
            parts.append(self._clause())
        return join_parts(And, parts)

    def _clause(self) -> Question:
        reader = self._reader
        only_at = reader.taken_at(vocabulary.ONLY)
        verb = reader.word
        if reader.peek(1) == "(" and verb in vocabulary.FUNCTIONS and only_at is None:
            reader.advance()
            return self._function(verb)
        if verb not in vocabulary.VERBS:
            raise self._no_verb()
        reader.advance()
        if (
            verb in vocabulary.PROCESS | vocabulary.HOST | vocabulary.TRANSFER
            or verb in vocabulary.PARTICIPLES
        ):
            return self._process(verb, only_at)
        if verb in vocabulary.RELY:
            return self._bases.relied_on(only=only_at is not None)
        if only_at is not None:
            raise self._only(only_at)
        return next(read for words, read in self._readers if verb in words)()

    @property
    def _readers(self) -> tuple[tuple[frozenset[str], Callable[[], Question]], ...]:
        return (
            (vocabulary.SEE, self._see),
            (frozenset(vocabulary.NEGATED_ARE), self._are_not),
            (vocabulary.ARE, self._are),
            (vocabulary.HAVE, self._have),
            (vocabulary.WITHOUT, self._have_not),
            (vocabulary.LACK, self._having.lacked),
            (vocabulary.STATE, self._having.stated),
            (vocabulary.SERVE, self._names.product),
            (vocabulary.NAMED, self._names.named),
            (vocabulary.SINCE, self._days.since),
        )

    def _function(self, name: str) -> Question:
        """Read a clause as it prints: `outside(EU)`."""
        areas = {name: sides for sides, name in AREAS.items()}
        if name in areas:
            what, outside = areas[name]
            return self._areas.area(what, outside=outside, only=False)
        listed: dict[str, Callable[[], Question]] = {
            "sees": lambda: self._reader.listed(partial(self._data.key, "sees")),
            "sees-all": lambda: self._reader.listed(partial(self._data.key, "sees-all")),
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

    # What is not understood

    def _no_verb(self) -> Refusal:
        """Return the fault of a word that is not a verb, with the questions that it may be a part of."""
        reader, at = self._reader, self._reader.at
        ahead, hint, lines = reader.ahead(), "", tuple[str | Line, ...]()
        bare = reader.words_ahead()[1:] if reader.word in vocabulary.IN | vocabulary.OUTSIDE else None
        follows = reader.word_at(at - 1) in vocabulary.OPENERS
        if bare or reader.word in {*vocabulary.BASED, vocabulary.LOCATED}:
            lines = self._areas.without_verb("that " if follows else "")
        elif self._data.find(ahead):
            hint, lines = f"did you mean: see {ahead}?", (reader.instead((at, at, "see")),)
        elif self._areas.known(ahead) and bare is None:
            hint = f"did you mean: process in {ahead}?"
            lines = tuple(reader.instead((at, at, verb)) for verb in ("process in", "are based in"))
        elif stem(ahead) in vocabulary.KINDS:
            lines = (reader.instead((at, at, "are")),)
        elif stem(ahead) in vocabulary.BASES:
            lines = (reader.instead((at, at, "rely on")),)
        elif not self._areas.known(reader.shown):
            meant = suggest(reader.shown, _FIRST, SURE)
            word = meant.removeprefix("did you mean ").removesuffix("?")
            lines = (Line(reader.instead((at, at + 1, word)), meant),) if meant else ()
        example = f"for example: {vocabulary.EXAMPLES[0]}; {vocabulary.EXAMPLES[1]}"
        message = "expected a verb such as see, process, are, lack or rely"
        guessed = all(isinstance(each, Line) for each in lines)
        return reader.fault(message, hint or (example if guessed else ""), *lines)

    def _only(self, only_at: int) -> Refusal:
        """Return the fault of an `only` that is read, before another verb than one of places and bases."""
        reader = self._reader
        verb_at = next(
            at for at in range(only_at, reader.length + 1) if reader.word_at(at) not in vocabulary.ONLY
        )
        without = (only_at, verb_at, "")
        place_at = reader.until(vocabulary.IN | vocabulary.OUTSIDE)
        lines = [reader.instead(without, (place_at, place_at, "only"))] if place_at else []
        if reader.word_at(verb_at) in vocabulary.HAVE and stem(reader.ahead()) in vocabulary.BASES:
            lines.append(reader.instead((only_at, verb_at + 1, "rely only on")))
        if not reader.denials:  # else `do not only see email` would come to `do not see email`
            lines.append(reader.instead(without))
        return reader.fault_at(only_at, _ONLY, "", *lines)

    # Data

    def _see(self, verb_at: int | None = None) -> Question:
        reader = self._reader
        data = self._data.read(reader.at - 1 if verb_at is None else verb_at)
        if not self._areas.ahead():
            return self._data.alone(data)
        if self._data.is_open():
            raise self._data.with_place()
        return join_parts(And, [data, self._areas.somewhere(PROCESSING, only=False)])

    def _have(self) -> Question:
        reader = self._reader
        if reader.word == "access":
            verb_at = reader.at - 1
            reader.advance()
            reader.skip(frozenset(("to",)))
            return self._see(verb_at)
        if reader.word in vocabulary.NEGATIONS and reader.peek(1) == "access":
            reader.advance()
            return self._have_not()
        if reader.word in vocabulary.ONLY:
            only = reader.at
            is_basis = stem(" ".join(reader.words_ahead()[1:])) in vocabulary.BASES
            rely = [reader.instead((only - 1, only + 1, "rely only on"))] if is_basis else []
            raise reader.fault(_ONLY, "", *rely)
        if reader.word in vocabulary.PERFECT:
            raise self._days.past()
        return self._having.had()

    def _have_not(self) -> Question:
        with self._reader.nested(self._reader.at - 1):
            return Not(self._have())

    # Places

    def _process(self, verb: str, only_at: int | None) -> Question:
        """Read a place, data, or both after `process`, `store`, `host`, `transfer` or `send`."""
        reader, areas = self._reader, self._areas
        what = TRANSFER if vocabulary.PARTICIPLES.get(verb, verb) in vocabulary.TRANSFER else PROCESSING
        verb_at = reader.at - 1
        if areas.ahead() or areas.is_denied():
            return self._there(what, only_at)
        if verb in vocabulary.PARTICIPLES:
            raise self._days.once(verb_at, vocabulary.PARTICIPLES[verb])
        data = self._data.read(verb_at)
        if not areas.ahead() and not areas.is_denied():
            return self._without_place(data, verb_at, only_at)
        if data == EVERYTHING and what == PROCESSING and not areas.is_denied():
            return areas.somewhere(what, only=True)
        if data == NOTHING and not areas.is_denied():
            with reader.nested(verb_at):
                return Not(areas.somewhere(what, only=only_at is not None))
        if self._data.is_open() or (data != ANYTHING and areas.is_denied()):
            raise self._data.with_place()
        if verb in vocabulary.HOST and data != ANYTHING:
            raise self._data.used()
        if only_at is not None and data != ANYTHING:
            raise self._only(only_at)
        place_at = reader.at
        place = self._there(what, only_at)
        kept = verb in vocabulary.STORE and reader.word_at(place_at) in vocabulary.IN and only_at is None
        if kept and reader.word_at(reader.at - 1) not in vocabulary.ONLY:
            raise self._data.kept(place_at)
        return place if data == ANYTHING else join_parts(And, [data, place])

    def _there(self, what: str, only_at: int | None) -> Question:
        """Read a place after a verb; `only` does not go with `not in`."""
        if only_at is not None and self._areas.is_denied():
            raise self._only(only_at)
        return self._areas.somewhere(what, only=only_at is not None)

    def _without_place(self, data: Question, verb_at: int, only_at: int | None) -> Question:
        """Return what is asked of data that is processed; refuse data that is sent or hosted: it is a use."""
        if self._reader.word_at(verb_at) not in vocabulary.PROCESS:
            raise self._data.used()
        if only_at is not None:
            raise self._only(only_at)
        return self._data.alone(data)

    # What a service is

    def _are(self) -> Question:
        reader = self._reader
        verb_at = reader.at - 1
        if reader.take(vocabulary.NEGATIONS):
            return self._are_not()
        return self._is(verb_at)

    def _is(self, verb_at: int) -> Question:
        """Read what comes after `are` or `are not`."""
        reader = self._reader
        if reader.word in vocabulary.ALL:
            raise self._subject.claim(reader.at)
        if reader.word in vocabulary.EXISTENTIAL:
            self._subject.skip()
        if reader.take(vocabulary.MISSING):
            return self._having.lacked()
        if reader.word == vocabulary.LOCATED or (
            reader.word in vocabulary.ONLY
            and reader.peek(1) in {vocabulary.LOCATED, *vocabulary.IN, *vocabulary.OUTSIDE}
        ):
            reader.skip(vocabulary.ONLY)
            raise self._areas.unsaid(verb_at)
        only_at = reader.taken_at(vocabulary.ONLY)
        if reader.word in vocabulary.BASED | vocabulary.HOSTED:
            what = SEAT if reader.word in vocabulary.BASED else PROCESSING
            reader.advance()
            return self._areas.somewhere(what, only=only_at is not None)
        if reader.word in vocabulary.IN | vocabulary.OUTSIDE and reader.peek(1) != "use":
            raise self._areas.unsaid(verb_at)
        if only_at is not None:
            raise self._only(only_at)
        if reader.take(vocabulary.NAMED):
            return self._names.named()
        if reader.take(frozenset(("certified",))):
            return self._having.certified()
        return reader.found(self._areas.of_companies) or self._kind_since()

    def _are_not(self) -> Question:
        reader = self._reader
        at = reader.at - 1
        if reader.word in vocabulary.EXISTENTIAL:
            raise self._subject.claim(reader.at)
        verb_at = at if reader.word_at(at) in vocabulary.NEGATED_ARE else at - 1
        with reader.nested(at):
            return Not(self._is(verb_at))

    def _kind_since(self) -> Question:
        if self._days.ahead():
            return self._days.in_use()
        kind = self._reader.listed(self._kind)
        return join_parts(And, [kind, self._days.since()]) if self._reader.take(vocabulary.SINCE) else kind

    def _kind(self) -> Question:
        found = self._reader.found(lambda phrase: vocabulary.KINDS.get(stem(phrase)))
        if found is None:
            raise self._unknown_kind()
        return join_parts(Or, [Clause(name, (argument,)) for name, argument in found])

    def _unknown_kind(self) -> Refusal:
        reader = self._reader
        hint, clauses = "", tuple[Line, ...]()
        for phrase in (reader.ahead(), reader.shown):
            if not hint and not clauses:
                hint, clauses = suggestions.kind(phrase)
        lines = (reader.clause_instead(each, vocabulary.ARE) for each in clauses)
        return reader.unknown("a role or a way of use", _nearest_kind, hint, *lines)


def _nearest_kind(phrase: str) -> str:
    return suggest(phrase, vocabulary.KIND_WORDS, SURE)
