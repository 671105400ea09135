"""How words compare: folding, singular and plural, ids from names, and the nearest right word."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

MAX_SUGGESTIONS = 100
"""Wrong words of one kind, such as references, for which the nearest right one is looked for."""
MAX_LISTED = 3
"""Things that a message names one by one; the rest are counted."""
MAX_ID = 200
"""Characters of an id; YAML takes no key that is much longer."""
_SLUG_LENGTH = 100
"""Characters of an id that is made of a name."""
CUTOFF = 0.6
"""Similarity (0 to 1, Ratcliff/Obershelp) below which a proposal would puzzle more than help."""

SURE = 0.75
"""From here on only a misspelling is proposed: for words of everyday language, where what shares a word or
looks alike is often another thing: `session recordings`, `meeting recordings`; Asia, Austria."""

WRONG_LETTERS = 2
"""Letters that may be wrong in a long word; in others it is one."""
_SHORT, _LONG = 4, 8
"""Letters below which a word has no wrong ones, only swapped ones, and from which on it may have two."""

FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
"""What begins a formula, also behind blanks and in full width, or looks like one that is marked with `'`."""

ARTICLES = frozenset({"a", "an", "the", "your", "their", "our", "its"})

_DENIALS = ("non ", "no ", "not ", "non", "un", "in")

_SEPARATORS = str.maketrans("_.-’", "   '")


def parse_day(text: str) -> date | None:
    """Return the day that a text names as YYYY-MM-DD: no other form of ISO 8601, no 30 February."""
    if len(text) != len("YYYY-MM-DD") or not text[4] == text[7] == "-":  # not 20240131, not 2024-W05-3
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def slugify(name: str) -> str:
    """Return the id for a name: lower case, whatever is not a letter or a digit as one hyphen.

    >>> slug("Customer.io")
    'customer-io'
    """
    return _hyphenate(name)[:_SLUG_LENGTH].rstrip("-")


def is_id(text: str) -> bool:
    """Tell whether a text is an id: lower-case letters, digits and single hyphens, and not too long."""
    return 0 < len(text) <= MAX_ID and _hyphenate(text) == text


def _hyphenate(name: str) -> str:
    kept = "".join(char if char.isalnum() else " " for char in compose(name).lower())
    return "-".join(kept.split())


def fold(phrase: str) -> str:
    """Return a phrase in the form in which two spellings of it are equal."""
    return " ".join(compose(phrase).casefold().translate(_SEPARATORS).split())


def compose(text: str) -> str:
    """Return a text with every letter and its accents as one character (Unicode NFC)."""
    if text.isascii():
        return text
    from unicodedata import normalize  # most text is ASCII

    return normalize("NFC", text)


def strip_accents(text: str) -> str:
    """Return a text without the accents of its letters."""
    from unicodedata import combining, normalize  # only names of countries need it

    return "".join(char for char in normalize("NFD", text) if not combining(char))


def join_words(words: Iterable[str], last: str = "and", separator: str = "; ") -> str:
    """Return words as people list them: `a, b and c`; with semicolons (`also`) where one holds a comma."""
    *first, final = [*words] or [""]
    if any(", " in word for word in (*first, final)):
        return separator.join((*first, f"{last} {final}")) if first else final
    return f"{', '.join(first)} {last} {final}" if first else final


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
    words = fold(phrase).split()
    return " ".join(_to_singular(word) for word in words if word not in ARTICLES)


def _to_singular(word: str) -> str:
    """Return a form that singular and plural share; it need not be a word: `cooky`, `cach`."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-1] if word.endswith(("sse", "xe", "che", "she")) else word


def find_nearest(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """Return the known word that is meant by a wrong one, or None.

    That is one of which it may be a misspelling, or one with which it shares a whole word. Of everyday
    language (`SURE`) sharing a word is not enough, and what is the opposite is never proposed.
    """
    from difflib import get_close_matches  # only a wrong word needs it

    typed = fold(word)
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(fold(candidate), candidate)
    slips = [each for each in folded if is_slip(typed, each) and not _is_negation(typed, each)]
    found = get_close_matches(typed, slips, n=1, cutoff=0)
    if not found and cutoff < SURE:
        words = set(typed.split())
        sharing = [
            each for each in folded if not (words.isdisjoint(each.split()) or _is_negation(typed, each))
        ]
        found = get_close_matches(typed, sharing, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def is_slip(typed: str, known: str) -> bool:
    """Return whether a folded phrase is a known one with a slip in some of its words.

    Words are compared one by one, so that a long word which both share cannot hide another that differs.
    Only a blank too many or too few may change their number: `optin`, `opt in`.

    >>> is_slip("phnoe numbers", "phone number")
    True
    >>> is_slip("hr data", "card data")
    False
    """
    one, other = typed.replace("ph", "f"), known.replace("ph", "f")  # as `telefone`
    if not _begins_alike(one, other):
        return False
    if one.count(" ") != other.count(" "):
        return _is_slip_of_word(one.replace(" ", ""), other.replace(" ", ""))
    return all(map(_is_slip_of_word, one.split(), other.split()))


def _is_slip_of_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > WRONG_LETTERS or not _begins_alike(one, other):
        return False
    if longer < _SHORT:  # one letter more or less makes another word: EU, US, use
        return sorted(one) == sorted(other)
    return _edits(one, other) <= (WRONG_LETTERS if longer >= _LONG else 1)


def _begins_alike(one: str, other: str) -> bool:
    """Return whether two words begin with the same letter, which few miss, or with the same two swapped."""
    return one[:1] == other[:1] or one[:2] == other[1::-1]


def _edits(one: str, other: str) -> int:
    """Return how many letters were added, left out, exchanged or swapped (optimal string alignment)."""
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, last = last, here
    return last[-1]


def _is_negation(word: str, found: str) -> bool:
    """Tell whether a word is another with a negation before it: `non personal data`."""
    return word.removesuffix(found) in _DENIALS


def suggest(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str:
    """Return `did you mean …?` with the nearest known word, or an empty text."""
    found = find_nearest(word, known, cutoff)
    return f"did you mean {found}?" if found else ""


class Suggester:
    """Gives `did you mean …?` for wrong words, until there were so many that the search would take long."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._left = MAX_SUGGESTIONS

    def suggest(self, word: str) -> str:
        """Return `did you mean …?` with the nearest known word, or an empty text."""
        self._left -= 1
        return suggest(word, self._known) if self._left >= 0 else ""
