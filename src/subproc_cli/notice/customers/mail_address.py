"""The mail addresses that a notice can go to or come from: `name@example.com` and nothing around it."""

import re
import unicodedata
from typing import NamedTuple

_LENGTH_LIMIT = 200
"""Maximum number of characters of an address; the path of a mail has room for 254."""
EXAMPLE = "privacy@example.com"

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_PLAIN = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
"""The dot-atom form of RFC 5322, with a domain that can be looked up: labels as in RFC 1035, two at least."""
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>\s*")
_ENCODED_WORD = "=?"
"""The start of an encoded word of RFC 2047, which mail programs decode into another address."""
_REASONS = (
    (re.compile(r"[,;]"), ""),  # several addresses, and the hint says how many may be there
    (re.compile(r"[()]"), "it holds a comment"),
    (re.compile(r"[\"\\]"), "it holds a quotation mark or a backslash"),
    (re.compile(r"@\["), "its domain is in brackets"),
    (re.compile(r"@[\d.]+\Z"), "its domain is an IP address"),
    (re.compile(r"=\?"), "mail programs decode what follows '=?'"),
    (re.compile(r"[^\x00-\x7f]"), "it holds characters outside ASCII"),
)
"""What a person may have meant to write, and why it is not accepted; the first that is found is reported."""


class AddressError(NamedTuple):
    """Why a text is not an address that is accepted.

    Attributes:
        message: what is wrong, in one sentence without its full stop.
        hint: what to write instead.
    """

    message: str
    hint: str


def is_address(text: str) -> bool:
    """Return whether a text is one mail address that every mail program reads the same way."""
    return find_address_error(text) is None


def find_address_error(text: str) -> AddressError | None:
    """Return why a text is not one plain mail address; None if it is one.

    It is read here and not by the `email` package, which also accepts comments, quotes and IP addresses,
    decodes encoded words, and raises many kinds of exceptions on what it cannot read.
    """
    if _is_plain(text):
        return None
    shown = repr(text) if len(text) <= _LENGTH_LIMIT else f"{text[:20]!r} …"
    reason, hint = _explain(text)
    message = f"{shown} is not a mail address"
    return AddressError(f"{message}: {reason}" if reason else message, hint)


def _is_plain(text: str) -> bool:
    if len(text) > _LENGTH_LIMIT or not _PLAIN.fullmatch(text) or _ENCODED_WORD in text:
        return False
    return not text.rpartition(".")[2].isdecimal()  # an IP address without its brackets


def _explain(text: str) -> tuple[str, str]:
    """Return what is wrong with a text, empty if nothing particular is, and what to write instead."""
    example = f"write one address: {EXAMPLE}"
    if len(text) > _LENGTH_LIMIT:
        return f"it has {len(text):,} characters, more than {_LENGTH_LIMIT}", example
    bracketed = _IN_BRACKETS.fullmatch(text)
    if bracketed and _is_plain(bracketed[1]):
        return "a name or brackets are around it", f"write only the address: {bracketed[1]}"
    name, _, domain = text.rpartition("@")
    ascii_form = f"{name}@{_to_ascii(domain)}"
    if not domain.isascii() and _is_plain(ascii_form):
        return "its domain is not in ASCII", f"write it as {ascii_form}"
    reason = next((reason for pattern, reason in _REASONS if pattern.search(text)), "")
    return reason, example


def _to_ascii(domain: str) -> str:
    """Return a domain in the form in which it is looked up (`xn--…`); empty if it has no such form.

    As in IDNA 2008: Python's own codec is of IDNA 2003, which makes `strasse` of `straße`, another domain.
    """
    labels = unicodedata.normalize("NFC", domain.lower()).split(".")
    if not all(char.isalnum() or char == "-" or unicodedata.combining(char) for char in "".join(labels)):
        return ""
    encoded = (
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels
    )
    return ".".join(encoded)
