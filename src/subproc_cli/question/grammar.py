"""Reads a question: words to clauses.

    question := part ("or" part)*
    part     := single (("and" | "but") single)*
    single   := "not" single | "(" question ")" | clause

A clause begins with a verb. Behind a connective a verb opens a new clause, anything else goes on
with the list of the clause before. A negation covers its whole clause.
"""

from collections.abc import Callable

from subproc_cli.law.categories import Tree
from subproc_cli.law.places import Gazetteer
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import And, Not, Or, Question, joined
from subproc_cli.question.lists import ListReader
from subproc_cli.question.predicates import Predicates


def parse(text: str, tree: Tree, gazetteer: Gazetteer) -> Question:
    """Return the question that a text asks.

    Raises:
        QuestionFault: a word is not understood; it says which one, and what was expected.
    """
    return _Grammar(ListReader(text), tree, gazetteer).whole()


class _Grammar:
    def __init__(self, reader: ListReader, tree: Tree, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._predicates = Predicates(reader, tree, gazetteer)

    def whole(self) -> Question:
        self._reader.skip(lexicon.OPENERS)
        if self._reader.done():
            hint = f"for example: {lexicon.EXAMPLES[0]}"
            raise self._reader.fault("a question needs a verb", hint)
        question = self._or()
        if not self._reader.done():
            raise self._reader.fault("expected 'and', 'or' or the end of the question")
        return question

    def _or(self) -> Question:
        return self._series(lexicon.OR, Or, self._and)

    def _and(self) -> Question:
        return self._series(lexicon.AND, And, self._single)

    def _series(
        self, connectives: frozenset[str], kind: type[And] | type[Or], part: Callable[[], Question]
    ) -> Question:
        parts = [part()]
        while self._reader.take(connectives):
            parts.append(part())
        return joined(kind, parts)

    def _single(self) -> Question:
        reader = self._reader
        reader.skip(lexicon.OPENERS)
        if reader.opens_group():
            with reader.nested():
                question = self._or()
                reader.close()
            return question
        reader.skip(lexicon.AUXILIARIES)
        if reader.word in lexicon.NEGATIONS - lexicon.NEGATED_ARE:
            reader.advance()
            with reader.nested():
                return Not(self._single())
        return self._predicates.clause()
