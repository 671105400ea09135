"""Makes characters visible that could deceive a reader or drive a terminal."""

from subproc_cli.words import BLANK

_DECEIVING = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
"""Controls, formats (zero width, direction), private use, surrogates, line and paragraph separators."""


def visible(text: str) -> str:
    r"""Return a text on one line, with every deceiving character written as an escape.

    >>> visible("red \x1b[31m, next\nline")
    'red \\x1b[31m, next line'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def deceiving(char: str) -> bool:
    """Tell whether a character could deceive a reader or drive a terminal."""
    import unicodedata  # noqa: PLC0415  most text is ASCII and needs no tables

    return char in BLANK or unicodedata.category(char) in _DECEIVING


def _shown(char: str) -> str:
    if char in "\t\n\r":
        return " "
    if deceiving(char):
        return char.encode("unicode_escape").decode("ascii")
    return char


def cells(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    import unicodedata  # noqa: PLC0415  most text is ASCII and needs no tables

    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
