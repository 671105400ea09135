"""Hides what differs between two runs of one program: the only place that does."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\+00:00|Z)")
_HASH = re.compile(r'("(?:hash|previous)": )"(?!0{64})[0-9a-f]{64}"')
_NOTICES = re.compile(r'("notices": \[\s+")[0-9a-f]{64}("\s+\])')
_DIGEST = re.compile(r'("(?:customer|contact|digest|salt|note|answer)": )"(?:[0-9a-f]{32}){1,2}"')
_ERASED = re.compile(r'("day": )"\d{4}-\d\d-\d\d"(,\s+"event": "erased")')
_LAST_HASH = re.compile(r'(last hash: |"last_hash": ")[0-9a-f]{64}')
_STAMP = re.compile(r"DTSTAMP:\d{8}T\d{6}Z")
_BOUNDARY = re.compile(r"=_[0-9a-f]{32}")
_TOOL = re.compile(r'"name": "subproc(?:-cli)?",(?:\s+"\w+": "[^"]*",?)+')
_TEMPORARY = re.compile(r"(?<!\w)\.?tmp[a-z0-9_]{8}\b")


class Masks:
    """What to hide.

    Args:
        folder: the folder of the commands, whose name is a temporary one.
        version: of the program, which says nothing about what it does.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._paths = sorted({str(folder.resolve()), str(folder)}, key=len, reverse=True)
        self._version = re.escape(version)
        # Midnight may pass between a command and the reading of what it printed.
        today = datetime.now(UTC).date()
        self._days = [today, today - timedelta(days=1)]

    def hide(self, text: str) -> str:
        """Return a text that a command has printed, the same in every folder and on every day."""
        for path in self._paths:
            text = text.replace(path, "<folder>")
        text = _TEMPORARY.sub("<temporary>", text)
        for day in self._days:  # in lines to type, and in the message on letters of another day
            for before in ("--until ", "--sent ", "today is ", "recorded on "):
                text = text.replace(f"{before}{day}", f"{before}<today>")
            text = re.sub(rf"\b{day}T\d\d:\d\d:\d\d\+00:00", "<now>", text)  # of a line of a ledger
        text = _LAST_HASH.sub(r"\1<hash>", text)  # of a ledger, see below
        text = _STAMP.sub("DTSTAMP:<now>", text)
        return self._hide_version(text)

    def _hide_version(self, text: str) -> str:
        """Hide the program's version only where it is named, since a list may have the same one."""
        text = re.sub(rf"\b(subproc(?:-cli)?(?: version|/)? ?){self._version}\b", r"\1<version>", text)
        return _TOOL.sub(lambda tool: re.sub(rf'"{self._version}"', '"<version>"', tool[0]), text)

    @staticmethod
    def hide_chain(ledger: str) -> str:
        """Return a ledger without the moment of each line, random salts, and the hashes that follow from both."""
        ledger = _DIGEST.sub(r'\1"<digest>"', ledger)
        ledger = _ERASED.sub(r'\1"2000-01-01"\2', ledger)  # a date, as the schema of the record has one
        ledger = _NOTICES.sub(r"\1<hash>\2", ledger)
        return _HASH.sub(r'\1"<hash>"', _MOMENT.sub("<now>", ledger))

    @staticmethod
    def hide_boundary(mail: str) -> str:
        """Return a mail without the marker between its parts, which follows from all that is in them."""
        return _BOUNDARY.sub("<boundary>", mail)
