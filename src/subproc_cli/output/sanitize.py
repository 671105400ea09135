"""Makes characters visible that could deceive a reader or drive a terminal, and keeps what spelling needs."""

from collections.abc import Callable, Mapping
from typing import Any

from subproc_cli.characters import escape, escape_deceptive, is_deceptive, is_deceptive_at

__all__ = [
    "is_deceptive",
    "is_deceptive_at",
    "replace_line_breaks",
    "sanitize_line",
    "sanitize_quoted",
]

_LINE_BREAKS = str.maketrans("\t\n\r", "   ")


def sanitize_line(text: str) -> str:
    r"""Return a text on one line, with every deceiving character written as an escape.

    >>> sanitize_line("red \x1b[31m, next\nline")
    'red \\x1b[31m, next line'
    >>> sanitize_line(r"typed as \x1b")
    'typed as \\x5cx1b'
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return escape(replace_line_breaks(text))


def sanitize_quoted(text: str) -> str:
    r"""Return a line of a file, or a message that quotes a value, with its own backslashes as they are.

    >>> sanitize_quoted('purpose: "a \\u202e b"')
    'purpose: "a \\u202e b"'
    """
    return escape_deceptive(replace_line_breaks(text))


def replace_line_breaks(text: str) -> str:
    """Return a text with a blank for every tab and every end of a line."""
    return text if text.isprintable() else text.translate(_LINE_BREAKS)


def sanitize_data(value: Any, sanitize: Callable[[str], str]) -> Any:
    """Return plain data with every text made harmless for its target."""
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, Mapping):
        return {key: sanitize_data(each, sanitize) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [sanitize_data(each, sanitize) for each in value]
    return value


_FORBIDDEN = str.maketrans({"\ufffe": r"\ufffe", "\uffff": r"\uffff"})
"""What `sanitize_line` lets through and XML cannot carry, not even as a reference (XML 1.0, production 2)."""


def sanitize_xml(text: str) -> str:
    r"""Return a text on one line that XML can carry: with an escape for what deceives or is forbidden.

    Markup in it is still to be escaped.

    >>> sanitize_xml("a\uffffb")
    'a\\uffffb'
    """
    line = sanitize_line(text)
    return line if line.isascii() else line.translate(_FORBIDDEN)
