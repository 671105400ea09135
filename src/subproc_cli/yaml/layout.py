"""Lines of a file: where they begin and end, and which comment belongs to which entry."""

import json
import re
from typing import Any

from subproc_cli.characters import is_spelling, is_visible
from subproc_cli.yaml.builder import resolve_scalar

_COMMENT = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|\n|\Z)")
_REST = re.compile(r"[^\r\n]*")


def detect_newline(text: str) -> str:
    """Return the line break of a file."""
    return "\r\n" if "\r\n" in text else "\n"


def find_line_start(text: str, at: int) -> int:
    """Return the first character of the line of a character."""
    return text.rfind("\n", 0, at) + 1


def find_column(text: str, at: int) -> int:
    """Return how many characters precede a character on its line."""
    return at - find_line_start(text, at)


def is_first_on_line(text: str, at: int) -> bool:
    """Return whether nothing but spaces precedes a character on its line."""
    return not text[find_line_start(text, at) : at].strip()


def find_dash(text: str, list_start: int, item_start: int) -> int:
    """Return the position of the dash of an item, given the position of the first dash of the list."""
    indent = find_column(text, list_start)
    at = find_line_start(text, item_start)
    while at > list_start and text[at + indent : at + indent + 1] != "-":
        at = find_line_start(text, at - 1)
    return max(at + indent, list_start)


def find_line_end(text: str, at: int) -> int:
    """Return the first character of the next line, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def find_entry_end(text: str, end: int, indent: int) -> int:
    """Return where the lines of an entry end: comments below it that are deeper are its own.

    Args:
        text: the text of the file.
        end: the character after the value of the entry.
        indent: the column of its key.
    """
    at = find_line_end(text, end)
    while (found := _COMMENT.match(text, at)) and is_deeper_comment(found[0], indent):
        at = found.end()
    return at


def is_deeper_comment(line: str, indent: int) -> bool:
    """Return whether a line is a comment that is deeper than a column."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) > indent


def get_rest_of_line(text: str, at: int) -> str:
    """Return what follows a character on its line, without the line break."""
    found = _REST.match(text, at)
    return found[0] if found else ""


_PLAIN = re.compile(r"[^\W_](?:[\w ./()'’%+&@;?!-]|,(?= )|:(?=[^\s,\[\]{}]))*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][\w ./()'’%+&@;-]*")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"])
_STRICT = frozenset(["date", "version", "since", "until", "signed", "personal_data"])
"""Fields that are read strictly: a day, a version, yes and no mean there the same without quotes."""
_BARE = re.compile(r"[\d.-]+|yes|no")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def format_value(value: Any, field: str = "", *, flow: bool = True) -> str:
    """Return a value on one line, as the value of a field; in `flow`, it may be in brackets as well.

    >>> format_value({"place": ["NL", "NO"], "when": "by choice: yes"})
    '{place: [NL, "NO"], when: "by choice: yes"}'
    """
    if isinstance(value, dict):
        inner = (
            f"{format_scalar(str(key), flow=True)}: {format_value(each, key)}" for key, each in value.items()
        )
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(format_value, value))}]"
    if not isinstance(value, str):
        return json.dumps(value)
    if field in _STRICT and _BARE.fullmatch(value) and resolve_scalar(value) == value:
        return value
    return format_scalar(value, flow=flow)


def format_scalar(text: str, *, flow: bool = False) -> str:
    """Return a text in the form that reads best and reads back as the same text.

    >>> format_scalar("NO"), format_scalar("Example GmbH"), format_scalar("a: b")
    ('"NO"', 'Example GmbH', '"a: b"')
    """
    plain = (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text)
    if plain and is_visible(text) and not text.endswith(" ") and _is_text(text):
        return text
    return '"' + "".join(_escape_char(text, at) for at in range(len(text))) + '"'


def format_block(text: str, indent: str) -> list[str] | None:
    """Return the lines of a text of several lines as they are, None if some of it would not be seen."""
    lines = text.split("\n")
    if len(lines) == 1 or any(not line or line != line.strip() or not _is_readable(line) for line in lines):
        return None
    return [f"{indent}{line}" for line in lines]


def _is_readable(text: str) -> bool:
    """Return whether a reader sees all of a text, or what it is spelled with."""
    return is_visible(text) or all(is_visible(char) or is_spelling(text, at) for at, char in enumerate(text))


def _is_text(text: str) -> bool:
    """Return whether no reader takes a plain text for a number, a day, a time or a truth."""
    if text[0].isdecimal():
        return _is_address(text)
    return text.casefold() not in _WORDS and resolve_scalar(text) == text


def _is_address(text: str) -> bool:
    return any(char.isalpha() for char in text) and " " in text and ":" not in text


def _escape_char(text: str, at: int) -> str:
    char = text[at]
    if char in _ESCAPES:
        return _ESCAPES[char]
    if is_visible(char) or is_spelling(text, at):
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"
