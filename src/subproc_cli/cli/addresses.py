"""Checks the addresses of pages that a user names."""

import re
from urllib.parse import urlsplit

from subproc_cli.errors import UsageFault

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def address(text: str, option: str) -> str:
    """Return the address of a page on the web, or an empty text.

    Raises:
        UsageFault: it is none.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        whole = (
            parts.scheme in {"http", "https"} and text.isascii() and text.isprintable() and " " not in text
        )
    except ValueError:
        whole, host = False, ""
    if not (whole and _HOST.fullmatch(host)):
        raise UsageFault(
            f"{option}: {text!r} is no address of a page", "write it as https://example.com/page"
        )
    return text
