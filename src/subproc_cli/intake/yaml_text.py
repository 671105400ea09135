"""Plain data as YAML text that every reader reads back alike, of YAML 1.1 as well as 1.2."""

import json
import re
from typing import Any

from subproc_cli.registry.scalars import core
from subproc_cli.words import is_seen

_PLAIN = re.compile(r"[^\W_](?:[\w ./()'’%+&@;?!-]|,(?= )|:(?=[^\s,\[\]{}]))*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][\w ./()'’%+&@;-]*")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"])
_LONGEST = 1000


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text in the form that reads best and reads back as the same text.

    >>> scalar("NO"), scalar("Example GmbH"), scalar("a: b")
    ('"NO"', 'Example GmbH', '"a: b"')
    """
    plain = (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text)
    if plain and is_seen(text) and not text.endswith(" ") and _is_text(text):
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _is_text(text: str) -> bool:
    """Tell whether no reader takes a plain text for a number, a date or a truth."""
    return (text.casefold() not in _WORDS and not text[0].isdecimal() and core(text) == text) or _is_address(
        text
    )


def _is_address(text: str) -> bool:
    return text[0].isdecimal() and any(char.isalpha() for char in text) and " " in text


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if is_seen(char):
        return char
    code = ord(char)
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char)
    return short or (f"\\U{code:08x}" if code >> 16 else f"\\u{code:04x}")


def flow(value: Any) -> str:
    """Return a value on one line: `{place: US, when: chosen}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return scalar(value, flow=True)
    return json.dumps(value)


def block(text: str, indent: str) -> list[str] | None:
    """Return the lines of a text of several lines as they are, None if some of it would not be seen."""
    lines = text.split("\n")
    if len(lines) == 1 or any(not line or line != line.strip() or not is_seen(line) for line in lines):
        return None
    return [f"{indent}{line}" for line in lines]
