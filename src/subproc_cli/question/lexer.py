"""A question as words, with their places in the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from subproc_cli.question.refusal import Line, Refusal

_TOKEN = re.compile(r'["“](?P<quoted>[^"“”]*)["”]|(?P<mark>[(),])|(?P<word>[^\s(),"“”]+)|(?P<open>["“”])')
MAX_QUESTION = 10_000
"""Characters of a question."""
_ENDINGS = "?!.;"
_CONNECTIVES = ("and", "or", "but", "nor")


class Token(NamedTuple):
    """One word, quoted text or mark of a question.

    Attributes:
        text: as it is written.
        start: its first character in the question.
        end: the character behind it.
        quoted: whether it is in quotes.
        paused: whether it is a connective with a comma before it.
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    paused: bool = False

    @property
    def word(self) -> str:
        """The word as it is compared; a quoted text is never a keyword."""
        return "" if self.quoted else self.text.casefold().replace("’", "'")


def tokens(question: str) -> tuple[Token, ...]:
    """Return the tokens of a question, commas replaced by the connective they mean."""
    if len(question) > MAX_QUESTION:
        message = f"a question of more than {MAX_QUESTION:,} characters is not read"
        raise Refusal(message, "", question, (MAX_QUESTION, MAX_QUESTION + 1))
    found: list[Token] = []
    for match in _TOKEN.finditer(question):
        if match["open"]:
            raise Refusal("a quotation mark is not closed", "", question, match.span())
        if match["quoted"] is not None:
            found.append(Token(match["quoted"], *match.span(), quoted=True))
            continue
        text = match[0] if match["mark"] else match[0].rstrip(_ENDINGS)
        if text:
            found.append(Token(text, match.start(), match.start() + len(text)))
    return tuple(_without_commas(question, found))


def _without_commas(question: str, given: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    paused = False
    for index, token in enumerate(given):
        if token.quoted or token.text != ",":
            found.append(token._replace(paused=paused))
            paused = False
            continue
        after = given[index + 1 :]
        if after and after[0].word in _CONNECTIVES:
            paused = True
            continue
        connective = _connective(after) or ("or" if _in_parentheses(given[:index]) else "")
        if not connective:
            before, behind = question[: token.start], question[token.end :].lstrip().rstrip(_ENDINGS)
            raise Refusal(
                "a comma alone does not say whether all or any is meant",
                "write 'and' or 'or'",
                question,
                (token.start, token.end),
                tuple(Line(f"{before} {each} {behind}".strip()) for each in ("and", "or")),
            )
        found.append(token._replace(text=connective))
    return found


def _connective(after: Sequence[Token]) -> str:
    """Return the connective that ends a list of commas: the next one before its parenthesis closes."""
    depth = 0
    for token in after:
        if token.word == "(":
            depth += 1
        elif token.word == ")":
            depth -= 1
            if depth < 0:
                return ""
        elif token.word in _CONNECTIVES and depth == 0:
            return "and" if token.word == "but" else token.word
    return ""


def _in_parentheses(before: Sequence[Token]) -> bool:
    marks = [token.word for token in before]
    return marks.count("(") > marks.count(")")
