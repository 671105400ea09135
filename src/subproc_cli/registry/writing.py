"""Plain data as YAML on one line, in the form in which the reader gives the same data back."""

import re
from typing import Any

from subproc_cli.registry.scalars import core
from subproc_cli.words import is_seen

_NEVER_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
_BREAKS_PLAIN = re.compile(r": | #|:$|[\[\]{},]")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def written(value: Any) -> str:
    """Return a value as YAML that may stand on one line anywhere, in brackets as well.

    >>> written({"place": ["NL", "DE"], "when": "by choice: yes"})
    "{place: [NL, DE], when: 'by choice: yes'}"
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(str(key))}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _scalar(value) if isinstance(value, str) else "null" if value is None else str(value)


def _scalar(text: str) -> str:
    if not is_seen(text):
        return '"' + "".join(map(_escaped, text)) + '"'
    if _plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str) -> bool:
    """Whether a text needs no quotes; too many harm nobody, too few change the meaning."""
    return (
        text == text.strip() != ""
        and text[0] not in _NEVER_FIRST
        and not _BREAKS_PLAIN.search(text)
        and core(text) == text
        and not text.startswith(("---", "..."))
    )


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if is_seen(char):
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"
