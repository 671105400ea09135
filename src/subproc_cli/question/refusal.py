"""A question that is refused, and the complete questions that may be meant instead."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import NamedTuple

from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.text import join_words

MAX_PROPOSED = 4
"""Complete questions that a message holds."""
_TRIES = 30
"""Lines that are read to see whether they can be asked."""
MAX_REPLACED = 500
"""Characters of a question for which others are proposed; nobody reads a longer message."""


class Line(NamedTuple):
    """A question that may be meant, not yet tried.

    Attributes:
        text: the whole question.
        hint: what is said of it if it can be asked: `did you mean email?`.
        note: which meaning it has: `for neither`.
    """

    text: str
    hint: str = ""
    note: str = ""


class Refusal(QuestionSyntaxError):
    """A question that is not understood, with lines that were not tried yet."""

    def __init__(  # noqa: PLR0913, PLR0917  what an error of a language consists of
        self, message: str, hint: str, text: str, start: int, end: int, lines: tuple[Line, ...] = ()
    ) -> None:
        super().__init__(message, hint, text, start, end)
        self.lines = lines

    def settled(self, read: Callable[[str], object]) -> QuestionSyntaxError:
        """Return the fault with the lines that can be asked.

        A line that is refused in turn gives way to the lines of that refusal.

        Args:
            read: reads a question, or raises a refusal.
        """
        asked, hint = _asked(self.lines, read) if len(self.text) <= MAX_REPLACED else ({}, "")
        hint = _joined(hint or self.hint, asked) or self._behind(read)
        return QuestionSyntaxError(self.message, hint, self.text, self.start, self.end, tuple(asked))

    def _behind(self, read: Callable[[str], object]) -> str:
        """Return what is wrong besides, where no line can be asked: `are located in London`."""
        for line in self.lines[:1]:
            try:
                read(line.text)
            except QuestionSyntaxError as fault:
                return f"besides, {fault.message}" if not line.hint else ""
        return ""


def _asked(lines: tuple[Line, ...], read: Callable[[str], object]) -> tuple[dict[str, str], str]:
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
            open_.extend(Line(each.text, line.hint or each.hint, line.note or each.note) for each in inner)
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
