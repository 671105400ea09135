"""How words compare: folding, singular and plural, ids from names."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

MAX_LISTED = 3
"""Maximum number of things that a message names one by one; the rest are counted."""
MAX_ID = 200
"""Maximum number of characters of an id; YAML takes no key that is much longer."""
_SLUG_LENGTH = 100
"""Maximum number of characters of an id that is made of a name."""
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
"""The start of a formula, also after blanks and in full width, or of a text like an escaped formula."""

ARTICLES = frozenset({"a", "an", "the", "your", "their", "our", "its"})

_SEPARATORS = str.maketrans("_.-’", "   '")
_LETTERS = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BRACKETS = re.compile(r"\([^()]*\)")
_LETTER_OF_LIST = re.compile(r"(?<= )[a-z]\)")
"""A letter that counts, in the way of French articles: `art. 46, par. 2, point c), du RGPD`."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_WITH_DOTS = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", re.ASCII)
_DAY_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)


def parse_day(text: str) -> date | None:
    """Return the day that a text names as YYYY-MM-DD: no other form of ISO 8601, no 30 February."""
    if not _DAY.fullmatch(text):
        return None  # fromisoformat also reads 20240131 and 2024-W05-3
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def suggest_day(text: str) -> str:
    """Return what to write instead of a text that is not a valid date.

    A day with dots, or with the year first, can be read in one way only; `1/8/2022` can not.

    >>> suggest_day("1.8.2022")
    'did you mean 2022-08-01?'
    >>> suggest_day("2023-02-30")
    'there is no such day in the calendar'
    """
    if _DAY.fullmatch(text):
        return "there is no such day in the calendar"
    found = _DAY_WITH_DOTS.fullmatch(text) or _DAY_YEAR_FIRST.fullmatch(text)
    day = parse_day("{year}-{month:0>2}-{day:0>2}".format(**found.groupdict())) if found else None
    return f"did you mean {day}?" if day else "write it as YYYY-MM-DD"


def slugify(name: str) -> str:
    """Return the id for a name: lower case, whatever is not a letter or a digit as one hyphen.

    >>> slugify("Customer.io")
    'customer-io'
    """
    return _hyphenate(name)[:_SLUG_LENGTH].rstrip("-")


def is_id(text: str) -> bool:
    """Return whether a text is an id: lower-case letters, digits and single hyphens, and not too long."""
    return 0 < len(text) <= MAX_ID and _hyphenate(text) == text


def _hyphenate(name: str) -> str:
    return "-".join(_LETTERS.findall(compose(name).lower()))


def fold(phrase: str) -> str:
    """Return a phrase in the form in which two spellings of it are equal."""
    return " ".join(_fold_words(phrase))


def _fold_words(phrase: str) -> list[str]:
    return compose(phrase).casefold().translate(_SEPARATORS).split()


def compose(text: str) -> str:
    """Return a text with every letter and its accents as one character (Unicode NFC)."""
    if text.isascii():
        return text
    from unicodedata import normalize  # most text is ASCII

    return normalize("NFC", text)


def strip_accents(text: str) -> str:
    """Return a text without the accents of its letters."""
    if text.isascii():
        return text
    from unicodedata import combining, normalize  # most text is ASCII

    return _NOT_ASCII.sub(lambda match: "" if combining(match[0]) else match[0], normalize("NFD", text))


def join_words(words: Iterable[str], last: str = "and", separator: str = "; ") -> str:
    """Return words as people list them: `a, b and c`; with semicolons where a comma would be ambiguous.

    A comma in brackets is not: `one act (Art. 1, para. 2) and another one`.
    """
    *first, final = [*words] or [""]
    if not first:
        return final
    if any(", " in word and ", " in _remove_brackets(word) for word in (*first, final)):
        return separator.join((*first, f"{last} {final}"))
    return f"{', '.join(first)} {last} {final}"


def _remove_brackets(text: str) -> str:
    """Return a text without what is in round brackets, also in nested ones."""
    text, count = _LETTER_OF_LIST.sub("", text), 1
    while count:
        text, count = _BRACKETS.subn("", text)
    return text


def join_first_words(words: Sequence[str]) -> str:
    """Return the first of many words as people list them: `a, b, c and 9 more`."""
    more = [f"{len(words) - MAX_LISTED:,} more"] if len(words) > MAX_LISTED else []
    return join_words([*words[:MAX_LISTED], *more])


@lru_cache(maxsize=4096)
def stem(phrase: str) -> str:
    """Return a folded phrase without articles and with every word in the singular, roughly.

    >>> stem("the IP addresses")
    'ip address'
    >>> stem("our customers' data")
    'customer data'
    """
    return " ".join(_to_singular(word) for word in _fold_words(phrase) if word not in ARTICLES)


def _to_singular(word: str) -> str:
    """Return a form that singular and plural share; it need not be a word: `cooky`, `cach`."""
    if not word.endswith(("s", "'", "e")):
        return word
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-1] if word.endswith(("sse", "xe", "che", "she")) else word
