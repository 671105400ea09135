"""Reads a question: words to clauses.

    question := [subject] part ("or" part)*
    part     := single (("and" | "but") single | "nor" single)*
    single   := "not" single | "either" part ("or" single)+ | "both" single ("and" single)+
              | "(" question ")" | clause

A clause begins with a verb. Behind a connective a verb opens a new clause, anything else goes on
with the list of the clause before. A negation covers its whole clause.
"""

from collections.abc import Mapping

from subproc_cli.enums import DEFAULT_LAW
from subproc_cli.question import vocabulary
from subproc_cli.question.days import Days
from subproc_cli.question.lists import ListReader
from subproc_cli.question.predicates import Predicates
from subproc_cli.question.query import And, Not, Or, Question, join_parts
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.question.subject import Subject
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry.models import Service


def parse(  # noqa: PLR0913  what the words of a question are looked up in
    text: str,
    tree: CategoryTree,
    gazetteer: Gazetteer,
    services: Mapping[str, Service] | None = None,
    *,
    of_all: bool = False,
    law: tuple[str, ...] = (DEFAULT_LAW,),
) -> Question:
    """Return the question that a text asks.

    Args:
        text: the question.
        tree: the words for data.
        gazetteer: the words for places.
        services: all services of the list, by id; names that none has are refused. Without them, none is.
        of_all: whether all services must answer with yes; those of one role alone are not asked then.
        law: the bodies of law of the list, which decide what a third country is.

    Raises:
        QuestionSyntaxError: a word is not understood; it says which one, and what was expected.
    """

    def read(line: str) -> Question:
        return _Grammar(ListReader(line), tree, gazetteer, services or {}, of_all=of_all, law=law).whole()

    try:
        return read(text)
    except Refusal as refusal:
        raise refusal.settled(read) from None


class _Grammar:
    def __init__(  # noqa: PLR0913  what `parse` is given
        self,
        reader: ListReader,
        tree: CategoryTree,
        gazetteer: Gazetteer,
        services: Mapping[str, Service],
        *,
        of_all: bool,
        law: tuple[str, ...],
    ) -> None:
        self._reader = reader
        self._days = Days(reader)
        self._subject = Subject(reader, of_all=of_all)
        self._predicates = Predicates(reader, self._subject, tree, gazetteer, services, law)
        self._denied = -1
        """Where the clause just read is denied, if it is: `do not` may govern the next verb too."""
        self._joined = False
        """Whether an `either` has just found its `or` within a list: another `or` would leave it open."""

    def whole(self) -> Question:
        question = self._asked()
        if not self._reader.done():
            raise self._days.told() or self._rest()
        return question

    def _rest(self) -> Refusal:
        reader = self._reader
        if reader.word in vocabulary.QUANTITIES:
            return reader.quantity()
        return reader.fault("expected 'and', 'or' or the end of the question")

    def _asked(self) -> Question:
        """Read a whole question, or one in parentheses."""
        before = self._subject.begin()
        return self._subject.end(self._or(), before)

    def _or(self) -> Question:
        self._joined = False
        begun = self._reader.at
        parts = [self._and()]
        while self._reader.word in vocabulary.OR:
            if self._joined:
                raise self._reader.fault("this 'or' may go with 'either' or not", "write parentheses")
            if self._governs_next():
                raise self._neither_or_new()
            self._reader.advance()
            parts.append(self._and(begun))
        return join_parts(Or, parts)

    def _and(self, whole: int | None = None) -> Question:
        """Read clauses that `and` joins.

        Args:
            whole: where the clauses begin that `or` joins, if there was an `or` before.
        """
        last = self._reader.at
        parts = [self._single()]
        while self._reader.word in vocabulary.AND | vocabulary.NOR:
            at = self._reader.at
            if whole is not None and self._reader.paused:
                raise self._apart(whole, last)
            self._refuse_shared_negation()
            if self._reader.take(vocabulary.AND):
                parts.append(self._single())
                continue
            parts.append(self._negated())
            if not isinstance(parts[-2], Not):
                line = self._reader.instead((at, at + 1, "and do not"))
                raise self._reader.fault_at(at, "'nor' goes on with what is denied", "", line)
        return join_parts(And, parts)

    def _apart(self, whole: int, last: int) -> Refusal:
        """Return the fault of `see email or process in the US, and are opt-in`."""
        reader, at = self._reader, self._reader.at
        all_of_it = reader.instead((whole, whole, "("), (at, at, ")"))
        rest = reader.instead(
            (last, last, "("), (at, at + 1, reader.text_at(at)), (reader.length, reader.length, ")")
        )
        message = "the comma may part what is joined by 'or' from what follows"
        return reader.fault(message, "", all_of_it, rest)

    def _single(self) -> Question:
        reader = self._reader
        self._subject.skip()
        if reader.word in vocabulary.ARE and reader.peek(1) == vocabulary.THERE:
            reader.advance(2)
            self._subject.skip(vocabulary.ONE)
        if reader.done():
            raise reader.fault("a question needs a verb", f"for example: {vocabulary.EXAMPLES[0]}")
        if reader.opens_group():
            with reader.nested():
                question = self._asked()
                reader.close()
            self._denied = -1
            return question
        if reader.word in vocabulary.PAST:
            raise self._days.past()
        if reader.word in vocabulary.MODALS or reader.word in vocabulary.NEGATED_MODALS:
            raise self._modal()
        if reader.word in vocabulary.NEGATIONS and reader.word not in vocabulary.NEGATED_ARE:
            return self._negated()
        if reader.word in vocabulary.PAIR:
            return self._pair()
        question = self._predicates.clause()
        self._subject.first_read()
        self._denied = -1
        return question

    def _negated(self) -> Question:
        """Read what follows a negation, which is the next word."""
        reader = self._reader
        begun, word = reader.at, reader.word
        reader.advance()
        if reader.word in vocabulary.PAIR:
            helped = reader.word_at(begun - 1) in vocabulary.AUXILIARIES
            whole = ((begun - helped, reader.at + 1, "not ("), (reader.length, reader.length, ")"))
            raise reader.fault(
                f"{reader.shown!r} behind a negation needs parentheses",
                "say 'not (… and …)' or 'not (… or …)'",
                reader.instead(*whole),
            )
        if reader.word in vocabulary.OPENERS:
            raise self._subject.claim(reader.at)
        group = reader.word == "("
        with reader.nested(None if group else begun):
            question = self._single()
        self._denied = -1 if group else begun
        if word == vocabulary.NEITHER and reader.word not in vocabulary.NOR and not isinstance(question, Or):
            raise self._without_nor(begun)
        return Not(question)

    def _without_nor(self, begun: int) -> Refusal:
        """Return the fault of `neither see email and process …`, or of a `neither` of one thing."""
        reader = self._reader
        nor = reader.instead((reader.at, reader.at + 1, "nor")) if reader.word in vocabulary.AND else ""
        verb = reader.word_at(begun + 1)
        # after `and` the negation could go on: do not see email and process
        but = [(reader.at, reader.at + 1, "but")] if nor else []
        denied = reader.instead((begun, begun + 2, f"do not {vocabulary.THIRD.get(verb, verb)}"), *but)
        return reader.fault_at(begun, "'neither' goes with 'nor'", "", nor, denied)

    def _pair(self) -> Question:
        """Read `either … or …` or `both … and …`, which bind as parentheses do."""
        reader = self._reader
        begun = reader.at
        either = reader.word == vocabulary.EITHER
        if reader.peek(1) in vocabulary.OPENERS and reader.peek(1) not in vocabulary.RELATIVES:
            raise self._subject.claim(begun)
        reader.advance()
        last, parts = reader.at, [self._single()]
        if either and isinstance(parts[0], Or) and reader.word not in vocabulary.OR:
            self._joined = True  # either see email or names
            return parts[0]
        while either and reader.word in vocabulary.AND:
            self._refuse_shared_negation()
            reader.advance()
            parts = [join_parts(And, [*parts, self._single()])]
        connective = vocabulary.OR if either else vocabulary.AND
        while reader.take(connective):
            last = reader.at
            parts.append(self._single())
        if len(parts) == 1:
            raise reader.unpaired(begun)
        if either and reader.word in vocabulary.AND:
            raise reader.fault(
                "'and' after 'either … or' may go with both or with the last",
                "",
                reader.instead((begun, begun, "("), (reader.at, reader.at, ")")),
                reader.instead((last, last, "("), (reader.length, reader.length, ")")),
            )
        return join_parts(Or if either else And, parts)

    def _modal(self) -> Refusal:
        """Return the fault of what will be, or may be."""
        reader = self._reader
        modal = vocabulary.NEGATED_MODALS.get(reader.word, reader.word)
        denied = modal != reader.word or reader.peek(1) in vocabulary.NEGATIONS
        plain = reader.instead(
            (reader.at, reader.at + 1, "do not" if modal != reader.word else "do" if denied else "")
        )
        if modal in vocabulary.FUTURE:
            past = self._days.past()
            return reader.fault(past.message, past.hint, plain)
        message = f"{modal!r} asks what is possible; every answer names those that cannot be ruled out"
        return reader.fault(message, "", plain)

    def _governs_next(self) -> bool:
        """Return whether the `do not` of the clause just read may govern the verb after a connective too."""
        reader, ahead = self._reader, 1
        while reader.peek(ahead) in vocabulary.ONLY:
            ahead += 1
        return self._denied >= 0 and reader.peek(ahead) in vocabulary.BARE

    def _refuse_shared_negation(self) -> None:
        """Refuse `do not see email and process …`; `but process …` ends what is denied."""
        reader, at, denied = self._reader, self._reader.at, self._denied
        if reader.word != "and" or not self._governs_next():
            return
        does = reader.word_at(denied - 1) == "does" or reader.word_at(denied) in {"doesn't", "doesnt"}
        verb_at = at + 1
        while reader.word_at(verb_at) in vocabulary.ONLY:
            verb_at += 1
        verb = vocabulary.OF_ONE.get(reader.word_at(verb_at)) if does else None
        neither = reader.instead((at, at + 1, "and does not" if does else "and do not"))
        first = reader.instead((at, at + 1, "but"), *([(verb_at, verb_at + 1, verb)] if verb else []))
        lines = [Line(neither, "", "for neither"), Line(first, "", "for the first alone")]
        later = {reader.word_at(each) for each in range(at + 1, reader.length)}
        if not later & (vocabulary.AND | vocabulary.OR | vocabulary.NOR | {")"}):
            both = reader.instead((denied + 1, denied + 1, "("), (reader.length, reader.length, ")"))
            lines.append(Line(both, "", "for not both"))
        message = "'and' after a negation leaves open how far the negation goes"
        raise reader.fault(message, "", *lines)

    def _neither_or_new(self) -> Refusal:
        """Return the fault of `do not see email or process …`: neither of both, or a new clause."""
        reader, at = self._reader, self._reader.at
        neither = Line(reader.instead((at, at + 1, "and do not")), "", "for neither")
        new = reader.instead((at, at + 1, "or that"))
        reader.advance()
        return reader.fault("'or' behind a negation leaves open whether neither is meant", "", neither, new)
