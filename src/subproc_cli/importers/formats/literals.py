"""Reads the literals of a script, arrays and objects of texts and numbers, without running anything.

What is not a literal, such as a call or a variable, is read as `CODE`: only the script knows its value.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any, Final

from subproc_cli.errors import ReadError

CODE: Final = object()
"""The value of an expression that would have to be run."""
_DEEPEST = 40
_MAX_REREAD = 1_000_000
"""Characters that may be read in vain in addition to four times those of the script."""
_SURROGATES = range(0xD800, 0xE000)
_BLANK = re.compile(r"(?:\s++|//[^\n]*+)*+")
_PLAIN = re.compile(r"[^'\"`,;()\[\]{}]++")
"""What neither begins a text nor opens, closes or separates anything."""
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(r"-?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": "", "0": ""}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_START = re.compile(
    r"(?:(?<![\w$])(?P<name>[A-Za-z_$][\w$]*+)\s*+(?::[^=;{}()]{0,80}(?:\{[^={}()]{0,800}\}[^=;{}()]{0,20})?)?"
    r"=\s*+(?:\{\s*(?=\[))?"
    r"|default\s++|return\s*+(?:\(\s*+)?|\(\s*+|=\{\s*+)(?=[\[{])"
)
_STATED = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=;{}()\n]{0,80})?=\s*(?=['\"`])")
_AS = re.compile(r"\s*(?:as\s+const|as\s+[\w$<>\[\].]+|satisfies\s+[\w$<>\[\].]+)")
_OPENING, _CLOSING = "([{", ")]}"


class _NotALiteralError(Exception):
    """Some text is not a literal."""


def iter_literals(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the outermost arrays, objects and texts of a script, with the names they are assigned to.

    Raises:
        ReadError: too much of the script only looks like the beginning of a literal.
    """
    reader = _Reader(text)
    for match in _STATED.finditer(text):
        value, _ = reader.find_value(match.end())
        if isinstance(value, str):
            yield match[1], value
    at = 0
    while start := _START.search(text, at):
        value, at = reader.find_value(start.end())
        if value is not None:
            yield start["name"] or "", value


class _Reader:
    """Reads values from positions of a text, and returns each with the position after it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last_comment_end = text.rfind("*/")
        self._reached = 0
        self._left = 4 * len(text) + _MAX_REREAD

    def find_value(self, at: int) -> tuple[Any, int]:
        """Read an outermost value; None, and the same position, if there is no literal.

        Raises:
            ReadError: too much was read in vain.
        """
        self._reached = at
        try:
            return self.value(at, 0)
        except _NotALiteralError:
            self._left -= self._reached - at
            if self._left < 0:
                message = "the script has too many brackets that are not closed"
                raise ReadError(message, "import the finished page saved in a browser") from None
            return None, at

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        """Read a value, or an expression as `CODE`.

        Raises:
            _NotALiteralError: the value is nested too deeply.
        """
        if depth > _DEEPEST:
            raise _NotALiteralError
        at = self._blank(at)
        first = self._text[at : at + 1]
        found: Any
        if first == "[":
            found, after = self._array(at, depth)
        elif first == "{":
            found, after = self._object(at, depth)
        elif match := _STRING.match(self._text, at):
            found, after = self._string(match)
        elif match := _NUMBER.match(self._text, at):
            found, after = _number(match[0]), match.end()
        elif (match := _WORD.match(self._text, at)) and match[0] in _WORDS:
            found, after = _WORDS[match[0]], match.end()
        else:
            return CODE, self._skip(at)
        if depth == 0:
            return found, after
        typed = _AS.match(self._text, after)
        after = self._blank(typed.end() if typed else after)
        if self._text[after : after + 1] in (",", "]", "}", ")", ";", ""):
            return found, after
        return CODE, self._skip(after)

    def _string(self, match: re.Match[str]) -> tuple[Any, int]:
        """Read a text, and further ones that are added to it."""
        parts: list[str] = []
        while True:
            if match[0].startswith("`") and "${" in match[0]:
                return CODE, match.end()
            parts.append(_ESCAPE.sub(_unescape, match[0][1:-1]))
            after = self._blank(match.end())
            is_added = self._text[after : after + 1] == "+"
            following = _STRING.match(self._text, self._blank(after + 1)) if is_added else None
            if following is None:
                return "".join(parts), match.end()
            match = following

    def _array(self, at: int, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self._blank(at + 1)
        while self._text[at : at + 1] != "]":
            if self._text.startswith("...", at):
                at = self._skip(at + 3)
                found.append(CODE)
            else:
                each, at = self.value(at, depth + 1)
                found.append(each)
            at = self._next(at, "]")
        return found, at + 1

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        replaceable = 0
        at = self._blank(at + 1)
        while self._text[at : at + 1] != "}":
            if self._text.startswith("...", at):
                at = self._next(self._skip(at + 3), "}")
                replaceable = len(found)
                continue
            key, at = self._key(at)
            at = self._blank(at)
            if self._text[at : at + 1] == ":":
                found[key], at = self.value(at + 1, depth + 1)
            elif self._text[at : at + 1] in (",", "}"):
                found[key] = CODE  # `{ name }`: the value of a variable
            else:
                raise _NotALiteralError
            at = self._next(at, "}")
        opened = {key: _leave_open(found[key]) for key in list(found)[:replaceable]}
        return found | opened, at + 1

    def _key(self, at: int) -> tuple[str, int]:
        if match := _STRING.match(self._text, at):
            return _ESCAPE.sub(_unescape, match[0][1:-1]), match.end()
        match = _WORD.match(self._text, at) or _NUMBER.match(self._text, at)
        if match is None:
            raise _NotALiteralError
        return match[0], match.end()

    def _next(self, at: int, end: str) -> int:
        """Return the position of the next element, or of the end of what holds it."""
        at = self._blank(at)
        if self._text[at : at + 1] == ",":
            return self._blank(at + 1)
        if self._text[at : at + 1] != end:
            raise _NotALiteralError
        return at

    def _skip(self, at: int) -> int:
        """Return the position after an expression: that of the next comma or closing bracket."""
        depth = 0
        while at < len(self._text):
            char = self._text[at]
            if match := (_STRING.match(self._text, at) if char in "'\"`" else None):
                at = match.end()
                continue
            if depth == 0 and char in ",;)]}":
                return at
            depth += (char in _OPENING) - (char in _CLOSING)
            match = _PLAIN.match(self._text, at + 1)
            at = match.end() if match else at + 1
        self._reached = at
        raise _NotALiteralError

    def _blank(self, at: int) -> int:
        """Return the position after spaces and comments."""
        while True:
            match = _BLANK.match(self._text, at)
            at = match.end() if match else at
            self._reached = max(self._reached, at)
            if not self._text.startswith("/*", at) or at > self._last_comment_end - len("/*"):
                return at
            at = self._text.index("*/", at + len("/*")) + len("*/")


def _leave_open(value: Any) -> Any:
    """Return a value that code after it may replace, as in `{country: "DE", ...more}`."""
    if isinstance(value, dict):
        return {key: _leave_open(each) for key, each in value.items()}
    if isinstance(value, list):
        return [*value, CODE]
    return [value, CODE] if isinstance(value, str) else CODE


def _number(text: str) -> int | float | str:
    plain = text.replace("_", "")
    try:
        return int(plain)
    except ValueError:
        return float(plain) if plain.strip("-.") else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        is_character = number <= sys.maxunicode and number not in _SURROGATES
        return chr(number) if is_character else ""
    return "" if match[4] else _ESCAPED.get(match[5], match[5])
