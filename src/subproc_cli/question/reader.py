"""A place in the words of a question that moves on as they are understood."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from subproc_cli.question import vocabulary
from subproc_cli.question.lexer import Token, tokens
from subproc_cli.question.refusal import Line, Refusal

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
        self._nesting: list[int | None] = []

    def done(self) -> bool:
        """Whether all words are read."""
        return self._at >= len(self._tokens)

    @property
    def word(self) -> str:
        """The next word, folded; empty at the end and for a quoted text."""
        return self.peek(0)

    @property
    def paused(self) -> bool:
        """Whether the next word is a connective with a comma before it."""
        return not self.done() and self._tokens[self._at].paused

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

    def taken_at(self, words: frozenset[str]) -> int | None:
        """Take the next word if it is one of those, and return where it is."""
        at = self._at
        return at if self.take(words) else None

    def skip(self, words: frozenset[str]) -> None:
        """Leave all next words behind that are one of those."""
        while self.take(words):
            pass

    def word_at(self, index: int) -> str:
        """Return any word of the question, folded."""
        return self._tokens[index].word if 0 <= index < len(self._tokens) else ""

    def count(self, phrase: str) -> int:
        """Return how many of the next words a phrase is that begins here."""
        for count in range(1, MAX_PHRASE + 1):
            if " ".join(token.text for token in self._tokens[self._at : self._at + count]) == phrase:
                return count
        return 1

    def text_at(self, index: int) -> str:
        """Return any word of the question as it is written."""
        return self._tokens[index].text if 0 <= index < len(self._tokens) else ""

    def instead(self, *changes: tuple[int, int, str]) -> str:
        """Return the whole question with some of its words replaced, left out or inserted.

        Args:
            changes: the first word that goes, the one after the last, and what comes in their place.
        """
        text = self.text[: self._tokens[-1].end]
        for begun, ended, words in sorted(changes, reverse=True):
            start = self._tokens[begun].start if begun < len(self._tokens) else len(text)
            end = self._tokens[ended - 1].end if ended > begun else start
            left = text[:start].rstrip()
            if begun < len(self._tokens) and self._tokens[begun].paused:
                left = left.removesuffix(",")
            text = _beside(left, _beside(words, text[end:].lstrip()))
        return text

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
    def length(self) -> int:
        """How many words the question has."""
        return len(self._tokens)

    @property
    def at(self) -> int:
        """How many words are read."""
        return self._at

    def said(self, begun: int) -> str:
        """Return what was read since then, as it is written."""
        return self.text[self._tokens[begun].start : self._tokens[self._at - 1].end]

    def ahead(self) -> str:
        """Return the words up to the next clause or mark, without taking them."""
        return " ".join(self.words_ahead())

    def words_ahead(self) -> list[str]:
        """Return the same one by one, as they are written."""
        before = self._at
        words = [token.text for token in self._rest()]
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
        return " ".join(token.text for token in self._rest())

    def _rest(self) -> list[Token]:
        taken: list[Token] = []
        while not self.done() and self.word not in (*_MARKS, *vocabulary.ENDS):
            taken.append(self._tokens[self._at])
            self._at += 1
        return taken

    def until(self, words: frozenset[str]) -> int | None:
        """Return where one of some words is before the next clause or mark; None if it does not."""
        for index in range(self._at, len(self._tokens)):
            word = self._tokens[index].word
            if word in words:
                return index
            if word in (*_MARKS, *vocabulary.ENDS):
                break
        return None

    def clause_ahead(self, ahead: int) -> bool:
        """Return whether a clause begins some words ahead, behind openers, negations and parentheses."""
        skipped = vocabulary.LEADING | vocabulary.NEGATIONS | vocabulary.ONLY | {"("}
        helping = vocabulary.AUXILIARIES | vocabulary.MODALS
        auxiliary = False
        while self.peek(ahead) in skipped:
            auxiliary = auxiliary or self.peek(ahead) in helping
            ahead += 1
        return auxiliary or self._verb(ahead) or self._function(ahead) or self.peek(ahead) in vocabulary.PAST

    def _verb(self, ahead: int) -> bool:
        word = self.peek(ahead)
        is_noun = word == "transfer" and self.peek(ahead + 1) in vocabulary.NOUNS
        return word in vocabulary.VERBS and not is_noun

    def _function(self, ahead: int) -> bool:
        return self.peek(ahead) in vocabulary.FUNCTIONS and self.peek(ahead + 1) == "("

    def opens_group(self) -> bool:
        """Take an opening parenthesis if a clause follows it; return whether one did."""
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
    def nested(self, denied: int | None = None) -> Iterator[None]:
        """Count one more level of nesting while something is read: of a negation, or of parentheses.

        Args:
            denied: where the negation is; None for parentheses.
        """
        if len(self._nesting) == MAX_DEPTH:
            raise self.fault(f"nested more than {MAX_DEPTH} levels deep")
        self._nesting.append(denied)
        yield
        self._nesting.pop()

    @property
    def denied(self) -> bool:
        """Whether a negation covers the next word, and no parenthesis is open within it."""
        return self.denial is not None

    @property
    def denial(self) -> int | None:
        """Where the negation is that covers the next word."""
        return self._nesting[-1] if self._nesting else None

    @property
    def denials(self) -> int:
        """How many negations cover the next word."""
        return sum(each is not None for each in self._nesting)

    def fault(self, message: str, hint: str = "", *lines: str | Line) -> Refusal:
        """Return a fault that points at the next word, or after the last one.

        Args:
            message: what was expected.
            hint: what to do instead.
            lines: whole questions that may be meant; those that cannot be asked are not proposed.
        """
        asked = tuple(each if isinstance(each, Line) else Line(each) for each in lines)
        if self.done():
            end = len(self.text.rstrip())
            return Refusal(f"{message}, but the question ends here", hint, self.text, (end, end + 1), asked)
        token = self._tokens[self._at]
        return Refusal(message, hint, self.text, (token.start, token.end), asked)

    def fault_at(self, index: int, message: str, hint: str = "", *lines: str | Line) -> Refusal:
        """Return the same fault for a word that is read already."""
        before, self._at = self._at, index
        fault = self.fault(message, hint, *lines)
        self._at = before
        return fault

    @property
    def shown(self) -> str:
        """The next word as it is written."""
        return self.written(0)

    def written(self, ahead: int) -> str:
        """Return a word further on as it is written; empty behind the last one."""
        index = self._at + ahead
        return self._tokens[index].text if index < len(self._tokens) else ""


def _beside(left: str, right: str) -> str:
    """Return two pieces of a question as one."""
    tight = not left or not right or left.endswith("(") or right[0] in "),"
    return f"{left}{'' if tight else ' '}{right}"
