"""Makes characters visible that could deceive a reader or drive a terminal, and keeps what spelling needs."""

from collections.abc import Callable, Mapping
from typing import Any

from subproc_cli.characters import deceives, deceiving, escaped, harmless

__all__ = ["cells", "deceives", "deceiving", "on_one_line", "quoted", "visible"]

_ENDS_OF_LINES = str.maketrans("\t\n\r", "   ")
_WITHOUT_WIDTH = frozenset(("Cf", "Me", "Mn"))
"""Marks above and below a letter, joiners, and what chooses between two shapes of a sign."""


def visible(text: str) -> str:
    r"""Return a text on one line, with every deceiving character written as an escape.

    >>> visible("red \x1b[31m, next\nline")
    'red \\x1b[31m, next line'
    >>> visible(r"typed as \x1b")
    'typed as \\x5cx1b'
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return escaped(on_one_line(text))


def quoted(text: str) -> str:
    r"""Return a line of a file, or a message that quotes a value, with its own backslashes as they are.

    >>> quoted('purpose: "a \\u202e b"')
    'purpose: "a \\u202e b"'
    """
    return harmless(on_one_line(text))


def on_one_line(text: str) -> str:
    """Return a text with a blank for every tab and every end of a line."""
    return text.translate(_ENDS_OF_LINES)


def cells(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    import unicodedata  # most text is ASCII and needs no tables

    if unicodedata.combining(char) or unicodedata.category(char) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """Return plain data with every text made harmless for its target."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: cleaned(each, clean) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, clean) for each in value]
    return value


_FORBIDDEN = str.maketrans({"\ufffe": r"\ufffe", "\uffff": r"\uffff"})
"""What `visible` lets through and XML cannot carry, not even as a reference (XML 1.0, production 2)."""


def xml_text(text: str) -> str:
    r"""Return a text on one line that XML can carry: what deceives or is forbidden stands as an escape.

    Markup in it is still to be escaped.

    >>> xml_text("a\uffffb")
    'a\\uffffb'
    """
    return visible(text).translate(_FORBIDDEN)
