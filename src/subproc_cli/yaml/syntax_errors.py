"""The errors of libyaml and of PyYAML's own parser in plain words, at the position to look at."""

import re
from typing import Any, NamedTuple

from subproc_cli.characters import quote
from subproc_cli.diagnostics import INVALID_YAML, Position, Problem
from subproc_cli.yaml.libyaml import yaml

_LINE_BREAKS = re.compile(r"\r\n?|\n")
_FIRST_COLON = re.compile(r"[^:]*:")


class _Explanation(NamedTuple):
    """An error in plain words, how to correct it, and where if that is not where it was noticed."""

    message: str
    hint: str
    position: Position | None = None


_INDENTATION = _Explanation(
    "the indentation of this line fits none of the lines before it",
    "indent fields that belong together by the same number of spaces",
)
_KEY = _Explanation(
    "this line has no colon",
    "write a field as name: value, and an item of a list with a space after its hyphen",
)
_LIST = _Explanation("this list is not closed", "close it with ], or put a text with , or : in quotes")
_MAPPING = _Explanation(
    "these braces are not closed", "close them with }, or put a text with , or : in quotes"
)
_EXPLANATIONS = (
    ("could not find expected ':'", _KEY),
    ("did not find expected key", _INDENTATION),
    ("did not find expected '-'", _INDENTATION),
    ("expected <block end>", _INDENTATION),
    (" ',' or ']'", _LIST),
    (" ',' or '}'", _MAPPING),
    (
        "sequence entries are not allowed",
        _Explanation(
            "a list with hyphens cannot begin on the line of its field",
            "begin it on the next line, or put the list in brackets: [ … ]",
        ),
    ),
    (
        "invalid Unicode character escape code",
        _Explanation(
            "this escape code is not a character",
            "write the character itself instead of two \\u codes: in Python, "
            "json.dumps(…, ensure_ascii=False)",
        ),
    ),
)
_CLOSE = "close it at the end of the text"
_QUOTE_ALL = "put the whole text in quotes, and write a ' in it twice: 'It''s \"this\"'"
_AT_THE_START = ("while scanning a simple key", "while scanning a quoted scalar")
"""The contexts of errors that are noticed long after the place to look at, where their context starts."""


def convert_yaml_error(file: str, text: str, error: Exception) -> Problem:
    """Return an error of PyYAML as a problem of the file."""
    if isinstance(error, yaml.reader.ReaderError):
        return _explain_character(file, text, error)
    where, said = _find_place(file, text, error), getattr(error, "problem", None) or str(error)
    char = _get_line(text, where)[where.column - 1 : where.column]
    explanation = _explain_start(char, said) or _explain_quotes(text, where, said)
    if explanation is None and "mapping values are not allowed" in said:
        explanation = _explain_colon(text, where)
    found = explanation or next((each for part, each in _EXPLANATIONS if part in said), None)
    if found:
        return Problem(INVALID_YAML, found.message, found.position or where, found.hint)
    context = getattr(error, "context", None)
    return Problem(INVALID_YAML, f"{said} ({context})" if context else said, where)


def _explain_start(char: str, said: str) -> _Explanation | None:
    """Return what is wrong with the first character of a text; None if that is not the error."""
    if char == "\t":
        return _Explanation("YAML requires spaces here, not a tab", "use spaces")
    if "cannot start any token" in said:
        return _Explanation(f"a text cannot start with {quote(char)}", "put the text in quotes")
    return None


def _explain_character(file: str, text: str, error: Any) -> Problem:
    at = error.position if isinstance(error.position, int) else 0
    if error.encoding != "unicode":  # the position is one of bytes
        at = len(text.encode()[:at].decode("utf-8", "ignore"))
    character = error.character
    code = character if isinstance(character, int) else ord(str(character)[:1] or "\ufffd")
    message = f"the character U+{code:04X} is not allowed in YAML"
    return Problem(INVALID_YAML, message, _find_position(file, text, at), "remove it")


def _find_place(file: str, text: str, error: Exception) -> Position:
    """Return the place to look at: libyaml puts what is missing at the end on a line after the last one."""
    mark, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if start and (mark is None or getattr(error, "context", None) in _AT_THE_START):
        mark = start
    if not mark:
        return Position(file, 1, 1)
    lines = _LINE_BREAKS.split(text)
    if mark.line < len(lines):
        return Position(file, mark.line + 1, mark.column + 1)
    return Position(file, len(lines), len(lines[-1]) + 1)


def _explain_colon(text: str, where: Position) -> _Explanation:
    """Return what to do about a colon: it is the second one of its line, or the line has a wrong place."""
    first = _FIRST_COLON.match(_get_line(text, where))
    if first and first.end() < where.column:
        hint = "put a text that contains a colon and a space in quotes"
    else:
        hint = "compare the indentation with the line before, which may also lack a colon"
    return _Explanation("a colon is not allowed here", hint)


def _explain_quotes(text: str, where: Position, said: str) -> _Explanation | None:
    """Return what is wrong with a text in quotes; None if the error is another one."""
    if "found unexpected end of stream" in said:
        return _Explanation("this quotation mark is not closed", _CLOSE)
    before = text[: _find_offset(text, where)].rstrip(" ")
    mark = before[-1:]
    start = before.rfind(mark, 0, len(before) - 1) if mark in ("'", '"') else -1
    if start < 0:
        return None
    if "\n" in before[start:]:
        opened = _find_position(where.file, text, start)
        return _Explanation(f"this quotation mark is closed only in line {where.line}", _CLOSE, opened)
    rest = _get_line(text, where)[where.column - 1 :]
    return _Explanation(f"the text in quotes has ended, but the line goes on: {quote(rest)}", _QUOTE_ALL)


def _find_offset(text: str, position: Position) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: position.line - 1])) + position.column - 1


def _find_position(file: str, text: str, offset: int) -> Position:
    start = text.rfind("\n", 0, offset) + 1
    return Position(file, text.count("\n", 0, offset) + 1, offset - start + 1)


def _get_line(text: str, position: Position) -> str:
    lines = text.split("\n", position.line)
    return lines[position.line - 1] if len(lines) >= position.line else ""
