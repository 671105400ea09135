"""Reads a question: words to clauses.

    question := part ("or" part)*
    part     := single (("and" | "but") single | "nor" single)*
    single   := "not" single | "(" question ")" | clause

A clause begins with a verb. Behind a connective a verb opens a new clause, anything else goes on
with the list of the clause before. A negation covers its whole clause.
"""

from collections.abc import Mapping

from subproc_cli.errors import QuestionFault
from subproc_cli.law.categories import Tree
from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon, unclear
from subproc_cli.question.clauses import And, Not, Or, Question, joined
from subproc_cli.question.days import Days
from subproc_cli.question.lists import ListReader
from subproc_cli.question.predicates import Predicates
from subproc_cli.registry.service import Service


def parse(
    text: str, tree: Tree, gazetteer: Gazetteer, services: Mapping[str, Service] | None = None
) -> Question:
    """Return the question that a text asks.

    Args:
        text: the question.
        tree: the words for data.
        gazetteer: the words for places.
        services: all services of the list, by id; names that none has are refused. Without them, none is.

    Raises:
        QuestionFault: a word is not understood; it says which one, and what was expected.
    """
    return _Grammar(ListReader(text), tree, gazetteer, services or {}).whole()


class _Grammar:
    def __init__(
        self, reader: ListReader, tree: Tree, gazetteer: Gazetteer, services: Mapping[str, Service]
    ) -> None:
        self._reader = reader
        self._days = Days(reader)
        self._predicates = Predicates(reader, tree, gazetteer, services)
        self._denied = ""
        """The clause just read, if `do not` or the like goes before it: its verb may govern the next one."""

    def whole(self) -> Question:
        self._reader.skip(lexicon.OPENERS)
        if self._reader.done():
            hint = f"for example: {lexicon.EXAMPLES[0]}"
            raise self._reader.fault("a question needs a verb", hint)
        question = self._or()
        if not self._reader.done():
            raise self._days.told() or self._reader.fault("expected 'and', 'or' or the end of the question")
        return question

    def _or(self) -> Question:
        parts = [self._and()]
        while self._reader.take(lexicon.OR):
            if self._denied and self._reader.word in lexicon.BARE:
                raise self._neither_or_new()
            parts.append(self._and())
        return joined(Or, parts)

    def _and(self) -> Question:
        parts = [self._single()]
        while self._reader.word in lexicon.AND | lexicon.NOR:
            nor = not self._reader.take(lexicon.AND)
            parts.append(self._negated(self._reader.at) if nor else self._single())
        return joined(And, parts)

    def _single(self) -> Question:
        reader = self._reader
        reader.skip(lexicon.OPENERS)
        begun = reader.at
        if reader.opens_group():
            with reader.nested(denied=False):
                question = self._or()
                reader.close()
            self._denied = ""
            return question
        if reader.word in lexicon.ARE and reader.peek(1) == lexicon.THERE:
            reader.advance(2)
            reader.skip(lexicon.OPENERS | lexicon.ONE)
        reader.skip(lexicon.LEADING)
        if reader.word in lexicon.PAST:
            raise self._days.past()
        if reader.word in lexicon.NEGATIONS - lexicon.NEGATED_ARE:
            return self._negated(begun)
        question = self._predicates.clause()
        self._denied = ""
        return question

    def _negated(self, begun: int) -> Question:
        """Read what stands behind a negation, which is the next word."""
        reader = self._reader
        reader.advance()
        if reader.word in lexicon.PAIR:
            raise reader.fault(
                f"{reader.shown!r} behind a negation needs parentheses",
                "say 'not (… and …)' or 'not (… or …)'",
            )
        if reader.word in lexicon.OPENERS:
            raise reader.fault(*unclear.NONE_OR_SOME)
        group = reader.word == "("
        with reader.nested(denied=not group):
            question = self._single()
        self._denied = "" if group else reader.said(begun)
        return Not(question)

    def _neither_or_new(self) -> QuestionFault:
        """Return the fault of `do not see email or process …`: neither of both, or a new clause."""
        clause = self._reader.ahead()
        return self._reader.fault(
            "'or' behind a negation leaves open whether neither is meant",
            f"say '{self._denied} and do not {clause}' for neither, or '{self._denied} or that {clause}'",
        )
