"""The entry of a revision in a changelog, after Keep a Changelog: `subproc changelog`."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.history.public import public_changes
from subproc_cli.registry.index import Index
from subproc_cli.views.changes import sentence
from subproc_cli.views.page import Bullets, Heading, Page, line

_SECTIONS = {
    "service-added": "Added",
    "service-replaced": "Added",
    "service-reactivated": "Added",
    "service-retired": "Deprecated",
    "service-removed": "Removed",
}
_ORDER = ("Added", "Changed", "Deprecated", "Removed")
_INTERNAL = "Internal fields or house rules were edited."
"""Told of a revision of which nothing else is to be told, so that its version has an entry."""
LIST_HEADING = "the list"
"""The heading below which a changelog of a tool and its list keeps the entries of the list."""


class Entry(NamedTuple):
    """What one revision changed."""

    old: Index
    new: Index
    changes: tuple[Change, ...]

    def page(self, level: int = 2) -> Page:
        """Return the entry, its own heading at the given level."""
        registry = self.new.registry
        changes = public_changes(self.changes)
        blocks: list[Heading | Bullets] = [Heading(line(f"[{registry.version}] - {registry.date}"), level)]
        for section in _ORDER:
            found = [each for each in changes if _SECTIONS.get(each.kind, "Changed") == section]
            if found:
                blocks.append(Heading(line(section), level + 1))
                blocks.append(Bullets(tuple(line(self._told(change)) for change in found)))
        if self.changes and not changes:
            blocks += [Heading(line("Changed"), level + 1), Bullets((line(_INTERNAL),))]
        return tuple(blocks)

    def _told(self, change: Change) -> str:
        return f"{sentence(self.old, self.new, change)} ({change.level})."


class Place(NamedTuple):
    """Where an entry belongs in a changelog.

    Attributes:
        line: the number of lines before it.
        level: the level of its heading.
        taken: whether the version has an entry already.
    """

    line: int
    level: int
    taken: bool


def place(changelog: str, version: str) -> Place:
    """Find the place of an entry: the newest below the list's heading, or of the whole file."""
    lines = changelog.splitlines()
    headings = list(_headings(lines))
    top = next(((at, depth) for at, depth, text in headings if text.casefold() == LIST_HEADING), None)
    start, level = (top[0] + 1, top[1] + 1) if top else (0, 2)
    end = next((at for at, depth, _ in headings if at >= start and depth < level and top), len(lines))
    within = [(at, text) for at, depth, text in headings if start <= at < end and depth == level]
    released = [(at, text) for at, text in within if "unreleased" not in text.casefold()]
    taken = any(text.lstrip("[").partition("]")[0].split()[:1] == [version] for _, text in released)
    return Place(released[0][0] if released else end, level, taken)


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line, level and text of the headings that are not inside a fence."""
    fenced = False
    for at, text in enumerate(lines):
        if text.startswith(("```", "~~~")):
            fenced = not fenced
        hashes = len(text) - len(text.lstrip("#"))
        if not fenced and hashes and text[hashes : hashes + 1] == " ":
            yield at, hashes, text[hashes:].strip()


def inserted(changelog: str, entry: str, at: int) -> str:
    """Return a changelog with an entry at a line, one blank line around it."""
    lines = changelog.splitlines()
    before, after = lines[:at], lines[at:]
    while before and not before[-1].strip():
        before.pop()
    while after and not after[0].strip():
        after.pop(0)
    parts = ["\n".join(part) for part in (before, entry.strip().splitlines(), after) if part]
    return "\n\n".join(parts) + "\n"
