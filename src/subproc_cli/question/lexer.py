"""Splits a question into words: folded, contractions written out, hyphens and slashes taken apart."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.question.query import FUNCTIONS
from subproc_cli.text import fold

FORMAL = "\0formal"
"""The word of a token that is a clause in the formal notation: `sees(identity.email)`."""
_PIECE = re.compile(
    r"""(?P<formal>(?<![\w-])[a-z]+(?:-[a-z]+)*\([^()]*\))"""
    r"""|[“„"](?P<quoted>[^”“"]+)[”"]"""
    r"""|(?P<without>(?<!\w)[wW]/[oO]?(?!\w))"""
    r"""|(?P<day>\d{4}-\d{2}(?:-\d{2})?(?![\w-])|\d{1,2}\.\d{1,2}\.\d{4}(?!\w))"""
    r"""|(?P<plus>(?<=\s)\+(?=\s))"""
    r"""|(?P<word>(?<!\w)(?:[aA]/[bB]|[Ii][Ss][Oo]/[Ii][Ee][Cc])(?!\w)|[^\s,()/&“”"?!;\-‐‑–]+)"""
    r"""|(?P<mark>[,()/&;?])"""
)
_QUOTED_WORD = re.compile(r"(?<!\w)'([^']+)'(?!\w)|‘([^’]+)’(?!\w)")
_CONTRACTIONS = {
    "don't": "do not", "doesn't": "does not", "can't": "can not", "cannot": "can not", "isn't": "is not",
    "aren't": "are not", "won't": "will not", "wouldn't": "would not", "couldn't": "could not",
    "haven't": "have not", "hasn't": "has not", "didn't": "did not", "wasn't": "was not",
    "weren't": "were not", "who's": "who is", "what's": "what is", "where's": "where is",
    "they're": "they are", "dont": "do not", "doesnt": "does not", "cant": "can not", "isnt": "is not",
    "arent": "are not", "i'd": "i would", "we'd": "we would", "i'm": "i am", "we're": "we are",
    "you're": "you are", "which's": "which is", "a/b": "a b", "iso/iec": "iso iec",
    "it's": "it is", "that's": "that is", "there's": "there is", "i've": "i have", "we've": "we have",
    "you've": "you have", "shouldn't": "should not", "mustn't": "must not", "let's": "let us",
}  # fmt: skip
_MARKS = {"/": "or", "&": "and", ";": ","}
_NUMBER = re.compile(r"(?:[a-z]\.|q)?\d+(?:\.\d+)+")
"""A number with a decimal point, or that of a question: `1.5`, `q3.2`, `a.5.19`."""
_INITIALS = re.compile(r"(?:[^\W\d]\.)+[^\W\d]?\.?")


class Token(NamedTuple):
    """One word of a question.

    Attributes:
        word: the word, folded.
        raw: as it was typed.
        start: its first character in the question, counted from 0.
        end: the character after its last.
        is_quoted: whether it was typed between quotes, so that it names something.
    """

    word: str
    raw: str
    start: int
    end: int
    is_quoted: bool = False


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a question; `and/or` is one word."""
    plain = _QUOTED_WORD.sub(lambda match: f'"{match[1] or match[2]}"', text)
    tokens: list[Token] = []
    for match in _PIECE.finditer(plain):
        start, end = match.span()
        if match["formal"] and match["formal"].partition("(")[0] in FUNCTIONS:
            tokens.append(Token(FORMAL, match["formal"], start, end))
        elif match["formal"]:
            name, _, rest = match["formal"].partition("(")
            tokens.extend(_shift(tokenize(name), start))
            start += len(name)
            tokens.append(Token("(", "(", start, start + 1))
            tokens.extend(_shift(tokenize(rest), start + 1))
        elif match["quoted"]:
            tokens.append(
                Token(" ".join(fold(match["quoted"]).split()), match["quoted"], start, end, is_quoted=True)
            )
        elif match["without"]:
            tokens.append(
                Token(
                    "without" if match["without"].casefold() == "w/o" else "with",
                    match["without"],
                    start,
                    end,
                )
            )
        elif match["day"]:
            tokens.append(Token(match["day"], match["day"], start, end))
        elif match["plus"]:
            tokens.append(Token("and", "+", start, end))
        elif match["mark"]:
            mark = match["mark"]
            tokens.append(Token(_MARKS.get(mark, mark), mark, start, end))
        else:
            raw = match["word"]
            tokens.extend(Token(word, raw, start, end) for word in _split_word(raw))
    while tokens and tokens[-1].word == "?":
        tokens.pop()
    tokens = [*_read_third([*_read_has(tokens)])]
    words = [token.word for token in tokens]
    either = {index for index in range(len(words) - 2) if words[index : index + 3] == ["and", "or", "or"]}
    return tuple(
        token for index, token in enumerate(tokens) if index not in either and index - 1 not in either
    )


def _read_has(tokens: list[Token]) -> Iterator[Token]:
    """Yield the words, with *has* for the *'s* of `who's got`."""
    for index, token in enumerate(tokens):
        is_has = token.word == "is" != token.raw.lower() and tokens[index + 1 : index + 2]
        yield token._replace(word="has") if is_has and tokens[index + 1].word == "got" else token


def _read_third(tokens: list[Token]) -> Iterator[Token]:
    """Yield the words, with *third* for the *3rd* of `3rd-party` and `3rd countries`; that of a day stays."""
    for index, token in enumerate(tokens):
        following = "".join(after.word for after in tokens[index + 1 : index + 2])
        is_third = token.word == "3rd" and following.startswith(("part", "countr"))
        yield token._replace(word="third") if is_third else token


def _shift(tokens: tuple[Token, ...], by: int) -> tuple[Token, ...]:
    return tuple(token._replace(start=token.start + by, end=token.end + by) for token in tokens)


def _split_word(raw: str) -> list[str]:
    word = raw.replace("’", "'").casefold().strip(".:'")
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    if _NUMBER.fullmatch(word):
        return [word]
    if _INITIALS.fullmatch(raw.casefold()) and "." in raw.strip("."):
        return [word.replace(".", "")]
    word = word.removesuffix("'s").removesuffix("'")
    return fold(word).split() if word else []
