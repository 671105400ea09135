"""What a plain scalar means by the YAML 1.2 core schema: null, true, false, a number, or else a text."""

from typing import Any

_CONSTANTS: dict[str, Any] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _CONSTANTS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), _value)
for _word in ("inf", "Inf", "INF"):
    _CONSTANTS |= {f"{sign}.{_word}": float(f"{sign}inf") for sign in ("", "+", "-")}
_CONSTANTS |= dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan"))
_NUMBER_START = frozenset("0123456789+-.")
_NUMBER = frozenset("0123456789+-.eE")
_LONGEST_NUMBER = 300
"""Digits beyond which a number is taken as a text, as a version or a key would be."""


def core(text: str) -> Any:
    """Return the value of a plain scalar by the YAML 1.2 core schema."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_START or len(text) > _LONGEST_NUMBER:
        return text
    return _number(text)


def _number(text: str) -> Any:
    base = {"0o": 8, "0x": 16}.get(text[:2])
    digits = text[2:] if base else text.lstrip("+-")
    try:
        if base and digits.isalnum():
            return int(digits, base)
        if digits.isdecimal() and text.isascii():
            return int(text)
        return float(text) if _NUMBER.issuperset(text) else text
    except ValueError:
        return text
