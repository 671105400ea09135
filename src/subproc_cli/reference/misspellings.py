"""Slips of the pen: the known word that was meant, and never another word that only looks like it.

A proposal that moves data across a border, or from one kind of data to another, does harm, so likeness alone
is not enough: `Canary Islands` looks like `Cayman Islands`, and `HR data` like `card data`.
"""

from collections.abc import Callable, Iterable

from subproc_cli.text import fold

LONG_WORD = 9
"""Letters from which on a word may have two slips instead of one."""
LONG_NAME = 7
"""The same for names of places: they are few, and no words of everyday language."""
_SHORT = 4
"""Letters below which a word is too short to tell a slip from another word: EA, EEA."""
_SLIP_LIMIT = 2
"""Slips in one phrase."""


def find_intended_word(
    word: str, known: Iterable[str], resolve: Callable[[str], str | None], long_from: int = LONG_WORD
) -> str | None:
    """Return the first known word of which `word` is a slip, None if it is none or may mean several things.

    Args:
        word: what was written.
        known: the words that may have been meant.
        resolve: returns what a known word stands for.
        long_from: the number of letters from which on two slips are taken for one word.
    """
    written = fold(word)
    found = [candidate for candidate in known if _is_misspelling(written, fold(candidate), long_from)]
    return found[0] if len({resolve(each) for each in found}) == 1 else None


def _is_misspelling(phrase: str, intended: str, long_from: int) -> bool:
    """Return whether two folded phrases differ by spaces alone, or by a letter or two of the same words."""
    if phrase.replace(" ", "") == intended.replace(" ", ""):
        return bool(phrase)
    words, others = phrase.split(), intended.split()
    if len(words) != len(others) or abs(len(phrase) - len(intended)) > _SLIP_LIMIT:
        return False
    slips = [
        (_compute_distance(one, other), 2 if len(other) >= long_from else 1)
        for one, other in zip(words, others, strict=True)
        if one != other and one[0] == other[0] and max(len(one), len(other)) >= _SHORT
    ]
    same = sum(one == other for one, other in zip(words, others, strict=True))
    within = all(slip <= allowed for slip, allowed in slips)
    return len(slips) + same == len(words) and within and sum(slip for slip, _ in slips) <= _SLIP_LIMIT


def _compute_distance(one: str, other: str) -> int:
    """Return how many letters are added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, wanted in enumerate(other, start=1):
            steps = [above[column] + 1, here[-1] + 1, above[column - 1] + (letter != wanted)]
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], wanted):
                steps.append(before[column - 2] + 1)
            here.append(min(steps))
        before, above = above, here
    return above[-1]
