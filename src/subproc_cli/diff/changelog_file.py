"""The text of a changelog: where an entry belongs, what its entries report, and the text with one entry more.

A line ends with LF, CRLF or CR, as in Markdown. The other characters at which `str.splitlines` splits (form
feed, U+0085, U+2028) are part of what somebody has written.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

LIST_HEADING = "the list"
"""The heading below which a changelog of a tool and its list keeps the entries of the list."""
_BOM = "\ufeff"
_VERSION = re.compile(r"\[?v?([0-9]{1,9}(?:\.[0-9]{1,9}){2})(?![\w.+-])", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LINE_ENDING = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})")
_BACKTICKS = re.compile("`+")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_LINK = re.compile(r"\s*\[[^\]]*\]:\s")
"""The definition of a link, which no reader sees: `[2.0.0]: https://example.com`."""
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class InsertPoint(NamedTuple):
    """Where an entry belongs in a changelog.

    Attributes:
        offset: the number of characters before it.
        level: the level of its heading.
        version_exists: whether the version has an entry already.
    """

    offset: int
    level: int
    version_exists: bool


class _Heading(NamedTuple):
    offset: int
    level: int
    text: str

    @property
    def version(self) -> str:
        """The version that the entry below it is of; empty if it is of none."""
        found = _VERSION.match(self.text)
        return found[1] if found else ""


class _Section(NamedTuple):
    """The part of a changelog that is about the list, and the level of the headings of its entries."""

    headings: list[_Heading]
    level: int
    end: int


def find_insert_point(changelog: str, version: str) -> InsertPoint:
    """Find the place of an entry: the newest below the list's heading, or of the whole file."""
    headings, level, end = _find_section(changelog)
    entries = (each for each in headings if each.level == level and "unreleased" not in each.text.casefold())
    newest = next(entries, None)
    version_exists = any(each.version == version for each in headings)
    return InsertPoint(newest.offset if newest else end, level, version_exists)


def parse_entries(changelog: str) -> dict[str, tuple[str, ...]]:
    """Return what the entry of each version reports, a text for each bullet or paragraph, without markup."""
    headings, _, end = _find_section(changelog)
    found = defaultdict[str, list[str]](list)
    for number, heading in enumerate(headings):
        if heading.version:
            later = (headings[other] for other in range(number + 1, len(headings)))
            stop = next((each.offset for each in later if each.level <= heading.level), end)
            found[heading.version] += parse_statements(changelog[heading.offset : stop])
    return {version: tuple(statements) for version, statements in found.items()}


def parse_statements(markdown: str) -> tuple[str, ...]:
    """Return the texts of the bullets and paragraphs of a piece of Markdown, without markup.

    Two texts are equal if Markdown shows them the same way: how lines are wrapped, which character starts a
    bullet and which characters are escaped makes no difference.
    """
    parts: list[list[str]] = [[]]
    for _, line in _iter_lines(_remove_comments(markdown)):
        if not line.strip() or _LINK.match(line) or _find_heading_level(line):
            parts.append([])
            continue
        bullet = _BULLET.match(line)
        if bullet:
            parts.append([])
        parts[-1].append(line[bullet.end() :] if bullet else line)
    return tuple(_remove_markup(" ".join(part)) for part in parts if part)


def find_entry_lines(changelog: str, version: str) -> tuple[int, int] | None:
    """Return where the entry of a version begins and ends, if it is the newest entry and the only one.

    Definitions of links and blank lines after it are not part of it.
    """
    headings, level, end = _find_section(changelog)
    entries = [each for each in headings if each.level == level and "unreleased" not in each.text.casefold()]
    if not entries or entries[0].version != version or [each.version for each in entries].count(version) > 1:
        return None
    stop = entries[1].offset if len(entries) > 1 else end
    last = 0
    for offset, line in _iter_lines(changelog[entries[0].offset : stop]):
        if line.strip() and not _LINK.match(line):
            last = offset + len(line)
    return entries[0].offset, entries[0].offset + last


def replace_entry(changelog: str, entry: str, begin: int, end: int) -> str:
    """Return a changelog with another entry in place of one, from its heading to the end of its last line."""
    ending = _find_line_ending(changelog[:begin], changelog[begin:])
    return changelog[:begin] + ending.join(entry.strip("\n").split("\n")) + changelog[end:]


def insert_entry(changelog: str, entry: str, offset: int) -> str:
    """Return a changelog with an entry between blank lines. Every character that was there stays as it is.

    Args:
        changelog: the text.
        entry: the entry, whose lines end with LF; it gets the line ending of the line before it.
        offset: the number of characters before the entry, where a line begins or the text ends.
    """
    before, after = changelog[:offset], changelog[offset:]
    ending = _find_line_ending(before, after)
    new = ending.join(entry.strip("\n").split("\n")) + ending
    gap = ""
    if before.removeprefix(_BOM):
        gap = "" if before.endswith(("\n", "\r")) else ending
        gap += "" if _ends_with_blank_line(before + gap) else ending
    is_apart = re.match(r"[ \t]*(?:[\r\n]|\Z)", after)
    return before + gap + new + ("" if is_apart else ending) + after


def _ends_with_blank_line(text: str) -> bool:
    lines = _LINE.findall(text)
    return not lines or not lines[-1].removeprefix(_BOM).strip(" \t\r\n")


def _find_line_ending(before: str, after: str) -> str:
    """Return how the line before ends, or else the first one after it."""
    endings = _LINE_ENDING.findall(before)[-1:] or _LINE_ENDING.findall(after)[:1]
    return endings[0] if endings else "\n"


def _find_section(changelog: str) -> _Section:
    headings = list(_iter_headings(changelog))
    top = next((at for at, each in enumerate(headings) if each.text.casefold() == LIST_HEADING), None)
    if top is None:
        return _Section(headings, 2, len(changelog))
    level = headings[top].level + 1
    following = headings[top + 1 :]
    last = next((at for at, each in enumerate(following) if each.level < level), len(following))
    end = following[last].offset if last < len(following) else len(changelog)
    return _Section(following[:last], level, end)


def _iter_headings(changelog: str) -> Iterator[_Heading]:
    """Yield the headings that are inside neither a fence nor a comment."""
    for offset, line in _iter_shown_lines(changelog):
        level = _find_heading_level(line)
        if level:
            yield _Heading(offset, level, line[level:].strip())


def _iter_shown_lines(changelog: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are inside neither a fence nor a comment; a comment without an end hides none."""
    last_comment_end = changelog.rfind("-->")
    fence = ""
    is_commented = False
    for offset, line in _iter_lines(changelog):
        if is_commented:
            is_commented = "-->" not in line
        elif fence:
            is_closed = line.strip(" \t").strip(fence[0]) == "" and len(line.strip()) >= len(fence)
            fence = "" if is_closed else fence
        elif opening := _FENCE.match(line):
            fence = opening[1]
        else:
            comment = _remove_code_spans(line).rpartition("<!--")
            is_commented = bool(comment[1]) and "-->" not in comment[2] and offset < last_comment_end
            yield offset, line


def _remove_code_spans(line: str) -> str:
    """Return a line without what is between two runs of as many backticks."""
    runs = [*_BACKTICKS.finditer(line)]
    later: dict[int, list[re.Match[str]]] = {}
    for run in reversed(runs):
        later.setdefault(len(run[0]), []).append(run)
    kept, end = "", 0
    for run in runs:
        of_length = later[len(run[0])]
        of_length.pop()
        if run.start() >= end and of_length:
            kept += line[end : run.start()]
            end = of_length[-1].end()
    return kept + line[end:]


def _find_heading_level(line: str) -> int:
    """Return the level of the heading that a line is; 0 if it is not a heading."""
    hashes = len(line) - len(line.lstrip("#"))
    return hashes if line[hashes : hashes + 1] == " " else 0


def _iter_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line begins, and the line without its ending and without a byte order mark."""
    for match in _LINE.finditer(text):
        mark = len(_BOM) if match.start() == 0 and text.startswith(_BOM) else 0
        yield match.start() + mark, match[0][mark:].rstrip("\r\n")


def _remove_comments(markdown: str) -> str:
    first, *others = re.split(r"(?<!\\)<!--", markdown)
    return first + "".join(each.partition("-->")[2] for each in others)


def _remove_markup(markdown: str) -> str:
    return " ".join(_ESCAPE.sub(r"\1", markdown).split())
