"""The entry of a revision in a changelog, after Keep a Changelog: `subproc changelog`."""

from typing import NamedTuple

from subproc_cli.diff.change import Change, public_changes
from subproc_cli.diff.report import sentence
from subproc_cli.output.document import Bullets, Heading, Page, line
from subproc_cli.registry.registry import Index

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
