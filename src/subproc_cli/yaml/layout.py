"""Lines of a file: where they begin and end, and which comment belongs to which entry."""

import re

_COMMENT = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|\n|\Z)")
_REST = re.compile(r"[^\r\n]*")


def newline(text: str) -> str:
    """Return the line break of a file."""
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, at: int) -> int:
    """Return the first character of the line of a character."""
    return text.rfind("\n", 0, at) + 1


def column(text: str, at: int) -> int:
    """Return how many characters stand before a character on its line."""
    return at - line_start(text, at)


def own_line(text: str, at: int) -> bool:
    """Tell whether nothing but spaces stands before a character on its line."""
    return not text[line_start(text, at) : at].strip()


def dash(text: str, list_start: int, item_start: int) -> int:
    """Return the dash of an item of a list whose first dash is known."""
    indent = column(text, list_start)
    at = line_start(text, item_start)
    while at > list_start and text[at + indent : at + indent + 1] != "-":
        at = line_start(text, at - 1)
    return max(at + indent, list_start)


def line_end(text: str, at: int) -> int:
    """Return the first character of the next line, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def entry_end(text: str, end: int, indent: int) -> int:
    """Return where the lines of an entry end: comments below it that stand deeper are its own.

    Args:
        text: the text of the file.
        end: the character behind the value of the entry.
        indent: the column of its key.
    """
    at = line_end(text, end)
    while (found := _COMMENT.match(text, at)) and is_deeper_comment(found[0], indent):
        at = found.end()
    return at


def is_deeper_comment(line: str, indent: int) -> bool:
    """Tell whether a line is a comment that stands deeper than a column."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) > indent


def rest_of_line(text: str, at: int) -> str:
    """Return what stands behind a character on its line, without the line break."""
    found = _REST.match(text, at)
    return found[0] if found else ""
