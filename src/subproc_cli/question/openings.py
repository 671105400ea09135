"""Finds what is before a question: its number in a questionnaire, the greeting of a mail."""

import re
from collections.abc import Iterator

from subproc_cli.question.sentence import Match, Sentence

_LABELS = frozenset(("question", "q", "item", "point", "no", "section", "control"))
_NUMBER = re.compile(r"(?:[a-z]\.|[q#])?\d{1,3}(?:\.\d{1,3})*")
_CONTROL = re.compile(r"[a-z]{2,4} \d\d(?:\.\d{1,2})*")
"""The number of a control: `STA-07.1`."""


def find_label(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield the number of a question in a questionnaire: `Question 12:`, `3.2)`, `STA-07:`."""
    if not at and (length := _measure_label(sentence)):
        yield length, ""


def _measure_label(sentence: Sentence) -> int:
    """Return how many words the number of a question takes; 0 if the question begins with none."""
    first, second, third = (sentence.get_word(index) for index in range(3))
    if first == "(" and third == ")" and _is_number(second):
        return 3
    is_control = _CONTROL.fullmatch(f"{first} {second}") and "-" in sentence.text[: sentence.tokens[1].start]
    is_closed = second == ")" and _is_number(first)
    if is_closed or is_control or (first in _LABELS and _NUMBER.fullmatch(second)):
        return 2
    is_marked = not first.isdecimal() or sentence.tokens[0].raw[-1] in ":.)"
    return int(bool(_NUMBER.fullmatch(first)) and is_marked)


def _is_number(word: str) -> bool:
    """Return whether a word in brackets is a number or a letter: `(3)`, `b)`."""
    return len(word) == 1 or bool(_NUMBER.fullmatch(word))


_GREETINGS = frozenset(("dear", "hi", "hello", "hey"))


def find_greeting(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield the greeting of a mail with whom it greets: `Dear Example team,`."""
    if at or sentence.get_word(at) not in _GREETINGS:
        return
    for end in range(2, min(6, len(sentence))):
        if sentence.get_word(end) == ",":
            yield end + 1, ""
            return
