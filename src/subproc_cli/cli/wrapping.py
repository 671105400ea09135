"""Fits texts to their output: to an encoding, and to the width of a terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

PROMPT_ROWS = 1
"""Rows of a terminal that are kept free for the prompt of the shell or of the pager."""
DEFAULT_WIDTH = 80
"""Width of text that is not printed to a terminal, or to one that does not report its width."""
_HANGING_INDENT = 2
"""Indentation of the second and later lines of a message, in columns."""
_COMMAND = "subproc"
ASCII_REPLACEMENTS = str.maketrans(
    {
        "\xa0": " ",
        "\u202f": " ",
        "→": "->",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "–": "-",
        "—": "-",
    }
)
"""Replacements of typographic characters in an encoding that does not have them."""


def replace_unencodable(text: str, encoding: str | None) -> str:
    """Return a text in an encoding: typographic characters become plain ones, all others escapes."""
    encoding = encoding or "utf-8"
    try:
        return text.encode(encoding).decode(encoding)
    except UnicodeEncodeError:
        return "".join(_replace_char(char, encoding) for char in text)


def _replace_char(char: str, encoding: str) -> str:
    replacement = char if char.encode(encoding, "ignore") else char.translate(ASCII_REPLACEMENTS)
    return replacement.encode(encoding, "backslashreplace").decode(encoding)


def reinterpret_as_utf8(answer: str) -> str:
    """Return an answer decoded as UTF-8 if the locale could not decode it."""
    try:
        return answer.encode("ascii", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return answer


def get_message_width() -> int:
    """Return the columns of the terminal that standard error goes to; 0 if it does not go to one."""
    if sys.stderr is None or not sys.stderr.isatty():
        return 0
    with suppress(OSError, ValueError):
        return int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stderr.fileno()).columns)
    return DEFAULT_WIDTH


def wrap_text(text: str, columns: int) -> str:
    """Return a text whose lines break at spaces to fit a number of columns; no word is broken.

    A command stays whole, so that it can be copied, and so does a text in brackets where it fits.
    """
    return "\n".join(part for line in text.split("\n") for part in _wrap_line(line, columns))


def _wrap_line(line: str, columns: int) -> Iterator[str]:
    """Yield the parts of a line: by hand, because Rich breaks a word that is wider than the terminal."""
    if measure_width(line) <= columns:
        yield line
        return
    indent = " " * (len(line) - len(line.lstrip(" ")) + _HANGING_INDENT)
    current, *units = _iter_units(line.split(" "), columns - len(indent))
    for unit in units:
        if current.strip() and measure_width(f"{current} {unit}") > columns:
            yield current.rstrip()
            current = f"{indent}{unit}"
        else:
            current += f" {unit}"
    yield current


def measure_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from subproc_cli.output import terminal  # plain ASCII does not need Rich

    return terminal.measure_width(text)


def _iter_units(words: list[str], columns: int) -> Iterator[str]:
    """Yield words; words that belong together are one."""
    while words:
        group = " ".join(words[: _count_grouped_words(words)])
        unit = group if words[0] == _COMMAND or measure_width(group) <= columns else words[0]
        yield unit
        words = words[unit.count(" ") + 1 :]


def _count_grouped_words(words: list[str]) -> int:
    """Return how many of the first words belong together: those in brackets, or a command."""
    if not words[0].startswith("(") and words[0] != _COMMAND:
        return 1
    end_marks = (")",) if words[0].startswith("(") else (")", ";")
    return next((count for count, word in enumerate(words, 1) if word.endswith(end_marks)), len(words))
