"""The words of one question, and the phrases that begin at each of them."""

from collections.abc import Hashable, Iterator
from typing import TypeAlias

from subproc_cli.question.lexer import Token, tokenize

Match: TypeAlias = tuple[int, Hashable]
"""Where a match ends, and what it means."""

MAX_NAME = 9
"""Maximum number of words of the longest name that is looked up."""


class Sentence:
    """The words of one question.

    Args:
        text: the question as it was typed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = tokenize(text)
        self.is_shouted = all(token.raw == token.raw.upper() for token in self.tokens)

    @property
    def is_capitalized(self) -> bool:
        """Return whether most words begin with a capital, as in a title, so that these mark no names."""
        capitals = sum(token.raw[:1].isupper() for token in self.tokens)
        return 2 * capitals > len(self)

    def __len__(self) -> int:
        return len(self.tokens)

    def get_word(self, at: int) -> str:
        """Return a word, or an empty text after the last."""
        return self.tokens[at].word if at < len(self.tokens) else ""

    def get_raw(self, start: int, end: int) -> str:
        """Return words as they were typed, without the marks around them."""
        return " ".join(token.raw for token in self.tokens[start:end]).strip(".:'")

    def iter_phrases(self, at: int, longest: int = MAX_NAME) -> Iterator[tuple[int, str]]:
        """Yield the ends and the words of the phrases that begin at a token; a quoted text is one phrase.

        A quoted sign has no words.
        """
        if self.tokens[at].is_quoted:
            if self.tokens[at].word:
                yield at + 1, self.tokens[at].word
            return
        words: list[str] = []
        for index in range(at, min(at + longest, len(self.tokens))):
            token = self.tokens[index]
            if token.is_quoted or token.word in {",", "(", ")"}:
                return
            words.append(token.word)
            yield index + 1, " ".join(words)

    def starts_with(self, words: tuple[str, ...], at: int) -> bool:
        """Return whether some words follow one another from a token on."""
        return all(self.get_word(at + offset) == word for offset, word in enumerate(words))


def split_name(name: str) -> str:
    """Return a name as a question spells it, so that the two can be compared."""
    return " ".join(token.word for token in tokenize(name))
