"""Turns what a command has written, a file or a stream, into lines of text that compare well."""

import email
import email.policy
import html
import json
import re
import sqlite3
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from difflib import unified_diff
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from golden.masks import Masks

_ZIP = b"PK\x03\x04"
_SQLITE = b"SQLite format 3\x00"
_CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_BREAK = re.compile(r"<w:br ?/>")
_TAG = re.compile(r"<[^>]*>")
_MAIL = re.compile(r"(?:[A-Z][A-Za-z-]*: .*\n(?:[ \t].*\n)*)*?MIME-Version: ")
_MAYBE_INVISIBLE = re.compile(r"[^\n\t -~\u00a1-\u00ac\u00ae-\u05ff]")


def dump(name: str, content: bytes, masks: Masks) -> list[str]:
    """Return the lines of a text, or of what a binary file holds.

    Args:
        name: of the file, whose ending says what a text is; empty for a stream.
        content: its bytes.
        masks: what to hide.
    """
    if content.startswith(_ZIP):
        return _mask(_dump_zip(content), masks)
    if content.startswith(_SQLITE):
        return _mask(_dump_sqlite(content), masks)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return [f"({len(content)} bytes that are not text, SHA-256 {sha256(content).hexdigest()})"]
    if name.endswith(".jsonl"):
        text = masks.hide_chain(
            "".join(f"{json.dumps(json.loads(line), indent=1)}\n" for line in text.splitlines())
        )
    if _MAIL.match(text):
        text = masks.hide_boundary(_dump_mail(content))
    return to_lines(masks.hide(text))


def compare(before: bytes, after: bytes, masks: Masks) -> list[str]:
    """Return what changed in a text file, as a unified diff without its head."""
    old, new = (dump("", content, masks) for content in (before, after))
    return list(unified_diff(old, new, n=1, lineterm=""))[2:]


def to_lines(text: str) -> list[str]:
    """Return the lines of a text, with its invisible characters shown, and a remark where the last one has no end."""
    remark = [] if text.endswith("\n") or not text else ["(no newline at the end)"]
    shown = _MAYBE_INVISIBLE.sub(_show, text)
    return [*shown.removesuffix("\n").split("\n"), *remark] if text else []


def _show(found: re.Match[str]) -> str:
    character = found[0]
    if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}:
        return f"\\u{ord(character):04x}"
    return character


def _mask(lines: Iterator[str], masks: Masks) -> list[str]:
    return to_lines(masks.hide("".join(f"{line}\n" for line in lines)))


def _dump_zip(content: bytes) -> Iterator[str]:
    """Yield the names of the parts of a Word or Excel file, and the text of those that hold some."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = sorted(archive.namelist())
        yield from (f"part {name}" for name in names)
        shared = _read_shared(archive) if "xl/sharedStrings.xml" in names else []
        for name in names:
            text = archive.read(name).decode("utf-8", "replace")
            if name == "xl/workbook.xml":
                yield from (
                    f"sheet {html.unescape(title)}"
                    for title in re.findall(r'<sheet [^>]*?name="(.*?)"', text)
                )
            elif name.startswith("xl/worksheets/sheet"):
                yield from (f"{Path(name).stem} {cell}" for cell in _dump_sheet(text, shared))
            elif name == "word/document.xml":
                yield from (paragraph for paragraph in _dump_paragraphs(text))
            elif name == "docProps/core.xml":
                yield from (part for part in re.findall(r"<(?!\?|/)[^>]+>[^<]+", text))


def _read_shared(archive: zipfile.ZipFile) -> list[str]:
    text = archive.read("xl/sharedStrings.xml").decode("utf-8")
    return [_to_text(item) for item in re.findall(r"<si>(.*?)</si>", text, re.DOTALL)]


def _dump_sheet(text: str, shared: list[str]) -> Iterator[str]:
    for found in _CELL.finditer(text):
        value = _to_text(found[2] or "")
        is_shared = ' t="s"' in found[0]
        yield f"{found[1]} {shared[int(value)] if is_shared else value}".rstrip()


def _dump_paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.findall(r"<w:p[ >].*?</w:p>", text, re.DOTALL):
        style = re.search(r'<w:pStyle w:val="(.*?)"', paragraph)
        yield f"[{style[1] if style else ''}] {_to_text(_BREAK.sub(' / ', paragraph))}"


def _to_text(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).replace("\n", "\\n")


def _dump_sqlite(content: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "database"
        file.write_bytes(content)
        connection = sqlite3.connect(file)
        try:
            yield from (line for statement in connection.iterdump() for line in statement.splitlines())
        finally:
            connection.close()


def _dump_mail(content: bytes) -> str:
    """Return the headers of a mail and its parts, decoded."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    lines = []
    for part in mail.walk():
        lines += [f"{name}: {value}" for name, value in part.items()]
        if not part.is_multipart():
            lines += ["", *str(part.get_content()).splitlines()]
        lines.append("")
    return "\n".join(lines)
