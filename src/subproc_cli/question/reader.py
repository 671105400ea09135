"""A place in the words of a question that moves on as they are understood."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from subproc_cli.errors import QuestionFault
from subproc_cli.question import lexicon
from subproc_cli.question.tokens import Token, tokens

Found = TypeVar("Found")

MAX_DEPTH = 50
"""Deepest nesting of parentheses and negations."""
MAX_PHRASE = 8
"""Most words that one name may have."""
_MARKS = ("(", ")")


class Reader:
    """Looks at the next word, takes it, or says what is wrong with it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokens(text)
        self._at = 0
        self._nesting: list[bool] = []

    def done(self) -> bool:
        """Whether all words are read."""
        return self._at >= len(self._tokens)

    @property
    def word(self) -> str:
        """The next word, folded; empty at the end and for a quoted text."""
        return self.peek(0)

    def peek(self, ahead: int) -> str:
        """Return a word further on, folded."""
        index = self._at + ahead
        return self._tokens[index].word if index < len(self._tokens) else ""

    def advance(self, count: int = 1) -> None:
        """Leave some words behind."""
        self._at += count

    def take(self, words: frozenset[str]) -> bool:
        """Take the next word if it is one of those; tell whether it was."""
        if self.word and self.word in words:
            self._at += 1
            return True
        return False

    def skip(self, words: frozenset[str]) -> None:
        """Leave all next words behind that are one of those."""
        while self.take(words):
            pass

    def phrase(self, find: Callable[[str], Found | None]) -> Found | None:
        """Take the longest run of next words that something can be found for."""
        for count in range(self._reach(), 0, -1):
            words = self._tokens[self._at : self._at + count]
            found = find(" ".join(token.text for token in words))
            if found is not None:
                self._at += count
                return found
        return None

    @property
    def at(self) -> int:
        """How many words are read."""
        return self._at

    def said(self, begun: int) -> str:
        """Return what was read since then, as it is written."""
        return self.text[self._tokens[begun].start : self._tokens[self._at - 1].end]

    def ahead(self) -> str:
        """Return the words up to the next clause or mark, without taking them."""
        before = self._at
        words = self.rest()
        self._at = before
        return words

    def _reach(self) -> int:
        count = 0
        for token in self._tokens[self._at : self._at + MAX_PHRASE]:
            if token.word in _MARKS:
                break
            count += 1
        return count

    def rest(self) -> str:
        """Take the words up to the next clause or mark, as they are written."""
        taken: list[Token] = []
        while not self.done() and self.word not in (*_MARKS, *lexicon.ENDS):
            taken.append(self._tokens[self._at])
            self._at += 1
        return " ".join(token.text for token in taken)

    def clause_ahead(self, ahead: int) -> bool:
        """Tell whether a clause begins some words ahead, behind openers, negations and parentheses."""
        skipped = lexicon.LEADING | lexicon.NEGATIONS | {"("}
        auxiliary = False
        while self.peek(ahead) in skipped:
            auxiliary = auxiliary or self.peek(ahead) in lexicon.AUXILIARIES
            ahead += 1
        return auxiliary or self._verb(ahead) or self._function(ahead) or self.peek(ahead) in lexicon.PAST

    def _verb(self, ahead: int) -> bool:
        word = self.peek(ahead)
        is_noun = word == "transfer" and self.peek(ahead + 1) in lexicon.NOUNS
        return word in lexicon.VERBS and not is_noun

    def _function(self, ahead: int) -> bool:
        return self.peek(ahead) in lexicon.FUNCTIONS and self.peek(ahead + 1) == "("

    def opens_group(self) -> bool:
        """Take an opening parenthesis if a clause stands behind it; tell whether one did."""
        if self.word == "(" and self.clause_ahead(1):
            self._at += 1
            return True
        return False

    def close(self) -> None:
        """Take a closing parenthesis."""
        if self.word != ")":
            raise self.fault("expected )")
        self._at += 1

    @contextmanager
    def nested(self, *, denied: bool) -> Iterator[None]:
        """Count one more level of nesting while something is read: of a negation, or of parentheses."""
        if len(self._nesting) == MAX_DEPTH:
            raise self.fault(f"nested more than {MAX_DEPTH} levels deep")
        self._nesting.append(denied)
        yield
        self._nesting.pop()

    @property
    def denied(self) -> bool:
        """Whether a negation covers the next word, and no parenthesis is open within it."""
        return self._nesting[-1:] == [True]

    @property
    def denials(self) -> int:
        """How many negations cover the next word."""
        return sum(self._nesting)

    def fault(self, message: str, hint: str = "") -> QuestionFault:
        """Return a fault that points at the next word, or behind the last one."""
        if self.done():
            end = len(self.text.rstrip())
            return QuestionFault(f"{message}, but the question ends here", hint, self.text, end, end + 1)
        token = self._tokens[self._at]
        return QuestionFault(message, hint, self.text, token.start, token.end)

    @property
    def shown(self) -> str:
        """The next word as it is written."""
        return self.written(0)

    def written(self, ahead: int) -> str:
        """Return a word further on as it is written; empty behind the last one."""
        index = self._at + ahead
        return self._tokens[index].text if index < len(self._tokens) else ""
