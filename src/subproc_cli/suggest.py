"""Suggests the known word that a wrong word probably means: `did you mean …?`.

A proposal that moves data to another country, or from one category of data to another, does harm, so
similarity alone is not enough: `Canary Islands` resembles `Cayman Islands`, and `HR data` resembles
`card data`. A proposal is therefore a misspelling, word by word, of a known phrase.
"""

from collections.abc import Callable, Iterable

from subproc_cli.text import fold

MAX_SUGGESTIONS = 100
"""Maximum number of wrong words of one kind, such as references, that get a suggestion."""
CUTOFF = 0.6
"""Similarity (0 to 1, Ratcliff/Obershelp) below which a suggestion would do more harm than good."""
SURE = 0.75
"""The cutoff at which only misspellings are suggested.

For words of everyday language: a phrase that shares a word with a known one often means something else, such
as `session recordings` and `meeting recordings`.
"""
_SLIP_LIMIT = 2
"""Maximum number of wrong letters in a long word, and in a phrase; other words may have one."""
LONG_WORD = 8
"""Number of letters from which a word may have two slips instead of one."""
LONG_TERM = 9
"""The number for terms of a large vocabulary, where more words look similar: `contacts`, `contents`."""
_SHORT_WORD = 4
"""In a word of fewer letters only swapped letters count as a slip: EU, US and use are three
words."""

_NEGATIONS = ("non ", "no ", "not ", "non", "un", "in")


def find_nearest(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """Return the known word that is nearest to a wrong one, or None.

    This is the most similar word that it may misspell. If there is none, it is a known phrase with which it
    shares a whole word, unless `cutoff` is `SURE`. The opposite of the wrong word is never proposed.
    """
    from difflib import SequenceMatcher, get_close_matches  # only a wrong word needs it

    typed = fold(word)
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(fold(candidate), candidate)
    candidates = [candidate for candidate in folded if not _is_negation(typed, candidate)]
    misspelt = [candidate for candidate in candidates if count_slips(typed, candidate) is not None]
    nearest = get_close_matches(typed, misspelt, n=1, cutoff=0)
    if not nearest and cutoff < SURE:
        words = set(typed.split())
        sharing = [candidate for candidate in candidates if not words.isdisjoint(candidate.split())]
        nearest = get_close_matches(typed, sharing, n=2, cutoff=cutoff)
        similarities = [SequenceMatcher(None, candidate, typed).ratio() for candidate in nearest]
        if len(set(similarities)) < len(similarities):  # a word that two names share equally means neither
            nearest = []
    return folded[nearest[0]] if nearest else None


def find_intended(
    word: str, known: Iterable[str], resolve: Callable[[str], str | None], long_from: int = LONG_WORD
) -> str | None:
    """Return the known word that a wrong one misspells; None if there is none, or more than one.

    Args:
        word: the wrong word.
        known: the words that may have been meant.
        resolve: returns what a known word means; several words may mean the same.
        long_from: the number of letters from which a word may have two slips.
    """
    typed = fold(word)
    slips = {candidate: count_slips(typed, fold(candidate), long_from) for candidate in known}
    fewest = min((count for count in slips.values() if count is not None), default=None)
    nearest = [candidate for candidate, count in slips.items() if count is not None and count == fewest]
    return nearest[0] if len({resolve(candidate) for candidate in nearest}) == 1 else None


def count_slips(typed: str, known: str, long_from: int = LONG_WORD) -> int | None:
    """Return how many slips turn a known folded phrase into another; None if it is not a misspelling.

    Words are compared one by one, so that a long word which both share cannot hide another that differs.
    If their number differs, spaces are the only slip: `optin`, `opt in`.

    >>> count_slips("phnoe numbers", "phone number")
    2
    >>> count_slips("hr data", "card data")
    """
    typed, known = typed.replace("ph", "f"), known.replace("ph", "f")  # as in telefone
    if not _have_same_start(typed, known):
        return None
    typed_words, known_words = typed.split(), known.split()
    if len(typed_words) != len(known_words):
        return 1 if "".join(typed_words) == "".join(known_words) else None
    counts = [_count_slips_of_word(*words, long_from) for words in zip(typed_words, known_words, strict=True)]
    slips = [count for count in counts if count is not None]
    return sum(slips) if len(slips) == len(counts) and sum(slips) <= _SLIP_LIMIT else None


def _count_slips_of_word(typed: str, known: str, long_from: int) -> int | None:
    if typed == known:
        return 0
    longer = max(len(typed), len(known))
    if abs(len(typed) - len(known)) > _SLIP_LIMIT or not _have_same_start(typed, known):
        return None
    if longer < _SHORT_WORD:
        return 1 if sorted(typed) == sorted(known) else None
    distance = _compute_distance(typed, known)
    return distance if distance <= (_SLIP_LIMIT if longer >= long_from else 1) else None


def _have_same_start(typed: str, known: str) -> bool:
    """Return whether two words start with the same letter, or with the same two letters swapped.

    People rarely miss the first letter of a word.
    """
    return typed[:1] == known[:1] or typed[:2] == known[:2][::-1]


def _compute_distance(typed: str, known: str) -> int:
    """Return how many letters were added, omitted, replaced or swapped (optimal string alignment)."""
    previous: list[int] = []
    above: list[int] = [*range(len(known) + 1)]
    for row, letter in enumerate(typed, 1):
        current: list[int] = [row]
        for column, expected in enumerate(known, 1):
            replaced = above[column - 1] + (0 if letter == expected else 1)
            cost = min(above[column] + 1, current[-1] + 1, replaced)
            if row > 1 and column > 1 and (letter, typed[row - 2]) == (known[column - 2], expected):
                cost = min(cost, previous[column - 2] + 1)
            current.append(cost)
        previous, above = above, current
    return above[-1]


def _is_negation(typed: str, known: str) -> bool:
    """Return whether a phrase is another one with a negation before it: `non personal data`."""
    return typed.removesuffix(known) in _NEGATIONS


def suggest(word: str, known: Iterable[str], cutoff: float = CUTOFF) -> str:
    """Return `did you mean …?` with the nearest known word, or an empty text."""
    nearest = find_nearest(word, known, cutoff)
    return f"did you mean {nearest}?" if nearest else ""


class Suggester:
    """Makes suggestions for wrong words, up to a maximum number, because the search takes time."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._remaining = MAX_SUGGESTIONS

    def suggest(self, word: str) -> str:
        """Return `did you mean …?` with the nearest known word, or an empty text."""
        self._remaining -= 1
        return suggest(word, self._known) if self._remaining >= 0 else ""
