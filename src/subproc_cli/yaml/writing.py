"""Plain data as YAML text that every reader reads back alike, of YAML 1.1 as well as 1.2."""

import json
import re
from typing import Any

from subproc_cli.characters import is_seen, is_spelling
from subproc_cli.yaml.scalars import core

_PLAIN = re.compile(r"[^\W_](?:[\w ./()'’%+&@;?!-]|,(?= )|:(?=[^\s,\[\]{}]))*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][\w ./()'’%+&@;-]*")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"])
_STRICT = frozenset(["date", "version", "since", "until", "personal_data"])
"""Fields that are read strictly: a day, a version, yes and no mean there the same without quotes."""
_BARE = re.compile(r"[\d.-]+|yes|no")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def written(value: Any, field: str = "", *, flow: bool = True) -> str:
    """Return a value on one line, as the value of a field; in `flow`, it may stand in brackets as well.

    >>> written({"place": ["NL", "NO"], "when": "by choice: yes"})
    '{place: [NL, "NO"], when: "by choice: yes"}'
    """
    if isinstance(value, dict):
        inner = (f"{scalar(str(key), flow=True)}: {written(each, key)}" for key, each in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if not isinstance(value, str):
        return json.dumps(value)
    if field in _STRICT and _BARE.fullmatch(value) and core(value) == value:
        return value
    return scalar(value, flow=flow)


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text in the form that reads best and reads back as the same text.

    >>> scalar("NO"), scalar("Example GmbH"), scalar("a: b")
    ('"NO"', 'Example GmbH', '"a: b"')
    """
    plain = (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text)
    if plain and is_seen(text) and not text.endswith(" ") and _is_text(text):
        return text
    return '"' + "".join(_escaped(text, at) for at in range(len(text))) + '"'


def block(text: str, indent: str) -> list[str] | None:
    """Return the lines of a text of several lines as they are, None if some of it would not be seen."""
    lines = text.split("\n")
    if len(lines) == 1 or any(not line or line != line.strip() or not _is_readable(line) for line in lines):
        return None
    return [f"{indent}{line}" for line in lines]


def _is_readable(text: str) -> bool:
    """Return whether a reader sees all of a text, or what it is spelled with."""
    return is_seen(text) or all(is_seen(char) or is_spelling(text, at) for at, char in enumerate(text))


def _is_text(text: str) -> bool:
    """Tell whether no reader takes a plain text for a number, a day, a time or a truth."""
    if text[0].isdecimal():
        return _is_address(text)
    return text.casefold() not in _WORDS and core(text) == text


def _is_address(text: str) -> bool:
    return any(char.isalpha() for char in text) and " " in text and ":" not in text


def _escaped(text: str, at: int) -> str:
    char = text[at]
    if char in _ESCAPES:
        return _ESCAPES[char]
    if is_seen(char) or is_spelling(text, at):
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"
