"""Which characters of a text are seen, which could deceive a reader, and how these are written as escapes."""

import re
import sys

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and signs that nothing is seen of, of whatever category: fillers, joiners, blank Braille."""
_DECEPTIVE = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
"""Controls, formats (zero width, direction), private use, surrogates, line and paragraph separators."""
_UNUSUAL = re.compile(r"[^ -~]")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")

_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VIRAMA = 9
"""The combining class of the signs that drop the vowel of a letter, in the scripts of South Asia."""
_CURSIVE = frozenset(("ARABIC", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN", "ADLAM", "HANIFI"))
_CONJUNCT = frozenset(
    ("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM")
) | {"SINHALA", "TIBETAN", "MYANMAR", "KHMER", "JAVANESE", "BALINESE", "CHAKMA", "NEWA", "MEETEI"}
_JOINING = _CURSIVE | _CONJUNCT
"""Living scripts in which a joiner changes what is seen, by the first word of the names of their letters."""
_PICTURE = "[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]"
"""The components of emoji, including skin tones."""
_BETWEEN_PICTURES = f"(?:(?<={_PICTURE})|(?<={_PICTURE}\ufe0f)){_JOINER}(?={_PICTURE})"
"""A pattern that is compiled on first use, because that takes long and is rarely needed."""
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,7}\U000e007f")
"""The flag of a part of a country: a black flag, the code of the part in tags, and the tag that ends it."""
_LONGEST_FLAG = 9
_SURROGATES = range(0xD800, 0xE000)
"""Surrogates, which are not allowed in UTF-8."""


def is_deceptive(char: str) -> bool:
    """Return whether a character by itself could deceive a reader or drive a terminal."""
    import unicodedata  # most text is ASCII and needs no tables

    return char in BLANK or unicodedata.category(char) in _DECEPTIVE


def is_visible(text: str) -> bool:
    """Return whether every character of a text is visible in its place."""
    return text.isprintable() and BLANK.isdisjoint(text)


def is_deceptive_at(text: str, at: int) -> bool:
    """Return whether the character at a position of a text could deceive a reader or drive a terminal."""
    return is_deceptive(text[at]) and not is_spelling(text, at)


def is_spelling(text: str, at: int) -> bool:
    """Return whether an invisible character is a part of how something is spelled.

    Joiners are: in Persian, Sinhala and Malayalam, in a family of emoji; and tags in the flag of Scotland.
    """
    if text[at] in (_NON_JOINER, _JOINER):
        return _joins_letters(text, at) or re.compile(_BETWEEN_PICTURES).match(text, at) is not None
    return "\U000e0020" <= text[at] <= "\U000e007f" and _is_in_flag(text, at)


def _joins_letters(text: str, at: int) -> bool:
    """Return whether a joiner is at a place where its script uses one (UAX #31 and RFC 5892, A.1 and A.2).

    For cursive scripts these rules are narrower, by a table that Python does not have: of the letters that
    join to one side only. A non-joiner between a foreign word and a Persian ending is accepted as well.
    """
    import unicodedata  # most text is ASCII and needs no tables

    if not at:
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if unicodedata.combining(before) == _VIRAMA:
        return True
    script = find_script(after)
    return script in _JOINING and (
        script == find_script(before) or (text[at] == _NON_JOINER and before.isalnum())
    )


def find_script(char: str) -> str:
    """Return the script of a letter or a mark, by its name; empty for anything else."""
    import unicodedata  # most text is ASCII and needs no tables

    if not char or unicodedata.category(char)[0] not in "LM":
        return ""
    return unicodedata.name(char, "").partition(" ")[0]


def _is_in_flag(text: str, at: int) -> bool:
    start = text.rfind("\U0001f3f4", max(0, at - _LONGEST_FLAG), at)
    found = _FLAG.match(text, start) if start >= 0 else None
    return found is not None and at < found.end()


def quote(value: object) -> str:
    """Return a value as a message quotes it: a text as it is, since what prints the message escapes it."""
    return f"'{value}'" if isinstance(value, str) else repr(value)


def escape(text: str) -> str:
    r"""Return a text with every deceiving character as an escape.

    So is the backslash of what looks like an escape already; `unescaped` finds the text again.

    >>> escape("a\u202eb"), escape(r"a\u202eb"), escape(r"C:\temp")
    ('a\\u202eb', 'a\\x5cu202eb', 'C:\\temp')
    """
    return escape_deceptive(_ESCAPE.sub(r"\\x5c\1", text) if "\\" in text else text)


def escape_deceptive(text: str) -> str:
    """Return a text with every deceiving character as an escape, and every backslash as it is.

    For lines of a file, or values as Python writes them: they have escapes of their own.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNUSUAL.sub(_escape_match, text)


def _escape_match(match: re.Match[str]) -> str:
    char = match[0]
    if not is_deceptive_at(match.string, match.start()):
        return char
    return char.encode("unicode_escape").decode("ascii")


def unescape(text: str) -> str:
    r"""Return the text that `escaped` was given.

    >>> unescape(r"a\u202eb") == "a\u202eb", unescape(r"a\x5cu202eb")
    (True, 'a\\u202eb')
    """
    return _ESCAPE.sub(_unescape_match, text) if "\\" in text else text


def _unescape_match(match: re.Match[str]) -> str:
    code = int(match[1][1:], 16)
    if code > sys.maxunicode or code in _SURROGATES:
        return match[0]
    return chr(code)
