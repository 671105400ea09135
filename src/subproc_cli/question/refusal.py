"""A question that is refused, and the complete questions that may be meant instead."""

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import NamedTuple

from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question import vocabulary
from subproc_cli.text import join_words

MAX_PROPOSED = 4
"""Complete questions that a message holds."""
_TRIES = 30
"""Lines that are read to see whether they can be asked."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_NEGATIVE = frozenset(("nothing", "nobody", "none"))
MAX_REPLACED = 500
"""Characters of a question for which others are proposed; nobody reads a longer message."""


class Line(NamedTuple):
    """A question that may be meant, not yet tried.

    Attributes:
        text: the whole question.
        hint: what is said of it if it can be asked: `did you mean email?`.
        note: which meaning it has: `for neither`.
        instead_of: the words of the question whose meaning it spells out, and may therefore lack: `all`.
    """

    text: str
    hint: str = ""
    note: str = ""
    instead_of: str = ""


class Refusal(QuestionSyntaxError):
    """A question that is not understood, with lines that were not tried yet."""

    def __init__(
        self, message: str, hint: str, text: str, span: tuple[int, int], lines: tuple[Line, ...] = ()
    ) -> None:
        super().__init__(message, hint, text, span)
        self.lines = lines

    def settled(self, read: Callable[[str], object]) -> QuestionSyntaxError:
        """Return the fault with the lines that can be asked.

        A line that is refused in turn gives way to the lines of that refusal.

        Args:
            read: reads a question, or raises a refusal.
        """
        kept = tuple(line for line in self.lines if _keeps_meaning(line, self.text))
        asked, hint = _asked(kept, self.text, read) if len(self.text) <= MAX_REPLACED else ({}, "")
        if self.lines and not kept and self.hint.startswith("did you mean"):
            self.hint = ""  # it repeats what was left out
        hint = _joined(hint or self.hint, asked) or self._behind(read)
        return QuestionSyntaxError(self.message, hint, self.text, (self.start, self.end), tuple(asked))

    def _behind(self, read: Callable[[str], object]) -> str:
        """Return what is wrong besides, where no line can be asked: `are located in London`."""
        for line in self.lines[:1]:
            try:
                read(line.text)
            except QuestionSyntaxError as fault:
                return f"besides, {fault.message}" if not line.hint else ""
        return ""


def _keeps_meaning(line: Line, question: str) -> bool:
    """Return whether a line keeps each word of a question that says how much or whether, and each number."""
    wanted = _meaning_words(question)
    wanted.subtract(_meaning_words(line.instead_of))
    return +wanted <= _meaning_words(line.text)


def _meaning_words(text: str) -> Counter[str]:
    """Count the words whose loss makes another question; words of the same meaning count as one word."""
    found: Counter[str] = Counter()
    for match in _WORD.finditer(text.casefold().replace("’", "'")):
        word = match[0]
        if word.isdecimal():
            found[str(int(word))] += 1
        elif word in vocabulary.ONLY:
            found["only"] += 1
        elif word in vocabulary.ALL or word == vocabulary.EVERYTHING:
            found["all"] += 1
        elif word in vocabulary.NEGATIONS or word in _NEGATIVE or word.endswith("n't"):
            found["not"] += 1
    return found


def _asked(
    lines: tuple[Line, ...], question: str, read: Callable[[str], object]
) -> tuple[dict[str, str], str]:
    """Return the lines that can be asked with their notes, and the hint of the first one that has any."""
    found: dict[str, str] = {}
    hint, open_, tried = "", deque(lines), set[str]()
    while open_ and len(found) < MAX_PROPOSED and len(tried) < _TRIES:
        line = open_.popleft()
        if line.text in tried or (line.hint and hint not in ("", line.hint)):  # one guess is enough
            continue
        tried.add(line.text)
        try:
            read(line.text)
        except Refusal as again:
            inner = again.lines
            inherited = (
                Line(
                    each.text,
                    line.hint or each.hint,
                    line.note or each.note,
                    f"{line.instead_of} {each.instead_of}",
                )
                for each in inner
            )
            open_.extend(each for each in inherited if _keeps_meaning(each, question))
        except QuestionSyntaxError:
            continue
        else:
            found[line.text] = line.note
            hint = hint or line.hint
    return found, hint


def _joined(hint: str, asked: Mapping[str, str]) -> str:
    """Return a hint, followed by the lines that can be asked."""
    if not asked:
        return hint
    lines = [f"'{line}'{f' {note}' if note else ''}" for line, note in asked.items()]
    said = f"say {', or '.join(lines)}" if any(asked.values()) else f"say {join_words(lines, 'or')}"
    if hint.startswith("or "):
        return f"{said}, {hint}"
    return f"{hint}{'' if hint.endswith(('?', ',')) else ';'} {said}" if hint else said
