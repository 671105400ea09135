"""The words of lists as companies write them, from the data files of this folder."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from subproc_cli.text import stem, strip_accents
from subproc_cli.yaml.libyaml import parse_texts

FOLDER = Path(__file__).parent / "data"

_WORD = re.compile(r"[^\W_]+")
_LONGEST_REMEMBERED = 100
"""Maximum length of a phrase whose normal form is cached: labels and names recur in every row."""
_FREE = re.compile(r"\w[-‐‑]free(?!\w)", re.IGNORECASE)
"""A word that denies the one before it: `PII-free`."""
_SUB = re.compile(r"\bsub (?=(?:processor|procesador|processador|encargad|encarregad)\w*)")


@cache
def load_file(name: str) -> Any:
    """Return the contents of a data file, every scalar as text."""
    return parse_texts((FOLDER / name).read_text("utf-8"))


def load_words(*route: str) -> Any:
    """Return a part of the words: `words("places", "beside")`."""
    found = load_file("words.yaml")
    for step in route:
        found = found[step]
    return found


def normalize(phrase: str) -> str:
    """Return a phrase in the form in which two spellings of it are equal.

    Case, accents, marks, articles and plural do not count.

    >>> normalize("Sub-Processors' name(s)")
    'subprocessor name '
    """
    return _remembered(phrase) if len(phrase) <= _LONGEST_REMEMBERED else _normal(phrase)


@lru_cache(maxsize=16_384)
def _remembered(phrase: str) -> str:
    return _normal(phrase)


def _normal(phrase: str) -> str:
    apart = " ".join(_WORD.findall(strip_accents(phrase)))
    return _SUB.sub("sub", stem(apart))


@cache
def load_phrases(*route: str) -> frozenset[str]:
    """Return a list of phrases in their normal form."""
    return frozenset(filter(None, map(normalize, load_words(*route))))


@cache
def index_phrases(*route: str) -> dict[str, str]:
    """Return the key of every phrase of a mapping of lists, by the phrase in its normal form."""
    found: dict[str, str] = {}
    for key, listed in load_words(*route).items():
        for phrase in listed:
            found.setdefault(normalize(phrase), key)
    return found


def contains_words(text: str, *route: str) -> bool:
    """Return whether a text holds one of some phrases as whole words."""
    return contains_phrase(normalize(text), load_phrases(*route))


def holds_unspaced(text: str, *route: str) -> bool:
    """Return whether a text holds one of some phrases of a script that puts no spaces between words."""
    found = (phrase for phrase in load_words(*route) if _UNSPACED.match(phrase))
    return any(phrase in text for phrase in found)


_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""The beginning of a word in Japanese, Chinese or Korean."""


def contains_phrase(text: str, known: Iterable[str]) -> bool:
    """Return whether a text in its normal form holds one of some phrases in theirs."""
    padded = f" {text} "
    return any(f" {phrase} " in padded for phrase in known)


def is_statement(name: str) -> bool:
    """Return whether a text in a column of names says that there are none, asks, or is a sentence."""
    known = f"{normalize(name)} "
    is_question = " " in known.rstrip() and name.rstrip().endswith("?")
    plain = [word for word in name.strip().partition("\n")[0].partition("(")[0].split() if word[0].islower()]
    is_sentence = len(plain) >= (_FEWEST_BEFORE_STOP if name.rstrip().endswith(".") else _FEWEST_PLAIN)
    return (
        is_question
        or is_sentence
        or any(known.startswith(f"{phrase} ") for phrase in load_phrases("no_names"))
    )


_FEWEST_PLAIN = 5
"""Number of words in small letters from which a text is a sentence rather than a name."""
_FEWEST_BEFORE_STOP = 3
"""The same number for a text with a full stop."""


@cache
def build_pattern(*route: str) -> "re.Pattern[str]":
    """Return a pattern that finds any of some phrases as they are written, the longest first."""
    listed = sorted(load_words(*route), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)


def contains_negation(text: str) -> bool:
    """Return whether a text contains a word that negates or limits its meaning."""
    return bool(build_pattern("negations").search(text.replace("’", "'")) or _FREE.search(text))
